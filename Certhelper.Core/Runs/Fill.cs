namespace Certhelper.Core.Runs;

/// <summary>An LHC fill as OMS knows it. Integrated luminosities in pb⁻¹, instantaneous in 10³⁰ cm⁻²s⁻¹.</summary>
public sealed class Fill
{
    public required int FillNumber { get; init; }

    public string? Era { get; set; }

    /// <summary>What collided, in OMS's words: PROTONS, IONS, COSMICS.</summary>
    public string? TypeRuntime { get; set; }

    public string? Party1 { get; set; }

    public string? Party2 { get; set; }

    /// <summary>Beam energy, GeV.</summary>
    public double? EnergyGev { get; set; }

    public double? BFieldTesla { get; set; }

    /// <summary>Colliding bunches; OMS has been seen to give negative numbers, which are kept as null.</summary>
    public int? BunchesColliding { get; set; }

    public int? BunchesBeam1 { get; set; }

    public int? BunchesBeam2 { get; set; }

    public int? BunchesTarget { get; set; }

    public double? InitLumiE30 { get; set; }

    public double? PeakLumiE30 { get; set; }

    /// <summary>Interactions per crossing.</summary>
    public double? PeakPileup { get; set; }

    public double? DeliveredLumiInvPb { get; set; }

    public double? RecordedLumiInvPb { get; set; }

    public string? InjectionScheme { get; set; }

    public DateTimeOffset? StartTime { get; set; }

    public DateTimeOffset? EndTime { get; set; }

    public DateTimeOffset? StableBeamsFrom { get; set; }

    public DateTimeOffset? StableBeamsTo { get; set; }

    /// <summary>Per fact (property name): who said it and when.</summary>
    public Dictionary<string, FactOrigin> Origins { get; set; } = [];

    /// <summary>When OMS last answered for this fill.</summary>
    public DateTimeOffset? FetchedAt { get; set; }

    /// <summary>PostgreSQL's row version.</summary>
    public uint Version { get; set; }
}
