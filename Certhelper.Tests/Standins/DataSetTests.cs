using Certhelper.Standins.Facts;
using Certhelper.Standins.Oms;
using Certhelper.Standins.RunRegistry;

namespace Certhelper.Tests.Standins;

/// <summary>The data set makes physical sense, and holds the odd cases that real services have.</summary>
public sealed class DataSetTests
{
    // Units by what they are worth in inverse picobarn.
    private static readonly Dictionary<string, decimal> Picobarn = new(StringComparer.Ordinal)
    {
        ["fb^{-1}"] = 1000m,
        ["pb^{-1}"] = 1m,
        ["nb^{-1}"] = 0.001m,
        [@"{\mu}b^{-1}"] = 0.000001m,
    };

    private static readonly FactStore Facts = new(TimeProvider.System);
    private static readonly RegistryStore Registry = new(Facts);
    private static readonly IReadOnlyList<TableRow> Runs = [.. Facts.Runs().Where(run => run.Integer("run_number") != OngoingRun.RunNumber)];
    private static readonly Dictionary<int, TableRow> Fills = Facts.Fills().ToDictionary(fill => fill.Integer("fill_number")!.Value);

    [Fact]
    public void There_are_about_three_hundred_runs_of_all_kinds_with_all_their_fills()
    {
        Assert.InRange(Runs.Count, 280, 340);
        Assert.All(Runs.Where(run => run.Get("fill_number") is not null), run => Assert.Contains(run.Integer("fill_number")!.Value, Fills.Keys));
        Assert.InRange(Runs.Count(run => run.Flag("stable_beam") == true && run.Text("fill_type_runtime") == "PROTONS"), 150, 260);
        Assert.InRange(Runs.Count(run => run.Flag("stable_beam") == true && run.Text("fill_type_runtime") == "IONS"), 30, 80);
        Assert.InRange(Runs.Count(run => run.Text("fill_type_runtime") == "COSMICS"), 35, 80);
        Assert.All(new[] { 2018, 2022, 2023, 2024 }, year => Assert.True(Runs.Count(run => run.Time("start_time")!.Value.Year == year) > 25));
    }

    [Fact]
    public void The_luminosity_of_the_runs_adds_up_to_that_of_the_fill()
    {
        var partlyPlayed = new[] { 5839, 5960 };
        var checkedFills = 0;
        foreach (var fill in Fills.Values.Where(fill => fill.Number("delivered_lumi") > 0 && !partlyPlayed.Contains(fill.Integer("fill_number")!.Value)))
        {
            var runs = Runs.Where(run => run.Number("fill_number") == fill.Number("fill_number")).ToList();
            if (runs.Count == 0 || runs.Any(run => run.Flag("stable_beam") == true && run.Get("recorded_lumi") is null && run.Get("last_lumisection_number") is not null)) continue;
            foreach (var lumi in new[] { "delivered_lumi", "recorded_lumi" })
            {
                var whole = InPicobarn(fill, lumi);
                Assert.True(Math.Abs(runs.Sum(run => InPicobarn(run, lumi)) - whole) <= whole * 0.005m, $"{lumi} of fill {fill.Id}");
            }

            checkedFills++;
        }

        Assert.True(checkedFills > 60);
    }

    [Fact]
    public void No_run_recorded_more_than_was_delivered() => Assert.All(
        Runs.Where(run => run.Get("recorded_lumi") is not null),
        run => Assert.True(run.Number("recorded_lumi") <= run.Number("delivered_lumi"), run.Id));

    [Fact]
    public void Times_follow_run_numbers_and_lumisections_have_their_length()
    {
        var ordered = Runs.OrderBy(run => run.Integer("run_number")).ToList();
        Assert.All(ordered.Zip(ordered.Skip(1)), pair =>
            Assert.True(pair.First.Get("end_time") is null || pair.First.Time("end_time") <= pair.Second.Time("start_time"), $"{pair.First.Id} and {pair.Second.Id}"));
        var derived = ordered.Where(run => run.Number("last_lumisection_number") > 50 && !Recorded(run));
        Assert.All(derived.Where(run => run.Text("era") is not "2018A" and not "Commissioning2018"), run =>
            Assert.InRange((double)run.Number("duration")! / (double)run.Number("last_lumisection_number")!, 23.2, 23.7));
    }

