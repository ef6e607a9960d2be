namespace Certhelper.Core.Oms;

/// <summary>An answer of OMS as it came, kept so that every fact can be traced to what was said when.</summary>
public sealed class OmsSnapshot
{
    public long Id { get; init; }

    /// <summary>The OMS resource: runs, fills.</summary>
    public required string Resource { get; init; }

    /// <summary>The run or fill number.</summary>
    public required int Number { get; init; }

    /// <summary>The JSON:API item: attributes and row units.</summary>
    public required string Body { get; init; }

    public required DateTimeOffset FetchedAt { get; init; }
}
