using System.Text.Json;
using System.Text.Json.Serialization;

namespace Certhelper.Standins.Control;

/// <summary>The ways in which a service can misbehave.</summary>
internal enum FaultKind
{
    /// <summary>Answers normally after a while.</summary>
    Delay,

    /// <summary>Never answers.</summary>
    Hang,

    /// <summary>Breaks the connection.</summary>
    Refuse,

    /// <summary>Answers with a status of the caller's choice, as JSON or as the HTML of a proxy.</summary>
    Status,

    /// <summary>Sends the caller to the sign-in page.</summary>
    LoginRedirect,

    /// <summary>Redirects to where the caller already is.</summary>
    RedirectLoop,

    /// <summary>Answers 200 with a sign-in page.</summary>
    LoginHtml,

    /// <summary>Answers 200 with JSON that is none.</summary>
    Nonsense,

    /// <summary>Breaks off in the middle of its normal answer.</summary>
    Truncated,

    /// <summary>Answers 401 whatever the token.</summary>
    Unauthorized,
}

/// <summary>A fault as the control endpoint takes it.</summary>
internal sealed record Fault
{
    /// <summary>How the control endpoint reads and writes.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    [JsonPropertyName("fault")]
    public required FaultKind Kind { get; init; }

    /// <summary>Length of a delay.</summary>
    public double? Seconds { get; init; }

    /// <summary>With it a delay is random between the two.</summary>
    public double? MaxSeconds { get; init; }

    public int? Status { get; init; }

    /// <summary>Seconds of the Retry-After header.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>A status with the HTML of a proxy instead of the service's JSON.</summary>
    public bool? Html { get; init; }

    /// <summary>The fault ends by itself after this time.</summary>
    public double? ForSeconds { get; init; }

    /// <summary>The fault ends by itself after so many requests.</summary>
    public int? Times { get; init; }

    /// <summary>Only requests whose path and query contain this.</summary>
    public string? PathContains { get; init; }

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public string? Problem() => this switch
    {
        { Kind: FaultKind.Delay, Seconds: null } => "A delay needs \"seconds\" (example: {\"fault\":\"delay\",\"seconds\":5}).",
        { Seconds: < 0 or > 600 } or { MaxSeconds: < 0 or > 600 } => "Delays are between 0 and 600 seconds.",
        { Kind: FaultKind.Status, Status: null } => "\"status\" is missing (example: {\"fault\":\"status\",\"status\":503}).",
        { Status: < 400 or > 599 } => "\"status\" is between 400 and 599.",
        { ForSeconds: <= 0 } or { Times: <= 0 } => "\"forSeconds\" and \"times\" are positive.",
        _ => null,
    };
}
