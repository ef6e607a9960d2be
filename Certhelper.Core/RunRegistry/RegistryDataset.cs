using Certhelper.Core.Runs;

namespace Certhelper.Core.RunRegistry;

/// <summary>The last answer of the Run Registry about one dataset of one run.</summary>
public sealed class RegistryDataset
{
    /// <summary>The state in which a dataset waits for the tracker's certification.</summary>
    public const string Open = "OPEN";

    public int Id { get; init; }

    public required int RunNumber { get; init; }

    /// <summary>The registry's name, without the stray white space that some carry.</summary>
    public required string Name { get; init; }

    /// <summary>Null when the name says none.</summary>
    public Reconstruction? Reconstruction { get; set; }

    /// <summary>The tracker workspace's state: OPEN, SIGNOFF, COMPLETED, "waiting dqm gui"; null when the registry gives none.</summary>
    public string? TrackerState { get; set; }

    /// <summary>Class of the run, such as Collisions22.</summary>
    public string? RunClass { get; set; }

    /// <summary>State of the online run.</summary>
    public string? RunState { get; set; }

    /// <summary>Lumisections per status for the tracker's components: component → status → count.</summary>
    public Dictionary<string, Dictionary<string, int>> Summary { get; set; } = [];

    /// <summary>When the registry first named it to us.</summary>
    public DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>When its state or its lumisections last changed; null when they never have.</summary>
    public DateTimeOffset? ChangedAt { get; set; }

    public DateTimeOffset FetchedAt { get; set; }
}
