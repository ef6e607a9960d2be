namespace Certhelper.Core.Audit;

/// <summary>What an entry of the audit tells.</summary>
public enum AuditEvent
{
    /// <summary>A row was made.</summary>
    Created,

    /// <summary>A row was changed.</summary>
    Changed,

    /// <summary>A row was removed.</summary>
    Removed,

    /// <summary>A person's roles are others than before.</summary>
    RolesChanged,

    SignedIn,

    /// <summary>A sign-in came to nothing.</summary>
    SignInRefused,

    SignedOut,

    /// <summary>Somebody asked for what his roles do not allow.</summary>
    Refused,

    /// <summary>Data left as a file.</summary>
    Exported,

    /// <summary>Old entries were deleted as the configuration says.</summary>
    Forgotten,
}

/// <summary>Groups of events that are kept equally long.</summary>
public enum AuditClass
{
    /// <summary>Changes of data.</summary>
    Changes,

    /// <summary>Who came, who left, who was refused, who may what.</summary>
    Security,

    /// <summary>What was taken away as a file.</summary>
    Exports,
}

/// <summary>Events in words and groups.</summary>
public static class AuditEvents
{
    public static string Title(this AuditEvent happened) => happened switch
    {
        AuditEvent.Created => "made",
        AuditEvent.Changed => "changed",
        AuditEvent.Removed => "removed",
        AuditEvent.RolesChanged => "roles changed",
        AuditEvent.SignedIn => "signed in",
        AuditEvent.SignInRefused => "sign-in refused",
        AuditEvent.SignedOut => "signed out",
        AuditEvent.Refused => "refused",
        AuditEvent.Exported => "exported",
        AuditEvent.Forgotten => "old entries deleted",
    };

    public static AuditClass Class(this AuditEvent happened) => happened switch
    {
        AuditEvent.Created or AuditEvent.Changed or AuditEvent.Removed => AuditClass.Changes,
        AuditEvent.RolesChanged or AuditEvent.SignedIn or AuditEvent.SignInRefused or AuditEvent.SignedOut or AuditEvent.Refused or AuditEvent.Forgotten => AuditClass.Security,
        AuditEvent.Exported => AuditClass.Exports,
    };

    /// <summary>The events of a class.</summary>
    public static IReadOnlyList<AuditEvent> Of(AuditClass group) => [.. Enum.GetValues<AuditEvent>().Where(happened => happened.Class() == group)];
}
