using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Core.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Reports;

/// <summary>A revision in the list of a report's revisions.</summary>
public sealed record RevisionEntry(int Number, DateTimeOffset? FrozenAt);

/// <summary>A report that is kept: a revision of it, the newest by default, as page or as text.</summary>
public sealed class DetailsModel(CerthelperDbContext db) : PageModel
{
    public Report Report { get; private set; } = null!;

    public ReportRevision Revision { get; private set; } = null!;

    public ReportDocument Document { get; private set; } = null!;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<RevisionEntry> Revisions { get; private set; } = [];

    public int Newest => Revisions[0].Number;

    public bool IsNewest => Revision.Number == Newest;

    public bool MayWrite { get; private set; }

    /// <summary>Whether there is anything to type; a daily report of everybody has nothing.</summary>
    public bool HasNotes => Report.Kind != ReportKind.Daily || Report.PersonId is not null;

    public bool AsText { get; private set; }

    /// <summary>What changed since the revision before; null when not asked for.</summary>
    public IReadOnlyList<DiffLine>? Diff { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, int? revision, string? view, string? diff, CancellationToken cancellationToken)
    {
        Revisions = await db.ReportRevisions.AsNoTracking().Where(item => item.ReportId == id).OrderByDescending(item => item.Number)
            .Select(item => new RevisionEntry(item.Number, item.FrozenAt)).ToListAsync(cancellationToken);
        if (Revisions.Count == 0) return NotFound();
        var number = revision ?? Newest;
        var found = await ReadAsync(id, number, cancellationToken);
        if (found is null) return NotFound();
        (Revision, Report) = (found, found.Report!);
        Document = Revision.Document();
        AsText = view is null ? Report.Kind == ReportKind.Daily : view == "text";
        MayWrite = Actor.From(User) is { } actor && ReportDesk.MayWrite(Report.Kind, Report.PersonId, actor);
        if (diff is not null && number > 1 && await ReadAsync(id, number - 1, cancellationToken) is { } before)
            Diff = ReportDiff.Between(before.Document(), Document);
        return Page();
    }

    private Task<ReportRevision?> ReadAsync(int id, int number, CancellationToken cancellationToken) => db.ReportRevisions.AsNoTracking()
        .Include(item => item.Report).ThenInclude(item => item!.Person)
        .Include(item => item.MadeBy).Include(item => item.TypedBy).Include(item => item.FrozenBy)
        .SingleOrDefaultAsync(item => item.ReportId == id && item.Number == number, cancellationToken);
}
