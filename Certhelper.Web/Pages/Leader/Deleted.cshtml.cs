using System.Globalization;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Web.Leader;
using Certhelper.Web.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Leader;

/// <summary>Who deleted a certification, when and why.</summary>
public sealed record Deletion(int CertificationId, string? By, DateTimeOffset At, string? Why);

/// <summary>The deleted certifications of the period.</summary>
[Authorize(Policy = nameof(Permission.LeadShifts))]
public sealed class DeletedModel(CerthelperDbContext db, CertificationList list, TimeProvider time) : LeaderPage(db, time)
{
    private static readonly string[] Heads = ["run", "shifter", "date", "changed"];

    public Sorting Sorting { get; private set; } = null!;

    public PageOf<CertificationRow> List { get; private set; } = null!;

    public IReadOnlyDictionary<int, Deletion> Deletions { get; private set; } = new Dictionary<int, Deletion>();

    protected override bool IsOfDeleted => true;

    public async Task OnGetAsync(int? size, string? sort, CancellationToken cancellationToken)
    {
        var number = int.TryParse(Request.Query["page"], CultureInfo.InvariantCulture, out var page) ? page : (int?)null;
        Sorting = Heads.Contains(sort?.TrimStart('-')) ? CertificationColumns.Sorts.Parse(sort) : new Sorting("changed", Descending: true);
        List = await list.RowsOfPageAsync(Filter, Sorting, number, Paging.SizeOf(size), cancellationToken);
        var ids = List.Items.Select(item => item.Id).ToArray();
        var deletions = await Db.CertificationRevisions.AsNoTracking()
            .Where(revision => ids.Contains(revision.CertificationId) && revision.Kind == RevisionKind.Deleted)
            .OrderBy(revision => revision.Number)
            .Select(revision => new Deletion(revision.CertificationId, revision.By!.Name, revision.At, revision.Why))
            .ToListAsync(cancellationToken);
        Deletions = deletions.GroupBy(deletion => deletion.CertificationId).ToDictionary(group => group.Key, group => group.Last());
    }
}
