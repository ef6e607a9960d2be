using System.Collections.Concurrent;
using Certhelper.Standins.Facts;

namespace Certhelper.Standins.Ebutz;

/// <summary>What a test makes ebutz answer about a run: another run's number, any word.</summary>
internal sealed record ChangedMode(string? Mode, string? AnsweredRun);

/// <summary>
/// In which mode the strip tracker was read out. Published are DECO for 321123, 349422, 349840 and 351002, and that
/// nothing is known of 331625; all else is invented: DECO for collisions, PEAK for every third run of cosmics.
/// </summary>
internal sealed class ReadOutModes(FactStore facts)
{
    private const int NotKnown = 331625;

    private static readonly int[] Published = [321123, 349422, 349840, 351002];

    private readonly ConcurrentDictionary<int, ChangedMode> _changed = [];

    /// <summary>The answer's pair; null when nothing is known of the run.</summary>
    public (string Run, string Mode)? Answer(int run, string asked)
    {
        var change = _changed.GetValueOrDefault(run);
        return (change?.Mode ?? Mode(run)) is { Length: > 0 } mode ? (change?.AnsweredRun ?? asked, mode) : null;
    }

    public void Change(int run, ChangedMode change) => _changed[run] = change;

    public void Reset() => _changed.Clear();

    private string? Mode(int run)
    {
        if (run == NotKnown) return null;
        if (Published.Contains(run)) return "DECO";
        if (facts.FindRun(run) is not { } row) return null;
        var collisions = row.Values.GetValueOrDefault("stable_beam") is true;
        return collisions || run % 3 != 0 ? "DECO" : "PEAK";
    }
}
