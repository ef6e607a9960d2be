using Certhelper.Standins.RunRegistry;

namespace Certhelper.Standins.Generate;

/// <summary>
/// Statuses of the tracker by lumisection. Where a run is in a certification file, its good ranges are GOOD for all three
/// components; which component spoilt the rest is not published and derived.
/// </summary>
internal static class TrackerStatuses
{
    private static readonly string[] Components = ["tracker-pixel", "tracker-strip", "tracker-track"];

    private static readonly string[] Troubles =
    [
        "FED 1304 out of sync", "BPix L1 readout group off", "TIB power group 3 off", "TEC- high voltage trip",
        "low efficiency in FPix D2", "timing scan", "SEU recovery did not help",
    ];

    public static string Of(PlannedRun run, GoldenRanges golden, string dataset)
    {
        var components = dataset == "online" ? 2 : 3;
        if (run.Lumisections == 0) return "";
        if (run.Number == 355419 && dataset.StartsWith("/Prompt", StringComparison.Ordinal)) return Uniform(run, 'G', 'B', 'B');

        var letters = Enumerable.Range(0, components).Select(_ => new char[run.Lumisections]).ToArray();
        var good = golden.Of(run.Number);
        for (var component = 0; component < components; component++)
        {
            for (var i = 0; i < run.Lumisections; i++) letters[component][i] = Letter(run, good, component, i + 1);
        }

        var comments = new Dictionary<char, string> { ['B'] = Draw.One(run.Number, 31, Troubles) };
        return string.Join(';', letters.Select((track, i) => StatusRuns.Encode(Components[i], track, comments)));
    }

    private static char Letter(PlannedRun run, IReadOnlyList<(int First, int Last)> good, int component, int lumisection)
    {
        if (run.Cosmics) return Cosmics(run, component, lumisection);
        // High voltage goes on when beams are stable.
        if (lumisection < run.FirstStable) return 'S';
        if (good.Count == 0) return NotCertified(run, component, lumisection);
        if (good.Any(range => range.First <= lumisection && lumisection <= range.Last)) return 'G';
        if (lumisection < good[0].First) return 'S';
        var gap = good.Count(range => range.Last < lumisection);
        return Draw.Int(run.Number, 40 + gap, 0, 2) == component ? 'B' : 'G';
    }

    private static char NotCertified(PlannedRun run, int component, int lumisection) => Draw.Int(run.Number, 32, 0, 9) switch
    {
        // Another subsystem's fault: the tracker was fine.
        < 4 => 'G',
        < 6 => component == 0 ? 'B' : 'G',
        < 8 => component == 1 || (component == 2 && lumisection > run.Lumisections / 2) ? 'B' : 'G',
        8 => 'S',
        _ => component == 2 ? 'N' : 'X',
    };

    private static char Cosmics(PlannedRun run, int component, int lumisection) => Draw.Int(run.Number, 33, 0, 9) switch
    {
        0 => component == 0 ? 'X' : 'G',
        1 => lumisection < 25 ? 'S' : 'G',
        2 => component == 2 ? 'N' : 'G',
        3 => component == 1 ? 'B' : 'G',
        _ => 'G',
    };

    private static string Uniform(PlannedRun run, params char[] statuses) => string.Join(';', statuses.Select((letter, i) =>
        StatusRuns.Encode(Components[i], [.. Enumerable.Repeat(letter, run.Lumisections)])));
}
