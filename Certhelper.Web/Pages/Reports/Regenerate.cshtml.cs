using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Web.Reports;
using Microsoft.AspNetCore.Authorization;

namespace Certhelper.Web.Pages.Reports;

/// <summary>Makes a report anew from the data; what was typed stays.</summary>
[Authorize(Policy = nameof(Permission.WriteDailyReports))]
public sealed class RegenerateModel(ReportDesk desk) : ReportActPage
{
    protected override Task<ReportResult> ActAsync(int id, uint version, Actor actor, CancellationToken cancellationToken) =>
        desk.RegenerateAsync(id, version, actor, cancellationToken);

    protected override string Done(int number) => FormattableString.Invariant($"Revision {number} is made anew from the data; notes stayed.");
}
