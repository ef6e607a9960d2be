using System.ComponentModel.DataAnnotations;

namespace Certhelper.Core.Audit;

/// <summary>How long entries are kept, and how exactly they say where something came from.</summary>
public sealed class AuditOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Audit";

    private const string Words = "Audit:{0} must be a number of days from 0 to 36500; 0 keeps them for ever (example: Audit__{0}=1830).";

    /// <summary>Days that changes of data are kept.</summary>
    [Range(0, 36_500, ErrorMessage = Words)]
    public int ChangesDays { get; set; } = 3_650;

    /// <summary>Days that sign-ins, refusals and changes of roles are kept.</summary>
    [Range(0, 36_500, ErrorMessage = Words)]
    public int SecurityDays { get; set; } = 400;

    /// <summary>Days that exports are kept.</summary>
    [Range(0, 36_500, ErrorMessage = Words)]
    public int ExportsDays { get; set; } = 400;

    /// <summary>Whether whole addresses are kept, rather than networks.</summary>
    public bool WholeAddresses { get; set; }

    /// <summary>Days that a class of events is kept; 0 for ever.</summary>
    public int DaysOf(AuditClass group) => group switch
    {
        AuditClass.Changes => ChangesDays,
        AuditClass.Security => SecurityDays,
        AuditClass.Exports => ExportsDays,
    };
}
