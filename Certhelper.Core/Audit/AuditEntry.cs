namespace Certhelper.Core.Audit;

/// <summary>One thing that happened: who, when, from where, to what, and what was before. Only ever appended.</summary>
public sealed class AuditEntry
{
    public long Id { get; init; }

    public DateTimeOffset At { get; init; }

    public AuditEvent Event { get; init; }

    /// <summary>Row of the person; null for machinery and for people who are not signed in.</summary>
    public int? ById { get; init; }

    /// <summary>Login name, or the name of the job; null for machinery without one.</summary>
    public string? By { get; init; }

    /// <summary>Network that it came from, see <see cref="NetworkAddress"/>.</summary>
    public string? Address { get; init; }

    /// <summary>Which sort of row, by the name of its class; what was exported or refused, for those events.</summary>
    public string? Kind { get; init; }

    /// <summary>Key of the row.</summary>
    public string? Subject { get; init; }

    /// <summary>Changed fields by name; old value, new value.</summary>
    public Dictionary<string, string?[]>? Changes { get; init; }

    /// <summary>What else there is to say.</summary>
    public string? Details { get; init; }

    /// <summary>What a search for text looks at.</summary>
    public string Words { get; init; } = "";

    /// <summary>Number by which the logs know the request.</summary>
    public string? Trace { get; init; }
}

/// <summary>Something to be written into the audit; who and from where is added by itself.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Kind">To which sort of thing.</param>
/// <param name="Subject">Its key.</param>
/// <param name="Changes">Changed fields; old value, new value.</param>
/// <param name="Details">What else there is to say.</param>
public sealed record AuditNote(
    AuditEvent Event, string? Kind = null, string? Subject = null, Dictionary<string, string?[]>? Changes = null, string? Details = null);
