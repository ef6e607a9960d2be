using System.Globalization;

namespace Certhelper.Standins.TrackerHost.Maps;

/// <summary>The pictures of a run, under the names that they have on the real host.</summary>
internal static class MapCatalogue
{
    public static IReadOnlyList<TrackerMap> All { get; } =
    [
        Strip("QTestAlarm", "Quality test alarm", MapKind.Alarm, 1),
        .. Scaled("NumberOfDigi", "Number of digis", 12),
        .. Scaled("NumberOfCluster", "Number of clusters", 4),
        .. Scaled("NApvShots", "Number of APV shots", 30, MapKind.Fault),
        .. Scaled("NumberOfOnTrackCluster", "Number of clusters on tracks", 1.2),
        // Three f, as on the real host.
        .. Scaled("NumberOfOfffTrackCluster", "Number of clusters off tracks", 3),
        Strip("NumberInactiveHits", "Number of inactive hits", MapKind.Fault, 900),
        Strip("NumberMissingHits", "Number of missing hits", MapKind.Fault, 120),
        Strip("NumberValidHits", "Number of valid hits", MapKind.Hits, 9000),
        Strip("StoNCorrOnTrack", "Signal to noise, on tracks", MapKind.Property, 50),
        Strip("ChargePerCMfromTrack", "Charge per cm, from tracks", MapKind.Property, 6000),
        Strip("ResidualsMean", "Mean of residuals", MapKind.Property, 0.02),
        Strip("ResidualsRMS", "RMS of residuals", MapKind.Property, 0.05),
        Strip("MergedBadComponentsTkMap", "Bad components, merged", MapKind.Alarm, 1),
        Strip("FractionOfBadChannels", "Fraction of bad channels", MapKind.Fault, 1),
        Strip("PCLBadComponents", "Bad components of the calibration loop", MapKind.Alarm, 1),
        Pixel("num_clusters", "Number of pixel clusters", MapKind.Hits, 20),
        Pixel("adc", "Pixel digi charge", MapKind.Property, 255),
        Pixel("size", "Pixel cluster size", MapKind.Property, 9),
        Pixel("charge", "Pixel cluster charge", MapKind.Property, 60000),
        Pixel("Thitefficiency", "Pixel hit efficiency", MapKind.Property, 1.8),
        .. Chips().SelectMany(chips => new[]
        {
            new TrackerMap(chips.Coded, chips.Coded.Replace('_', ' '), chips.Layout, MapKind.Hits, 400),
            new TrackerMap($"MergedOccupancyDeadROC_{chips.Place}_TBM", $"Dead ROCs in {chips.Place.Replace('_', ' ')}", chips.Layout, MapKind.Alarm, 1),
        }),
    ];

    private static TrackerMap Strip(string name, string title, MapKind kind, double most) => new(name, title, Layouts.Strips, kind, most);

    private static TrackerMap Pixel(string name, string title, MapKind kind, double most) => new(name, title, Layouts.Pixels, kind, most);

    private static IEnumerable<TrackerMap> Scaled(string name, string title, double most, MapKind kind = MapKind.Hits)
    {
        var map = Strip(name, title, kind, most);
        return [map, map with { Name = name + "_autoscale", Autoscale = true }];
    }

    private static IEnumerable<(string Coded, string Place, Layout Layout)> Chips()
    {
        for (var layer = 1; layer <= 4; layer++)
            yield return (Name("PXBarrel_Layer", layer) + "_coded", Name("BPix_Layer", layer), Layouts.BarrelChips(layer));
        for (var ring = 1; ring <= 2; ring++)
            yield return (Name("PXForward_Ring", ring) + "_coded", Name("FPix_Ring", ring), Layouts.ForwardChips(ring));
    }

    private static string Name(string prefix, int number) => prefix + number.ToString(CultureInfo.InvariantCulture);
}