    [Fact]
    public void Runs_lie_in_their_fills() => Assert.All(
        Runs.Where(run => run.Get("fill_number") is not null && run.Flag("stable_beam") == true && run.Number("last_lumisection_number") > 0),
        run =>
        {
            var fill = Fills[run.Integer("fill_number")!.Value];
            Assert.True(run.Time("start_time") >= fill.Time("start_time"), run.Id);
            Assert.True(run.Time("start_time") <= fill.Time("end_stable_beam"), run.Id);
        });

    [Fact]
    public void Energies_and_fields_are_those_of_the_machine()
    {
        var stable = Runs.Where(run => run.Flag("stable_beam") == true).ToList();
        Assert.All(stable.Where(run => run.Text("fill_type_runtime") == "PROTONS" && run.Integer("run_number") < 330_000), run => Assert.Equal(6499m, run.Number("energy")));
        Assert.All(stable.Where(run => run.Text("fill_type_runtime") == "IONS" && run.Integer("run_number") < 330_000), run => Assert.Equal(6369m, run.Number("energy")));
        Assert.All(stable.Where(run => run.Integer("run_number") > 340_000), run => Assert.Equal(6799m, run.Number("energy")));
        Assert.All(Runs.Where(run => run.Text("fill_type_runtime") == "COSMICS" && !Recorded(run)), run => Assert.Equal(0m, run.Number("energy")));
        Assert.True(Runs.Count(run => run.Number("b_field") is > 3.78m and < 3.81m) > Runs.Count * 0.95);
    }

    [Fact]
    public void Every_unit_of_luminosity_occurs_and_no_other()
    {
        var integrated = Runs.Select(run => run.Unit("recorded_lumi")).OfType<string>().Distinct().Order(StringComparer.Ordinal);
        var instantaneous = Runs.Select(run => run.Unit("init_lumi")).OfType<string>().Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(Picobarn.Keys.Order(StringComparer.Ordinal), integrated);
        Assert.Equal(["10^{27}cm^{-2}s^{-1}", "10^{30}cm^{-2}s^{-1}", "10^{34}cm^{-2}s^{-1}"], instantaneous);
    }

    [Theory]
    [InlineData(299327, "last_lumisection_number", 82)]
    [InlineData(299329, "recorded_lumi", 38.566)]
    [InlineData(299329, "delivered_lumi", 40.870)]
    [InlineData(299329, "init_lumi", 10432.919)]
    [InlineData(299329, "end_lumi", 9695.004)]
    [InlineData(299329, "last_lumisection_number", 342)]
    [InlineData(321123, "b_field", 3.801)]
    [InlineData(321138, "recorded_lumi", 145.65)]
    [InlineData(321138, "last_lumisection_number", 752)]
    [InlineData(321149, "recorded_lumi", 445.092)]
    [InlineData(321149, "last_lumisection_number", 1779)]
    [InlineData(331625, "b_field", 0.082)]
    [InlineData(348409, "last_lumisection_number", 628)]
    [InlineData(355419, "recorded_lumi", 0.523)]
    public void Published_figures_of_single_runs_are_kept(int run, string attribute, double expected) =>
        Assert.Equal((decimal)expected, Facts.FindRun(run)!.Number(attribute));

    [Theory]
    [InlineData(7042, "peak_pileup", 50.568)]
    [InlineData(7042, "bunches_colliding", 2544)]
    [InlineData(5960, "peak_lumi", 12934.529)]
    [InlineData(5960, "peak_pileup", 39.937)]
    public void Published_figures_of_single_fills_are_kept(int fill, string attribute, double expected) =>
        Assert.Equal((decimal)expected, Fills[fill].Number(attribute));

    [Fact]
    public void The_odd_cases_of_oms_are_there()
    {
        Assert.Contains(Runs, run => run.Get("fill_number") is null);
        Assert.Contains(Runs, run => run.Get("recorded_lumi") is null && run.Flag("stable_beam") == true);
        Assert.Contains(Runs, run => run.Get("hlt_key") is null && run.Flag("stable_beam") == true);
        Assert.Contains(Runs, run => run.Get("last_lumisection_number") is null);
        Assert.Contains(Runs, run => run.Number("last_lumisection_number") > 3000);
        Assert.Contains(Runs, run => run.Get("components") is string[] { Length: 1 });
        Assert.Contains(Runs, run => run.Get("components") is string[] { Length: 17 });
        Assert.Contains(Runs, run => run.Flag("stable_beam") == true && run.Get("components") is string[] list && !list.Contains("TRACKER"));
        Assert.Contains(Runs, run => !run.TryGet("era", out _));
        Assert.Contains(Runs, run => run.Get("recorded_lumi") is not null && run.Unit("recorded_lumi") is null);
        Assert.Contains(Runs, run => run.Number("l1_triggers_counter") > int.MaxValue);
        Assert.Contains(Runs, run => run.Number("l1_triggers_counter")?.Scale == 1);
        Assert.Contains(Runs, run => run.Get("end_time") is null);
        Assert.Contains(Fills.Values, fill => fill.Number("bunches_colliding") < 0);
        Assert.Contains(Fills.Values, fill => fill.Get("bunches_colliding") is null);
        Assert.Contains(Fills.Values, fill => fill.Number("intensity_beam1") < 0);
        Assert.Contains(Fills.Values, fill => fill.Flag("stable_beams") == false && fill.Number("delivered_lumi") == 0);
    }

