using Certhelper.Core.Checklists;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Checklists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Admin.Checklists;

/// <summary>One checklist: a version of it, the others, and what changed between two.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class DetailsModel(CerthelperDbContext db) : PageModel
{
    /// <summary>One version in the list of them.</summary>
    public sealed record Version(int Number, DateTimeOffset At, string? ByName, string? Note, ChecklistContent Content, int Answers);

    [BindProperty(SupportsGet = true)]
    public string Key { get; set; } = "";

    public Checklist List { get; private set; } = null!;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Version> Versions { get; private set; } = [];

    /// <summary>The version that is shown; null when there is none yet.</summary>
    public Version? Shown { get; private set; }

    /// <summary>The version it is compared with; null when it is not compared.</summary>
    public Version? With { get; private set; }

    public IReadOnlyList<DiffLine>? Difference { get; private set; }

    /// <summary>A run to try the links on: the last that is known.</summary>
    public LinkValues Values { get; private set; } = LinkValues.None;

    public async Task<IActionResult> OnGetAsync(
        [FromQuery(Name = "version")] int? number, [FromQuery(Name = "with")] int? with, CancellationToken cancellationToken)
    {
        var list = await db.Checklists.AsNoTracking().SingleOrDefaultAsync(row => row.Key == Key, cancellationToken);
        if (list is null) return NotFound();
        List = list;
        Versions = await db.ChecklistVersions.Where(version => version.ChecklistId == list.Id)
            .OrderByDescending(version => version.Number)
            .Select(version => new Version(
                version.Number, version.CreatedAt, version.CreatedBy == null ? null : version.CreatedBy.Name, version.Note, version.Content,
                db.ChecklistAnswers.Count(answer => answer.ChecklistVersionId == version.Id)))
            .ToListAsync(cancellationToken);
        Shown = number is null && Versions.Count > 0 ? Versions[0] : Versions.FirstOrDefault(version => version.Number == number);
        if (number is not null && Shown is null) return NotFound();
        With = Versions.FirstOrDefault(version => version.Number == with);
        if (Shown is not null && With is not null) Difference = ChecklistDiff.Between(With.Content, Shown.Content);
        Values = await db.Runs.OrderByDescending(run => run.RunNumber)
            .Select(run => new LinkValues(run.RunNumber, run.FillNumber, null, Reconstruction.Express, run.RunNumber)).FirstOrDefaultAsync(cancellationToken) ?? LinkValues.None;
        return Page();
    }
}
