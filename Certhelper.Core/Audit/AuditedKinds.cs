using Certhelper.Core.Certification;
using Certhelper.Core.Oms;
using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Core.Scripts;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;

namespace Certhelper.Core.Audit;

/// <summary>
/// What of the data is audited: everything but this list, so that a new entity is audited unless somebody says here why not.
/// </summary>
public static class AuditedKinds
{
    /// <summary>Never audited, and why.</summary>
    public static IReadOnlyDictionary<Type, string> LeftOut { get; } = new Dictionary<Type, string>
    {
        [typeof(AuditEntry)] = "The audit itself.",
        [typeof(EndedSession)] = "Every row has its own event: signed out.",
        [typeof(ExecutionLine)] = "Output of scripts: thousands of rows an hour, written once.",
        [typeof(ExecutionEvent)] = "Is the history of an execution itself; what people ask of one is audited where they ask it.",
        [typeof(ExecutionFile)] = "Fetched by workers; belongs to an audited execution and is known by its hash.",
        [typeof(StoredFile)] = "Content by its hash; never changes.",
        [typeof(StoredFilePart)] = "Content by its hash; never changes.",
        [typeof(CertificationDraft)] = "What somebody types, every two seconds; nobody else sees it.",
        [typeof(Lease)] = "Signs of life, every half minute; ends by itself.",
        [typeof(CertificationRevision)] = "Is the history of a certification itself; the change that it tells is audited at the certification.",
        [typeof(CertificationEvidence)] = "Copy of facts beside an audited change; never changes.",
        [typeof(OmsSnapshot)] = "Cache of OMS, with its own times.",
        [typeof(RegistryDataset)] = "Cache of the Run Registry, with its own times.",
        [typeof(SourceContact)] = "Heartbeat of outside services.",
        [typeof(SyncMark)] = "How far a job has read.",
        [typeof(ScheduledMaking)] = "Work of the clock, with a log of its own; what people ask of it is audited where they ask it.",
    };

    /// <summary>Audited when a person does something, and not when a job refreshes them; and why.</summary>
    public static IReadOnlyDictionary<Type, string> WhenPeopleAct { get; } = new Dictionary<Type, string>
    {
        [typeof(Run)] = "Facts from OMS come every five minutes, and each answer is kept; what a person types or asks for is audited.",
        [typeof(Fill)] = "As runs.",
        [typeof(RunReconstruction)] = "Made when the Run Registry tells a dataset; a person's is audited.",
    };

    // What moves by itself and says nothing.
    private static readonly HashSet<(Type, string)> Silent =
    [
        (typeof(User), nameof(User.LastSignInAt)),
        (typeof(User), nameof(User.LastSeenAt)),
        (typeof(User), nameof(User.RolesAskedAt)),
        (typeof(User), nameof(User.BannerSeen)),
        (typeof(User), nameof(User.SearchWords)),
        (typeof(User), nameof(User.RightsVersion)),
        (typeof(ReportSchedule), nameof(ReportSchedule.NextAt)),
    ];

    // That it changed is told, not what it is.
    private static readonly HashSet<(Type, string)> Hidden =
    [
        (typeof(DataProtectionKey), nameof(DataProtectionKey.Xml)),
        (typeof(User), nameof(User.Email)),
        (typeof(User), nameof(User.CernPersonId)),
    ];

    public static bool IsAudited(Type kind, AuditScope? scope) =>
        !LeftOut.ContainsKey(kind) && (!WhenPeopleAct.ContainsKey(kind) || scope is { PersonId: not null, Acts: true });

    internal static bool IsSilent(Type kind, string property) => Silent.Contains((kind, property));

    internal static bool IsHidden(Type kind, string property) =>
        Hidden.Contains((kind, property))
        || property.Contains("Password", StringComparison.OrdinalIgnoreCase)
        || property.Contains("Secret", StringComparison.OrdinalIgnoreCase)
        || property.EndsWith("Token", StringComparison.OrdinalIgnoreCase)
        || property.EndsWith("TokenHash", StringComparison.OrdinalIgnoreCase);
}
