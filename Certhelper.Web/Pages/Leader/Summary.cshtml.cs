using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Core.Storage;
using Certhelper.Web.Leader;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Leader;

/// <summary>The daily text of everything in period and filters, whoever certified it, without what a shifter writes.</summary>
[Authorize(Policy = nameof(Permission.LeadShifts))]
public sealed class SummaryModel(CerthelperDbContext db, TimeProvider time) : LeaderPage(db, time)
{
    /// <summary>Most certifications of one text.</summary>
    public const int Most = 2_000;

    public ReportDocument? Document { get; private set; }

    public int Count { get; private set; }

    public bool TooMany => Count > Most;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var which = Filter.Apply(Db);
        Count = await which.CountAsync(cancellationToken);
        if (Count == 0 || TooMany) return;
        Document = await ReportWriter.DraftAsync(
            Period ?? new Period(Today, Today), ReportWriter.Everybody, which, withNotes: false, Filter.Words(Choices.NameOf), cancellationToken);
    }
}
