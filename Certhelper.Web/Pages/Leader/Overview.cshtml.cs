using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Web.Leader;
using Microsoft.AspNetCore.Authorization;

namespace Certhelper.Web.Pages.Leader;

/// <summary>What the period amounts to: who, how much, how good, what is missing.</summary>
[Authorize(Policy = nameof(Permission.LeadShifts))]
public sealed class OverviewModel(CerthelperDbContext db, TimeProvider time) : LeaderPage(db, time)
{
    public Overview Overview { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        // With a filter the progress is that of the filtered runs alone.
        Overview = await Overview.ReadAsync(Db, Filter.Apply(Db), Chips.Count == 0 ? Filter.Days : null, cancellationToken);

    /// <summary>The certified runs of this tab with one more filter.</summary>
    public string RunsWith(params ReadOnlySpan<(string Key, string? Value)> filters) =>
        Lists.QueryLinks.With(Request, filters).Replace(Tab.Href, LeaderTabs.All[0].Href, StringComparison.Ordinal);
}
