using Certhelper.Core.Lists;
using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Core.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Reports.Schedules;

/// <summary>All schedules with what they did last.</summary>
[Authorize(Policy = nameof(Permission.ManageSchedules))]
public sealed class IndexModel(CerthelperDbContext db) : PageModel
{
    private FilterNames names = null!;

    /// <summary>A schedule in the list.</summary>
    public sealed record Row(
        int Id, string Name, ReportKind Kind, string? Person, string Filter, string Cron, string TimeZone, bool Paused, DateTimeOffset? NextAt, List<string> Recipients, MakingState? Last, DateTimeOffset? LastAt);

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>What narrows the reports of a schedule, in words.</summary>
    public string Narrowed(string filter) => CertificationFilter.OfText(filter).Words(names.Of);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Rows = await db.ReportSchedules.AsNoTracking().Where(row => row.DeletedAt == null)
            .OrderBy(row => row.Name)
            .Select(row => new Row(
                row.Id, row.Name, row.Kind, row.Person!.Name, row.Filter, row.Cron, row.TimeZone, row.Paused, row.NextAt, row.Recipients,
                db.ScheduledMakings.Where(making => making.ScheduleId == row.Id).OrderByDescending(making => making.DueAt).Select(making => (MakingState?)making.State).FirstOrDefault(),
                db.ScheduledMakings.Where(making => making.ScheduleId == row.Id).Max(making => (DateTimeOffset?)making.DueAt)))
            .ToListAsync(cancellationToken);
        names = await FilterNames.ReadAsync(db, Rows.Select(row => CertificationFilter.OfText(row.Filter)), cancellationToken);
    }
}
