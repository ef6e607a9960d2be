namespace Certhelper.Core.People;

/// <summary>
/// The one table of act × role. Policies, buttons, menu, the refusal page and the page that explains permissions are
/// all made from it.
/// </summary>
public static class PermissionTable
{
    private static readonly Role[] Everyone = [Role.Guest, Role.Shifter, Role.ShiftLeader, Role.Expert, Role.Admin, Role.Ops];
    private static readonly Role[] Shifters = [Role.Shifter, Role.ShiftLeader, Role.Expert, Role.Admin];
    private static readonly Role[] Leaders = [Role.ShiftLeader, Role.Expert, Role.Admin];
    private static readonly Role[] Admins = [Role.Admin];
    private static readonly Role[] Operators = [Role.Ops, Role.Admin];

    /// <summary>The roles of which one is enough.</summary>
    public static IReadOnlyList<Role> RolesFor(Permission permission) => permission switch
    {
        Permission.ViewData => Everyone,
        Permission.Certify => Shifters,
        Permission.AddBadReasons => Shifters,
        Permission.RefreshFacts => Shifters,
        Permission.EditOthersCertifications => Leaders,
        Permission.DeleteCertifications => Leaders,
        Permission.RemoveForGood => Admins,
        Permission.ManageReferences => Leaders,
        Permission.ManageChecklists => Admins,
        Permission.RunScripts => Shifters,
        Permission.StopOthersExecutions => Leaders,
        Permission.ManageScripts => Admins,
        Permission.WriteDailyReports => Shifters,
        Permission.LeadShifts => Leaders,
        Permission.WriteLeaderReports => Leaders,
        Permission.ManageSchedules => Leaders,
        Permission.ViewAudit => Admins,
        Permission.ViewJobs => Operators,
        Permission.ManagePeople => Admins,
        Permission.ViewAs => Admins,
        Permission.ManageChoices => Admins,
        Permission.ManageSettings => Admins,
        Permission.ViewServices => Operators,
        Permission.Administer => Operators,
    };

    /// <summary>Whether a person with these roles may do it.</summary>
    public static bool Allows(IEnumerable<Role> roles, Permission permission) => roles.Any(RolesFor(permission).Contains);

    /// <summary>The act in words, for the page that explains permissions and for refusals.</summary>
    public static string Describe(Permission permission) => permission switch
    {
        Permission.ViewData => "Read runs, certifications and references",
        Permission.Certify => "Certify runs and change one's own certifications",
        Permission.AddBadReasons => "Add a bad reason to the list",
        Permission.RefreshFacts => "Ask OMS and the Run Registry for fresh facts",
        Permission.EditOthersCertifications => "Change certifications of other people",
        Permission.DeleteCertifications => "Delete and restore certifications",
        Permission.RemoveForGood => "Remove deleted certifications for good",
        Permission.ManageReferences => "Promote and retire reference runs",
        Permission.ManageChecklists => "Change checklists",
        Permission.RunScripts => "Run scripts on other hosts, watch and stop one's own executions",
        Permission.StopOthersExecutions => "Stop executions of other people",
        Permission.ManageScripts => "Define scripts and approve the keys of hosts",
        Permission.WriteDailyReports => "Write the daily report of one's own shifts",
        Permission.LeadShifts => "See the leader's week and decide about changed facts",
        Permission.WriteLeaderReports => "Write weekly reports and daily reports of others",
        Permission.ManageSchedules => "Let reports be made and sent regularly",
        Permission.ViewAudit => "See in the audit who did what",
        Permission.ViewJobs => "See and steer background jobs",
        Permission.ManagePeople => "Grant roles by hand, and shut people out",
        Permission.ViewAs => "See the site as another role does, without changing anything",
        Permission.ManageChoices => "Keep the lists of problems and of bad reasons",
        Permission.ManageSettings => "Change limits of rules, switches, the banner and maintenance",
        Permission.ViewServices => "See and test the services outside",
        Permission.Administer => "See what there is to administer",
    };
}
