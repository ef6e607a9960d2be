using Certhelper.Standins.Facts;

namespace Certhelper.Standins.Generate;

/// <summary>All attributes of a run that OMS would give, from its place in a fill.</summary>
internal static class RunFacts
{
    /// <summary>What OMS does not compute for a run without lumisections.</summary>
    public static IReadOnlyList<string> Rates { get; } =
        ["l1_rate", "l1_triggers_counter", "hlt_physics_counter", "hlt_physics_rate", "hlt_physics_size", "hlt_physics_throughput"];

    public static IReadOnlyList<string> Luminosities { get; } = ["delivered_lumi", "recorded_lumi", "init_lumi", "end_lumi"];

    private const decimal NanobarnBelow = 1m;
    private const decimal MicrobarnBelow = 0.001m;

    public static FactLine Of(PlannedRun run)
    {
        var fill = run.Fill;
        var ions = fill?.Ions == true;
        var stable = run.FirstStable > 0;
        var special = fill is { Ions: false, Colliding: < 20 };
        var line = new FactLine();
        line.Publish("run_number", Text.Of(run.Number));
        line["fill_number"] = run.FillNumber is { } number ? Text.Of(number) : null;
        if (fill?.Published == true && !run.Cosmics) line.Known.Add("fill_number");
        line["sequence"] = "GLOBAL-RUN";
        line["start_time"] = Text.Of(run.Start);
        line["end_time"] = Text.Of(run.End);
        line["last_update"] = Text.Of(run.End.AddMinutes(Draw.Between(run.Number, 20, 20, 400)));
        line["duration"] = Text.Of(run.Seconds);
        line["last_lumisection_number"] = run.Lumisections > 0 ? Text.Of(run.Lumisections) : null;
        line["era"] = Period.Era(run.Number);
        line["stable_beam"] = Text.Of(stable);
        line["b_field"] = Text.Of(fill?.BField ?? 3.8m);
        line["energy"] = Text.Of(run.Cosmics ? 0 : Math.Floor(fill!.Energy));
        line["fill_type_runtime"] = run.Cosmics ? "COSMICS" : ions ? "IONS" : "PROTONS";
        line["fill_type_party1"] = line["fill_type_party2"] = ions ? "PB82" : "PROTON";
        if (fill?.Published == true && !run.Cosmics) line.Known.UnionWith(["b_field", "energy", "fill_type_runtime"]);
        Luminosity(line, run, ions);
        Optics(line, run, ions);
        Trigger(line, run, ions, stable, special);
        line["components"] = Period.Components(run.Number);
        line["components_out"] = "";
        line["clock_type"] = run.Cosmics ? "LOCAL" : "LHC";
        line["cmssw_version"] = Period.Cmssw(run.Number);
        line["tier0_transfer"] = "true";
        return line;
    }

    // OMS scales by row: inverse picobarn for high, nanobarn for low luminosity, microbarn for ions.
    private static void Luminosity(FactLine line, PlannedRun run, bool ions)
    {
        var small = !ions && run.Fill?.Delivered < NanobarnBelow && !run.Cosmics;
        var tiny = small && run.Fill?.Delivered < MicrobarnBelow;
        var scale = tiny ? 1_000_000m : small ? 1000m : 1m;
        line["delivered_lumi"] = Lumi(run.Delivered * scale);
        line["recorded_lumi"] = Lumi(run.Recorded * scale);
        // Until 2017 the instantaneous luminosity came in smaller units, whatever the beams.
        var fine = small || Period.Year(run.Number) == 2017;
        line["init_lumi"] = Lumi(run.InitLumi * (fine ? 10_000m : 1m));
        line["end_lumi"] = Lumi(run.EndLumi * (fine ? 10_000m : 1m));
        line["beamactive_total_deadtime"] = run.Cosmics ? "0" : Text.Of(Draw.Between(run.Number, 3, 1.2, 5.5), 2);
        line.Measure(ions || tiny ? @"{\mu}b^{-1}" : small ? "nb^{-1}" : "pb^{-1}", "delivered_lumi", "recorded_lumi");
        line.Measure(ions ? "10^{27}cm^{-2}s^{-1}" : fine ? "10^{30}cm^{-2}s^{-1}" : "10^{34}cm^{-2}s^{-1}", "init_lumi", "end_lumi");
        if (run.Lumisections == 0)
        {
            foreach (var name in Luminosities) line[name] = null;
        }

        if (KnownRuns.Delivered(run.Number) is not null) line.Known.Add("delivered_lumi");
        if (KnownRuns.Recorded(run.Number) is not null) line.Known.Add("recorded_lumi");
        if (KnownRuns.InitLumi(run.Number) is not null) line.Known.UnionWith(["init_lumi", "end_lumi"]);
        if (KnownRuns.Lumisections(run.Number) > 0) line.Known.Add("last_lumisection_number");
    }

