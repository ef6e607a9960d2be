namespace Certhelper.Core.People;

/// <summary>An act that not everybody may do. Policies, buttons, menu and the page that explains them use these names.</summary>
public enum Permission
{
    /// <summary>Read runs, certifications, references and facts.</summary>
    ViewData,

    /// <summary>Certify runs, and change one's own certifications.</summary>
    Certify,

    /// <summary>Add a bad reason to the list while certifying.</summary>
    AddBadReasons,

    /// <summary>Ask outside services for fresh facts.</summary>
    RefreshFacts,

    /// <summary>Change certifications of other people.</summary>
    EditOthersCertifications,

    /// <summary>Delete and restore certifications.</summary>
    DeleteCertifications,

    /// <summary>Remove a deleted certification for good.</summary>
    RemoveForGood,

    /// <summary>Promote a good certification to a reference, or retire one.</summary>
    ManageReferences,

    /// <summary>Change checklists.</summary>
    ManageChecklists,

    /// <summary>Run scripts on other hosts, watch and stop executions.</summary>
    RunScripts,

    /// <summary>Stop executions of other people.</summary>
    StopOthersExecutions,

    /// <summary>Define scripts and decide about the keys of hosts.</summary>
    ManageScripts,

    /// <summary>Write the daily report of one's own shifts.</summary>
    WriteDailyReports,

    /// <summary>Look at a period as a shift leader does, and decide about facts that changed after certifying.</summary>
    LeadShifts,

    /// <summary>Write weekly reports and daily reports of other people, and mark them as sent.</summary>
    WriteLeaderReports,

    /// <summary>Let reports be made and sent again and again.</summary>
    ManageSchedules,

    /// <summary>See who did what, and take it away as a file.</summary>
    ViewAudit,

    /// <summary>See and steer background jobs.</summary>
    ViewJobs,

    /// <summary>Shut people out and grant roles by hand.</summary>
    ManagePeople,

    /// <summary>Look at the site as another role sees it, without changing anything.</summary>
    ViewAs,

    /// <summary>Keep the lists of problems and of bad reasons.</summary>
    ManageChoices,

    /// <summary>Change limits of rules, switches, the banner, and put the site into maintenance.</summary>
    ManageSettings,

    /// <summary>See and test the services outside.</summary>
    ViewServices,

    /// <summary>See what there is to administer.</summary>
    Administer,
}
