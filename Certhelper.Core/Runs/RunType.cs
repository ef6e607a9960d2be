namespace Certhelper.Core.Runs;

/// <summary>What the beams did while a run was recorded, as far as certification cares.</summary>
public enum RunType
{
    Collisions,
    Cosmics,
}

/// <summary>The one place that decides the type of a run.</summary>
public static class RunTypeRule
{
    /// <summary>
    /// Collisions when the HLT key is a physics or special one <em>and</em> beams were stable; cosmics otherwise.
    /// A run of which OMS knows neither HLT key nor beam state is undecided: nobody may guess it but a person.
    /// </summary>
    public static RunType? Of(string? hltKey, bool? stableBeam)
    {
        if (string.IsNullOrWhiteSpace(hltKey)) return stableBeam is null ? null : RunType.Cosmics;
        var collisionKey = hltKey.Contains("/cdaq/physics", StringComparison.Ordinal)
            || hltKey.Contains("/cdaq/special", StringComparison.Ordinal);
        return collisionKey && stableBeam == true ? RunType.Collisions : RunType.Cosmics;
    }
}
