namespace Certhelper.Core.Scripts;

/// <summary>Which part of the detector a tracker map shows.</summary>
public enum MapPart
{
    Strip,
    Pixel,
    Other,
}

/// <summary>Tracker maps in the order in which shifters look at them.</summary>
public static class MapOrder
{
    // How the names begin; the script makes several of some.
    private static readonly (string Begin, MapPart Part)[] Known =
    [
        ("QTestAlarm", MapPart.Strip),
        ("NumberOfOnTrackCluster", MapPart.Strip),
        ("StoNCorrOnTrack", MapPart.Strip),
        ("NumberOfDigi", MapPart.Strip),
        ("PXBarrel", MapPart.Pixel),
        ("PXForward", MapPart.Pixel),
        ("MergedBadComponents", MapPart.Strip),
        ("FractionOfBadChannels", MapPart.Strip),
        ("PCLBadComponents", MapPart.Strip),
        ("NumberOfCluster", MapPart.Strip),
        ("NumberOfOfffTrackCluster", MapPart.Strip),
        ("ChargePerCMfromTrack", MapPart.Strip),
        ("NApvShots", MapPart.Strip),
        ("NumberInactiveHits", MapPart.Strip),
        ("NumberMissingHits", MapPart.Strip),
        ("NumberValidHits", MapPart.Strip),
        ("ResidualsMean", MapPart.Strip),
        ("ResidualsRMS", MapPart.Strip),
        ("MergedOccupancyDeadROC", MapPart.Pixel),
        ("num_clusters", MapPart.Pixel),
        ("adc", MapPart.Pixel),
        ("charge", MapPart.Pixel),
        ("size", MapPart.Pixel),
        ("Thitefficiency", MapPart.Pixel),
    ];

    /// <summary>Maps that are worth offering by name.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(map => map.Begin)];

    public static MapPart PartOf(string name) => Find(name) is >= 0 and var place ? Known[place].Part : MapPart.Other;

    /// <summary>The weightiest first; the same values drawn in another scale come after everything that is not.</summary>
    public static IEnumerable<T> InOrder<T>(this IEnumerable<T> maps, Func<T, string> name) => maps
        .OrderBy(map => name(map).Contains("_autoscale", StringComparison.Ordinal))
        .ThenBy(map => Find(name(map)) is >= 0 and var place ? place : Known.Length)
        .ThenBy(name, StringComparer.Ordinal);

    private static int Find(string name) => Array.FindIndex(Known, map => name.StartsWith(map.Begin, StringComparison.Ordinal));
}
