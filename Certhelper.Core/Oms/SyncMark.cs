namespace Certhelper.Core.Oms;

/// <summary>How far a recurring synchronisation has come.</summary>
public sealed class SyncMark
{
    public required string Name { get; init; }

    /// <summary>
    /// The newest <c>last_update</c> of the source that has been taken over; of a mark for what people ask for, when they did.
    /// </summary>
    public DateTimeOffset? Until { get; set; }

    public DateTimeOffset? LastRunAt { get; set; }

    /// <summary>What the last pass did, in words.</summary>
    public string? LastResult { get; set; }
}
