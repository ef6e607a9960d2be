using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Core.Storage;
using Certhelper.Web.Leader;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Leader;

/// <summary>The report of period and filters: the one that is kept, else what it would say now.</summary>
[Authorize(Policy = nameof(Permission.LeadShifts))]
public sealed class ReportModel(CerthelperDbContext db, ReportWriter writer, TimeProvider time) : LeaderPage(db, time)
{
    public ReportDocument? Document { get; private set; }

    public int? Kept { get; private set; }

    /// <summary>Of the kept report's newest revision.</summary>
    public int Number { get; private set; }

    public DateTimeOffset? MadeAt { get; private set; }

    public bool IsEmpty => Document?.Sections.All(section => !section.Key.StartsWith("day-", StringComparison.Ordinal)) ?? true;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        if (Filter.Problems.Count > 0 || Period is not { } period || period.Length > ReportWriter.MostDays) return;
        var narrowed = Filter.Text;
        var newest = await Db.ReportRevisions.AsNoTracking()
            .Where(revision => revision.Report!.Kind == ReportKind.Weekly && revision.Report.From == period.From && revision.Report.To == period.To && revision.Report.Filter == narrowed)
            .OrderByDescending(revision => revision.Number).FirstOrDefaultAsync(cancellationToken);
        if (newest is null)
        {
            Document = await writer.WeeklyAsync(period, Filter, null, Actor.From(User)!.Name, cancellationToken);
            return;
        }

        (Kept, Number, MadeAt) = (newest.ReportId, newest.Number, newest.MadeAt);
        Document = newest.Document();
    }
}
