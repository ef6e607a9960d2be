using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Web.Reports;
using Microsoft.AspNetCore.Authorization;

namespace Certhelper.Web.Pages.Reports;

/// <summary>Marks a report as sent: that revision does not change any more.</summary>
[Authorize(Policy = nameof(Permission.WriteDailyReports))]
public sealed class FreezeModel(ReportDesk desk) : ReportActPage
{
    protected override Task<ReportResult> ActAsync(int id, uint version, Actor actor, CancellationToken cancellationToken) =>
        desk.FreezeAsync(id, version, actor, cancellationToken);

    protected override string Done(int number) => FormattableString.Invariant($"Revision {number} is marked as sent and stays as it is.");
}
