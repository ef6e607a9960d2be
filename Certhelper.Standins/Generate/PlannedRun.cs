namespace Certhelper.Standins.Generate;

/// <summary>A run with its place in time and its share of a fill; luminosities in the fill's own units.</summary>
internal sealed record PlannedRun(int Number, int Lumisections, DateTimeOffset Start)
{
    /// <summary>Length of a lumisection: 2^18 orbits of the LHC.</summary>
    public const double LumisectionSeconds = 23.31;

    public FillExport? Fill { get; init; }

    public int? FillNumber { get; init; }

    /// <summary>First lumisection with stable beams; zero when there was none.</summary>
    public int FirstStable { get; init; }

    public bool Cosmics { get; init; }

    public decimal? Delivered { get; init; }

    public decimal? Recorded { get; init; }

    public decimal? InitLumi { get; init; }

    public decimal? EndLumi { get; init; }

    /// <summary>Lumisections come from a certification file, so the run's length is close to the real one.</summary>
    public bool InGoldenFile { get; init; }

    public int Seconds => (int)Math.Round((Lumisections * LumisectionSeconds) + 12);

    public DateTimeOffset End => Start.AddSeconds(Seconds);
}
