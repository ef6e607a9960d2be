namespace Certhelper.Core.Oms;

/// <summary>How an outside service answered last; shown as the health of sources on every page.</summary>
public sealed class SourceContact
{
    /// <summary>Name of OMS in this table.</summary>
    public const string Oms = "OMS";

    /// <summary>Name of the Run Registry in this table.</summary>
    public const string RunRegistry = "Run Registry";

    /// <summary>Name of ebutz in this table: the page of the strip tracker that knows its read-out mode.</summary>
    public const string Ebutz = "ebutz";

    /// <summary>Name of the mail server in this table.</summary>
    public const string Mail = "mail";

    /// <summary>One of the constants above, or CERN SSO.</summary>
    public required string Source { get; init; }

    public DateTimeOffset? LastGoodAt { get; set; }

    public DateTimeOffset? LastFailureAt { get; set; }

    /// <summary>What went wrong last, in words for people; holds no secret.</summary>
    public string? LastFailure { get; set; }
}