    [Fact]
    public void The_odd_cases_of_the_registry_are_there()
    {
        var datasets = Registry.Datasets();
        var known = Registry.Runs().Select(run => run.Number).ToHashSet();

        Assert.Contains(datasets, dataset => dataset.Name.EndsWith('\n'));
        Assert.Contains(datasets, dataset => dataset.Attributes.Count > 0 && !dataset.Attributes.ContainsKey("tracker_state"));
        Assert.Contains(datasets, dataset => dataset.Attributes.GetValueOrDefault("tracker_state") is "waiting dqm gui");
        Assert.Contains(datasets, dataset => dataset.Name != "online" && dataset.Statuses.Count > 0 && !dataset.Statuses.ContainsKey("tracker-track"));
        Assert.Contains(datasets, dataset => dataset.Statuses.Count == 0);
        Assert.Contains(datasets, dataset => dataset.Statuses.Values.Any(ranges => ranges.Any(range => range.Status == "NO VALUE FOUND")));
        Assert.Contains(datasets, dataset => dataset.Statuses.GetValueOrDefault("tracker-strip") is { } strip && strip.Any(range => range.Status == "STANDBY"));
        Assert.Contains(datasets, dataset => dataset.InGui is null);
        Assert.Contains(Registry.Runs(), run => run.RegistryAttributes.GetValueOrDefault("class") is "Commissioning22");
        Assert.Contains(Registry.Runs(), run => run.RegistryAttributes.GetValueOrDefault("short_run") is 1m);
        Assert.Contains(Runs, run => !known.Contains(run.Integer("run_number")!.Value));
        Assert.Contains(known, run => Facts.FindRun(run) is null);
        Assert.Contains(datasets.GroupBy(dataset => dataset.Run.Number), run => run.Count(dataset => dataset.Name.StartsWith("/ReReco/", StringComparison.Ordinal)) == 2);
    }

    [Fact]
    public void A_healthy_share_of_the_newest_datasets_waits_for_certification()
    {
        var open = Registry.Datasets().Where(dataset => dataset.Attributes.GetValueOrDefault("tracker_state") is "OPEN").ToList();

        Assert.InRange(open.Count, 60, 100);
        Assert.True(open.Count(dataset => dataset.Run.Number >= 386_592) > open.Count * 0.8);
        Assert.Contains(open, dataset => dataset.Run.RegistryAttributes["class"] is "Cosmics24");
        Assert.Contains(open, dataset => dataset.Name.StartsWith("/Express/", StringComparison.Ordinal));
        Assert.Contains(open, dataset => dataset.Name.StartsWith("/PromptReco/", StringComparison.Ordinal));
    }

    [Fact]
    public void Datasets_are_as_long_as_their_runs()
    {
        var statuses = Registry.Datasets().Where(dataset => Facts.FindRun(dataset.Run.Number) is { } run && !Recorded(run) && dataset.Run.Number is not (299327 or OngoingRun.RunNumber));

        Assert.All(statuses.Where(dataset => dataset.Statuses.ContainsKey("tracker-pixel")), dataset =>
            Assert.InRange(dataset.Statuses["tracker-pixel"][^1].End - (dataset.Run.OmsAttributes["last_lumisection_number"] as decimal? ?? 0), -130, 130));
    }

    private static decimal InPicobarn(TableRow row, string attribute) =>
        (row.Number(attribute) ?? 0) * (row.Unit(attribute) is { } unit ? Picobarn[unit] : 1m);

    // Recorded rows keep what reality had: schema, energies, lengths.
    private static bool Recorded(TableRow run) => run.Integer("run_number") is 297050 or (>= 315260 and <= 315273) or (>= 327560 and <= 327564) or 334614 or 355555 or 355556;
}