    private static void Optics(FactLine line, PlannedRun run, bool ions)
    {
        var fill = run.FirstStable > 0 ? run.Fill : null;
        var beta = fill is null ? null : ions ? "50" : "30";
        line["crossing_angle_start"] = line["crossing_angle_stop"] = fill is null ? null : Text.Of(fill.CrossingAngle);
        line["beta_star_start"] = line["beta_star_stop"] = beta;
        line.Measure(@"{\mu}rad", "crossing_angle_start", "crossing_angle_stop");
        line.Measure("cm", "beta_star_start", "beta_star_stop");
    }

    private static void Trigger(FactLine line, PlannedRun run, bool ions, bool stable, bool special)
    {
        var mode = Period.Mode(run.Number, run.Cosmics, ions);
        var version = $"v{Draw.Int(run.Number / 50, 4, 20, 140)}";
        line["l1_hlt_mode"] = mode;
        line["l1_hlt_mode_stripped"] = $"{mode}/{version}";
        line["trigger_mode"] = $"l1_hlt_{mode}/{version}";
        line["l1_key_stripped"] = $"{mode}/v{Draw.Int(run.Number / 50, 5, 10, 99)}";
        line["l1_key"] = $"l1_trg_{line["l1_key_stripped"]}";
        line["l1_menu"] = Period.L1Menu(run.Number);
        line["hlt_key"] = Period.HltKey(run.Number, run.Cosmics, ions, special);
        line["initial_prescale_index"] = run.Cosmics ? "0" : Text.Of(Draw.Int(run.Number, 6, 2, 6));
        if (run.Lumisections == 0)
        {
            foreach (var name in Rates) line[name] = null;
            return;
        }

        var (l1, hlt) = run.Cosmics ? (Draw.Between(run.Number, 7, 420, 880), Draw.Between(run.Number, 8, 140, 210))
            : special ? (Draw.Between(run.Number, 7, 8_000, 25_000), Draw.Between(run.Number, 8, 400, 900))
            : ions ? (Draw.Between(run.Number, 7, 12_000, 30_000), Draw.Between(run.Number, 8, 2_000, 6_500))
            : stable ? (Draw.Between(run.Number, 7, 72_000, 96_000), Draw.Between(run.Number, 8, 1_050, 1_900))
            : (Draw.Between(run.Number, 7, 300, 900), Draw.Between(run.Number, 8, 20, 60));
        var events = (long)(hlt * run.Seconds);
        // Events have 0.1 MB without collisions, 0.75 to 1 MB with.
        var size = events * (run.Cosmics ? 0.00015 : ions ? 0.0011 : 0.00082);
        line["l1_rate"] = Text.Of(l1, 3);
        line["l1_triggers_counter"] = Text.Of((long)(l1 * run.Seconds));
        line["hlt_physics_counter"] = Text.Of(events);
        line["hlt_physics_rate"] = Text.Of(hlt, 3);
        line["hlt_physics_size"] = Text.Of(size, 3);
        line["hlt_physics_throughput"] = Text.Of(size / run.Seconds, 8);
    }

    private static string? Lumi(decimal? value) => value is { } number ? Text.Of(Math.Round(number, 6)) : null;
}
