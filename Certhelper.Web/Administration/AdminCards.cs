using Certhelper.Core.People;

namespace Certhelper.Web.Administration;

/// <summary>A way into one part of the administration.</summary>
public sealed record AdminCard(string Title, string Href, string Icon, string What, Permission Needs);

/// <summary>Everything that there is to administer, by what it is about; a person sees what the permission table lets him open.</summary>
internal static class AdminCards
{
    private static readonly (string Title, AdminCard[] Cards)[] All =
    [
        ("People",
        [
            new("People", "/admin/people", "people", "Who has signed in, with which roles; grant a role, shut somebody out.", Permission.ManagePeople),
            new("Roles and rights", "/admin/permissions", "shield-check", "What each role may do, and which e-groups give it.", Permission.ViewData),
            new("View as", "/admin/view-as", "eye", "See the site as another role does.", Permission.ViewAs),
            new("Audit", "/admin/audit", "clock-history", "Who changed what, and when.", Permission.ViewAudit),
        ]),
        ("Certifying",
        [
            new("Checklists", "/admin/checklists", "clipboard-check", "What is looked at before a verdict.", Permission.ManageChecklists),
            new("Problems", "/admin/choices/problems", "exclamation-triangle-fill", "What can be wrong with a component.", Permission.ManageChoices),
            new("Bad reasons", "/admin/choices/reasons", "x-circle-fill", "Why a run is bad.", Permission.ManageChoices),
            new("Rules and limits", "/admin/rules", "list-check", "What the second look checks, and from where on.", Permission.ViewData),
            new("Removed", "/admin/removed", "trash3", "Certifications that were removed for good.", Permission.RemoveForGood),
        ]),
        ("Scripts and reports",
        [
            new("Script definitions", "/admin/scripts", "file-earmark-code", "What runs where, with which arguments.", Permission.ManageScripts),
            new("Hosts", "/admin/hosts", "hdd-network", "Keys of hosts that wait for a decision.", Permission.ManageScripts),
            new("Schedules", "/reports/schedules", "calendar3", "Reports that are made and sent regularly.", Permission.ManageSchedules),
        ]),
        ("The site",
        [
            new("Services outside", "/admin/services", "plug", "Whether OMS, Run Registry, SSO, ebutz and mail answer.", Permission.ViewServices),
            new("Switches, banner, maintenance", "/admin/settings", "gear", "Switch parts off, tell everybody something, close for changes.", Permission.ManageSettings),
            new("Background jobs", "/hangfire", "speedometer2", "What runs in the background, and how it ended.", Permission.ViewJobs),
        ]),
    ];

    public static IEnumerable<(string Title, IReadOnlyList<AdminCard> Cards)> For(IReadOnlyList<Role> roles) => All
        .Select(group => (group.Title, (IReadOnlyList<AdminCard>)[.. group.Cards.Where(card => PermissionTable.Allows(roles, card.Needs))]))
        .Where(group => group.Item2.Count > 0);
}
