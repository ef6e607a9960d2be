namespace Certhelper.Web.Leader;

/// <summary>One view of the leader's period, with an address of its own.</summary>
/// <param name="Key">Under which the browser remembers the one that was looked at last.</param>
/// <param name="Title">What the tab says.</param>
/// <param name="Href">Where it leads; the period and the filters are carried along.</param>
public sealed record LeaderTab(string Key, string Title, string Href);

/// <summary>The tabs, in their order. A further one is a line here and a page that extends <see cref="LeaderPage"/>.</summary>
public static class LeaderTabs
{
    private const string Root = "/leader";

    public static IReadOnlyList<LeaderTab> All { get; } =
    [
        new("runs", "Certified runs", Root),
        new("overview", "Overview", Root + "/overview"),
        new("registry", "Run Registry", Root + "/registry"),
        new("changed", "Changed facts", Root + "/changed"),
        new("deleted", "Deleted", Root + "/deleted"),
        new("summary", "Daily summary", Root + "/summary"),
        new("report", "Weekly report", Root + "/report"),
        new("plots", "Plots", "/plots"),
        new("central", "Central certification", Root + "/central"),
        new("checklist", "Checklist", Root + "/checklist"),
    ];

    /// <summary>The tab of an address: the one whose own address is the longest beginning of it.</summary>
    public static LeaderTab Of(PathString path) => All
        .Where(tab => path.StartsWithSegments(tab.Href, StringComparison.OrdinalIgnoreCase))
        .MaxBy(tab => tab.Href.Length) ?? All[0];

    /// <summary>The tab that a browser remembers; null when there is no such tab any more.</summary>
    public static LeaderTab? ByKey(string? key) => All.FirstOrDefault(tab => tab.Key == key);
}
