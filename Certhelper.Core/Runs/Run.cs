namespace Certhelper.Core.Runs;

/// <summary>
/// A CMS run with the facts that certification needs. A row exists as soon as anybody names the run; facts are null
/// until OMS or a person says them. Integrated luminosities in pb⁻¹, instantaneous in 10³⁰ cm⁻²s⁻¹.
/// </summary>
public sealed class Run
{
    public required int RunNumber { get; init; }

    public int? FillNumber { get; set; }

    public Fill? Fill { get; set; }

    /// <summary>Collisions or cosmics by <see cref="RunTypeRule"/>, or what a person said; null when undecided.</summary>
    public RunType? Type { get; set; }

    public string? HltKey { get; set; }

    public bool? StableBeam { get; set; }

    public DateTimeOffset? StartTime { get; set; }

    /// <summary>Null while the run goes on.</summary>
    public DateTimeOffset? EndTime { get; set; }

    public int? DurationSeconds { get; set; }

    /// <summary>Number of the last lumisection (23.31 s each).</summary>
    public int? Lumisections { get; set; }

    public double? BFieldTesla { get; set; }

    /// <summary>Beam energy, GeV.</summary>
    public double? EnergyGev { get; set; }

    public double? DeliveredLumiInvPb { get; set; }

    public double? RecordedLumiInvPb { get; set; }

    public double? InitLumiE30 { get; set; }

    public double? EndLumiE30 { get; set; }

    public string? Era { get; set; }

    public string? FillTypeRuntime { get; set; }

    public string? FillTypeParty1 { get; set; }

    public string? FillTypeParty2 { get; set; }

    /// <summary>OMS's sequence: GLOBAL-RUN, MINIDAQ …</summary>
    public string? Sequence { get; set; }

    public string? ClockType { get; set; }

    public string? CmsswVersion { get; set; }

    public string? L1Key { get; set; }

    public string? L1HltMode { get; set; }

    public string? TriggerMode { get; set; }

    /// <summary>Level-1 rate, Hz.</summary>
    public double? L1RateHz { get; set; }

    /// <summary>Rate of the physics HLT streams, Hz.</summary>
    public double? HltPhysicsRateHz { get; set; }

    /// <summary>Subsystems that took part.</summary>
    public List<string> Components { get; set; } = [];

    public List<string> ComponentsOut { get; set; } = [];

    /// <summary>Read-out mode of the strip tracker; null when nobody has said.</summary>
    public ApvMode? ApvMode { get; set; }

    /// <summary>Class in the Run Registry, such as Collisions22.</summary>
    public string? RegistryClass { get; set; }

    /// <summary>Per fact (property name): who said it and when.</summary>
    public Dictionary<string, FactOrigin> Origins { get; set; } = [];

    /// <summary>OMS's own time of the last change of its row.</summary>
    public DateTimeOffset? OmsLastUpdate { get; set; }

    /// <summary>When a fact last changed that certifications depend on (type, lumisections, luminosity, end of the run).</summary>
    public DateTimeOffset? FactsChangedAt { get; set; }

    /// <summary>When OMS last answered for this run; null when it never has.</summary>
    public DateTimeOffset? FetchedAt { get; set; }

    public List<RunReconstruction> Reconstructions { get; } = [];

    /// <summary>PostgreSQL's row version.</summary>
    public uint Version { get; set; }

    /// <summary>Whether OMS has told the facts of this run.</summary>
    public bool HasOmsFacts => FetchedAt is not null;

    /// <summary>Whether OMS has told the facts of this run and of its fill; the fill must be loaded.</summary>
    public bool FactsAreComplete => HasOmsFacts && (FillNumber is null || Fill?.FetchedAt is not null);
}
