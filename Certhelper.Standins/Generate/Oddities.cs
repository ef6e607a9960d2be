using Certhelper.Standins.Facts;

namespace Certhelper.Standins.Generate;

/// <summary>Answers that real services give now and then and that clients must survive; put on runs that no certification file names.</summary>
internal static class Oddities
{
    private static readonly string[] AddedLater =
        ["era", "components_out", "crossing_angle_start", "crossing_angle_stop", "beta_star_start", "beta_star_stop"];

    public static void Apply(IReadOnlyDictionary<int, FactLine> runs)
    {
        // No HLT key although beams were stable.
        Change(runs, 370750, line => line["hlt_key"] = null);
        // Luminosity not yet computed, and its unit with it.
        Change(runs, 370751, line =>
        {
            foreach (var name in RunFacts.Luminosities) line[name] = null;
            line.Units.Clear();
        });
        // The unit of a value is missing: the attribute's default holds.
        Change(runs, 370752, line => line.Units.Remove("recorded_lumi"));
        // One subsystem only.
        Change(runs, 355458, line =>
        {
            line["components"] = "DAQ";
            line["components_out"] = Period.Components(355458).Replace("DAQ,", "", StringComparison.Ordinal);
        });
        // A counter written as a float.
        Change(runs, 355461, line => line["l1_triggers_counter"] += ".0");
        // The schema of 2018.
        Change(runs, 321164, line =>
        {
            foreach (var name in AddedLater) line.Remove(name);
        });
        // Tracker taken out for the run.
        Change(runs, 370665, line =>
        {
            line["components"] = line["components"]!.Replace("TRACKER,", "", StringComparison.Ordinal);
            line["components_out"] = "TRACKER";
        });
        // A long run in inverse femtobarn.
        Change(runs, 386604, line =>
        {
            foreach (var name in RunFacts.Luminosities.Take(2))
                line[name] = Text.Of(decimal.Parse(line[name]!, System.Globalization.CultureInfo.InvariantCulture) / 1000m);
            line.Measure("fb^{-1}", "delivered_lumi", "recorded_lumi");
        });
    }

    private static void Change(IReadOnlyDictionary<int, FactLine> runs, int run, Action<FactLine> change)
    {
        if (!runs.TryGetValue(run, out var line)) throw new InvalidOperationException($"Run {run} is not in the data set.");
        change(line);
    }
}
