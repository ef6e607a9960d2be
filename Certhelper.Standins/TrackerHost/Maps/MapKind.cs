namespace Certhelper.Standins.TrackerHost.Maps;

/// <summary>What a map shows of a module, and so what a broken module looks like in it.</summary>
internal enum MapKind
{
    /// <summary>Counts: none from a dead module, too many from a noisy one.</summary>
    Hits,

    /// <summary>A property of hits: unknown for a dead module.</summary>
    Property,

    /// <summary>Something that should not be there: most in broken modules.</summary>
    Fault,

    /// <summary>Good or bad.</summary>
    Alarm,
}

/// <summary>One picture.</summary>
/// <param name="Name">Name of the file, without its ending.</param>
/// <param name="Most">Upper end of the colour scale.</param>
/// <param name="Autoscale">Whether the scale reaches as far as the values instead.</param>
internal sealed record TrackerMap(string Name, string Title, Layout Layout, MapKind Kind, double Most, bool Autoscale = false)
{
    /// <summary>The value of a module; null when it has none.</summary>
    public double? Value(Module module, Conditions conditions)
    {
        var dead = conditions.IsDead(module);
        var excess = conditions.Excess(module);
        switch (Kind)
        {
            case MapKind.Hits:
                return dead ? null : Most * 0.55 * Occupancy(module, conditions) * conditions.Scale * excess * conditions.Spread(module, Title);
            case MapKind.Property:
                return dead ? null : Most * (module.Subdetector is Subdetector.Tob or Subdetector.Tec && module.Ring is 0 or > 4 ? 0.66 : 0.52) * (1 - (0.05 * (excess - 1))) * conditions.Spread(module, Title);
            case MapKind.Fault:
                return dead ? Most * (0.8 + (0.15 * Noise.Uniform(module.Key, (ulong)conditions.Run))) : Most * 0.06 * excess * excess * Math.Abs(1 + (8 * (conditions.Spread(module, Title) - 1)));
            case MapKind.Alarm:
                return dead || excess > 2 ? 1 : 0;
            default:
                throw new InvalidOperationException($"{Kind} has no values.");
        }
    }

    /// <summary>Most near the beam; in cosmics most above and below it.</summary>
    private static double Occupancy(Module module, Conditions conditions)
    {
        var near = module.Subdetector switch
        {
            Subdetector.Bpix => 1.5 - (0.22 * module.Layer) + (0.03 * Math.Abs(module.Z - 3.5)),
            Subdetector.Fpix => 1.25 - (0.25 * module.Ring) - (0.04 * module.Layer),
            Subdetector.Tib => 1.45 - (0.16 * module.Layer) - (0.012 * Math.Abs(module.Z - 5.5)),
            Subdetector.Tid => 1.5 - (0.2 * module.Ring) + (0.03 * module.Layer),
            Subdetector.Tob => 0.85 - (0.07 * module.Layer) - (0.01 * Math.Abs(module.Z - 5.5)),
            Subdetector.Tec => 1.65 - (0.17 * module.Ring) + (0.02 * module.Layer),
        };
        if (!conditions.IsCosmics) return near;
        var vertical = Math.Abs(Math.Sin(module.Angle));
        return module.Ring > 0 ? 0.25 + (0.3 * vertical) : 0.3 + (0.9 * vertical);
    }
}
