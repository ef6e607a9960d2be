namespace Certhelper.Web.TagHelpers;

/// <summary>Everything that is drawn as a status. Each has a colour <em>and</em> a shape <em>and</em> words.</summary>
public enum StatusKind
{
    Good,
    Bad,
    Excluded,
    LowStatistics,

    /// <summary>Missing or unknown.</summary>
    Unknown,
    Stale,
    Conflict,

    /// <summary>Waits to be certified.</summary>
    Open,

    /// <summary>Certified by the viewer.</summary>
    Mine,

    /// <summary>Certified by somebody else.</summary>
    Taken,

    /// <summary>Not ready yet.</summary>
    Waiting,
    Deleted,
    Reference,

    /// <summary>Somebody works on it.</summary>
    Working,

    /// <summary>Begun and not saved.</summary>
    Draft,

    /// <summary>What it rests on has changed.</summary>
    Changed,

    /// <summary>Under way on another host.</summary>
    Running,
}

/// <summary>How each status looks and what it is called.</summary>
public static class StatusLook
{
    /// <summary>Name of the icon in the sprite.</summary>
    public static string Icon(StatusKind kind) => kind switch
    {
        StatusKind.Good => "check-circle-fill",
        StatusKind.Bad => "x-circle-fill",
        StatusKind.Excluded => "dash-circle-fill",
        StatusKind.LowStatistics => "circle-half",
        StatusKind.Unknown => "question-circle",
        StatusKind.Stale => "clock-history",
        StatusKind.Conflict => "arrow-left-right",
        StatusKind.Open => "circle",
        StatusKind.Mine => "person-check",
        StatusKind.Taken => "lock",
        StatusKind.Waiting => "hourglass-split",
        StatusKind.Deleted => "trash3",
        StatusKind.Reference => "bullseye",
        StatusKind.Working => "person-workspace",
        StatusKind.Draft => "pencil",
        StatusKind.Changed => "arrow-repeat",
        StatusKind.Running => "play-fill",
    };

    /// <summary>The word that is read when a page gives none.</summary>
    public static string Word(StatusKind kind) => kind switch
    {
        StatusKind.Good => "good",
        StatusKind.Bad => "bad",
        StatusKind.Excluded => "excluded",
        StatusKind.LowStatistics => "low statistics",
        StatusKind.Unknown => "unknown",
        StatusKind.Stale => "stale",
        StatusKind.Conflict => "conflict",
        StatusKind.Open => "open",
        StatusKind.Mine => "mine",
        StatusKind.Taken => "certified",
        StatusKind.Waiting => "waiting",
        StatusKind.Deleted => "deleted",
        StatusKind.Reference => "reference",
        StatusKind.Working => "taken",
        StatusKind.Draft => "draft",
        StatusKind.Changed => "changed since",
        StatusKind.Running => "running",
    };

    /// <summary>Its class in the style sheet.</summary>
    public static string CssClass(StatusKind kind) => kind switch
    {
        StatusKind.Good => "status-good",
        StatusKind.Bad => "status-bad",
        StatusKind.Excluded => "status-excluded",
        StatusKind.LowStatistics => "status-lowstat",
        StatusKind.Unknown => "status-unknown",
        StatusKind.Stale => "status-stale",
        StatusKind.Conflict => "status-conflict",
        StatusKind.Open => "status-open",
        StatusKind.Mine => "status-mine",
        StatusKind.Taken => "status-taken",
        StatusKind.Waiting => "status-waiting",
        StatusKind.Deleted => "status-deleted",
        StatusKind.Reference => "status-reference",
        StatusKind.Working => "status-working",
        StatusKind.Draft => "status-draft",
        StatusKind.Changed => "status-changed",
        StatusKind.Running => "status-running",
    };
}
