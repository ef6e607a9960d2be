using Certhelper.Core.People;

namespace Certhelper.Web.Shell;

/// <summary>One entry of the rail.</summary>
/// <param name="Title">What it says.</param>
/// <param name="Href">Where it leads.</param>
/// <param name="Icon">Name of its icon.</param>
/// <param name="Needs">Without this it is not shown.</param>
/// <param name="Badge">View component that shows at the entry how much waits there.</param>
public sealed record NavigationItem(string Title, string Href, string Icon, Permission Needs, string? Badge = null);

/// <summary>Entries that belong to one task.</summary>
public sealed record NavigationGroup(string? Title, IReadOnlyList<NavigationItem> Items);

/// <summary>The rail, by task; a person sees what the permission table lets him open.</summary>
public static class Navigation
{
    private static readonly NavigationGroup[] All =
    [
        new(null,
        [
            new("My shift", "/", "clipboard-check", Permission.ViewData),
            new("Runs", "/runs", "activity", Permission.ViewData),
            new("Certifications", "/certifications", "journal-text", Permission.ViewData),
            new("Comparison", "/comparison", "arrow-left-right", Permission.Certify),
            new("References", "/references", "bullseye", Permission.ViewData),
            new("Reports", "/reports", "file-earmark-text", Permission.ViewData),
            new("Plots", "/plots", "bar-chart-line", Permission.ViewData),
            new("Maps", "/maps", "images", Permission.ViewData),
            new("Links", "/links", "link-45deg", Permission.ViewData),
        ]),
        new("Leader",
        [
            new("The week", "/leader", "calendar3", Permission.LeadShifts),
        ]),
        new("Scripts",
        [
            new("Scripts", "/scripts", "terminal", Permission.RunScripts),
            new("Executions", "/executions", "list-columns", Permission.RunScripts),
        ]),
        new("Operation",
        [
            new("Administration", "/admin", "gear", Permission.Administer),
            new("Background jobs", "/hangfire", "speedometer2", Permission.ViewJobs),
            new("API", "/api", "braces", Permission.ViewData),
            new("Rules", "/admin/rules", "list-check", Permission.ViewData),
            new("Checklists", "/admin/checklists", "clipboard-check", Permission.ViewData),
            new("Script definitions", "/admin/scripts", "file-earmark-code", Permission.ManageScripts),
            new("Hosts", "/admin/hosts", "hdd-network", Permission.ManageScripts, "HostKeyBadge"),
            new("Audit", "/admin/audit", "clock-history", Permission.ViewAudit),
            new("Removed", "/admin/removed", "trash3", Permission.RemoveForGood),
            new("Roles and rights", "/admin/permissions", "shield-check", Permission.ViewData),
        ]),
    ];

    /// <summary>What these roles may open; groups without an entry are left out.</summary>
    public static IEnumerable<NavigationGroup> For(IReadOnlyList<Role> roles) => All
        .Select(group => group with { Items = [.. group.Items.Where(item => PermissionTable.Allows(roles, item.Needs))] })
        .Where(group => group.Items.Count > 0);

    /// <summary>Whether a page belongs to an entry: the entry itself or a page below it.</summary>
    public static bool IsCurrent(NavigationItem item, PathString path) =>
        item.Href == "/" ? path == "/"
        // Pages with an entry of their own belong to that one.
        : path.StartsWithSegments(item.Href, StringComparison.OrdinalIgnoreCase)
            && !All.SelectMany(group => group.Items).Any(other => other.Href.Length > item.Href.Length && path.StartsWithSegments(other.Href, StringComparison.OrdinalIgnoreCase));
}
