using Certhelper.Standins.Facts;

namespace Certhelper.Standins.Generate;

/// <summary>All attributes of a fill that OMS would give.</summary>
internal static class FillFacts
{
    /// <summary>Attributes whose value the export states; the rest of a published fill is derived.</summary>
    private static readonly string[] Exported =
    [
        "fill_number", "start_time", "start_stable_beam", "end_stable_beam", "stable_beams", "duration", "delivered_lumi", "recorded_lumi",
        "peak_lumi", "peak_pileup", "peak_specific_lumi", "efficiency_lumi", "efficiency_time", "bunches_beam1", "bunches_beam2",
        "bunches_colliding", "bunches_target", "intensity_beam1", "intensity_beam2", "crossing_angle", "energy", "b_field",
        "fill_type_runtime", "injection_scheme",
    ];

    /// <summary>A fill of the export; it ends when its beams are gone and the next fill is declared.</summary>
    public static FactLine Of(FillExport fill, DateTimeOffset end)
    {
        var line = new FactLine();
        var stable = (fill.End - fill.Begin).TotalSeconds;
        var small = !fill.Ions && fill.Delivered < 1m;
        var tiny = small && fill.Delivered < 0.001m;
        var fine = small || fill.Created.Year == 2017;
        line["fill_number"] = Text.Of(fill.Number);
        line["start_time"] = Text.Of(fill.Created);
        line["end_time"] = Text.Of(end);
        line["start_stable_beam"] = Text.Of(fill.Begin);
        line["end_stable_beam"] = Text.Of(fill.End);
        line["stable_beams"] = "true";
        line["duration"] = Text.Of((long)stable);
        line["delivered_lumi"] = Text.Of(fill.Delivered * (tiny ? 1_000_000m : small ? 1000m : 1m));
        line["recorded_lumi"] = Text.Of(fill.Recorded * (tiny ? 1_000_000m : small ? 1000m : 1m));
        line["init_lumi"] = Text.Of(fill.PeakLumi * (fine ? 10_000m : 1m) * 0.00001m);
        line["peak_lumi"] = Text.Of(fill.PeakLumi * (fine ? 10_000m : 1m));
        line["peak_pileup"] = Text.Of(fill.PeakPileup);
        line["peak_specific_lumi"] = Text.Of(fill.PeakSpecificLumi);
        line["efficiency_lumi"] = fill.Delivered == 0 ? null : Text.Of(fill.EfficiencyLumi);
        line["efficiency_time"] = Text.Of(fill.EfficiencyTime);
        line["downtime"] = Text.Of((long)(stable * (double)(100 - fill.EfficiencyTime) / 100));
        line["to_ready_time"] = Text.Of(fill.ToReady);
        line["to_dump_ready_time"] = line["dump_ready_to_dump_time"] = null;
        line["bunches_beam1"] = Text.Of(fill.Bunches1);
        line["bunches_beam2"] = Text.Of(fill.Bunches2);
        line["bunches_colliding"] = Text.Of(fill.Colliding);
        line["bunches_target"] = Text.Of(fill.Target);
        line["intensity_beam1"] = Text.Of(fill.Intensity1);
        line["intensity_beam2"] = Text.Of(fill.Intensity2);
        line["beta_star"] = null;
        line["beta_star_start"] = line["beta_star_stop"] = fill.Ions ? "50" : "30";
        line["crossing_angle"] = line["start_crossing_angle"] = line["stop_crossing_angle"] = Text.Of(fill.CrossingAngle);
        line["energy"] = Text.Of(fill.Energy);
        line["b_field"] = Text.Of(fill.BField);
        Describe(line, fill.Runs, fill.Ions, fill.Ions ? "IONS" : "PROTONS");
        line["injection_scheme"] = fill.Scheme;
        Measure(
            line,
            fill.Ions || tiny ? @"{\mu}b^{-1}" : small ? "nb^{-1}" : "pb^{-1}",
            fill.Ions ? "10^{27}cm^{-2}s^{-1}" : fine ? "10^{30}cm^{-2}s^{-1}" : "10^{34}cm^{-2}s^{-1}",
            fill.Ions ? "10^{24}cm^{-2}s^{-1}(10^{11}p)^{-2}" : "10^{30}cm^{-2}s^{-1}(10^{11}p)^{-2}");
        if (fill.Published) line.Known.UnionWith(Exported);
        return line;
    }

    /// <summary>A fill that never had stable beams: luminosity 0.0, not null.</summary>
    public static FactLine Empty(int number, DateTimeOffset start, DateTimeOffset end, IReadOnlyList<int> runs)
    {
        var line = new FactLine();
        foreach (var field in Oms.OmsSchema.Fills) line[field.Name] = null;
        line["fill_number"] = Text.Of(number);
        line["start_time"] = Text.Of(start);
        line["end_time"] = Text.Of(end);
        line["stable_beams"] = "false";
        line["delivered_lumi"] = line["recorded_lumi"] = "0.0";
        line["energy"] = "0.0";
        line["b_field"] = Period.Year(runs[0]) == 2019 ? "0.082" : "3.8";
        // Empty machines have been read out as slightly less than nothing, and once with fewer than no bunches.
        var negative = number % 4 == 3;
        line["intensity_beam1"] = negative ? "-0.000213" : "0";
        line["intensity_beam2"] = negative ? "-0.000187" : "0";
        line["bunches_beam1"] = line["bunches_beam2"] = number % 4 == 0 ? null : "0";
        line["bunches_colliding"] = number % 4 == 0 ? null : negative ? "-1" : "0";
        Describe(line, runs, ions: false, "COSMICS");
        Measure(line, "pb^{-1}", "10^{34}cm^{-2}s^{-1}", "10^{30}cm^{-2}s^{-1}(10^{11}p)^{-2}");
        return line;
    }

    private static void Describe(FactLine line, IReadOnlyList<int> runs, bool ions, string type)
    {
        line["era"] = Period.Era(runs[0]);
        line["fill_type_runtime"] = type;
        line["fill_type_party1"] = line["fill_type_party2"] = ions ? "PB82" : "PROTON";
        line["first_run_number"] = Text.Of(runs[0]);
        line["last_run_number"] = Text.Of(runs[^1]);
    }

    private static void Measure(FactLine line, string integrated, string instantaneous, string specific)
    {
        line.Measure(integrated, "delivered_lumi", "recorded_lumi");
        line.Measure(instantaneous, "init_lumi", "peak_lumi");
        line.Measure(specific, "peak_specific_lumi");
        line.Measure("10^{11}", "intensity_beam1", "intensity_beam2");
        line.Measure("cm", "beta_star", "beta_star_start", "beta_star_stop");
        line.Measure(@"{\mu}rad", "crossing_angle", "start_crossing_angle", "stop_crossing_angle");
    }
}
