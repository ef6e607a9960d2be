using Certhelper.Core.Certification;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;

namespace Certhelper.Tests.RunRegistry;

/// <summary>What is certified here beside what the Run Registry says, cell by cell.</summary>
public sealed class RegistryComparisonTests
{
    private const string ExpressName = "/Express/Collisions2024/DQM";
    private const string PromptName = "/PromptReco/Collisions2024I/DQM";

    private static readonly HashSet<(int, Reconstruction)> Nothing = [];

    [Fact]
    public void D78_a_certification_with_which_the_registry_agrees_is_no_deviation()
    {
        var row = Compare(Ours(), Theirs());

        Assert.Equal(Agreement.Agreed, row.Agreement);
        Assert.Empty(row.Why);
        Assert.All(row.Components, cell => Assert.Equal(Agreement.Agreed, cell.Agreement));
    }

    [Fact]
    public void One_component_that_differs_is_named_with_both_sides_and_the_others_agree()
    {
        var row = Compare(Ours() with { Strip = ComponentVerdict.Bad }, Theirs());

        Assert.Equal(Agreement.Differs, row.Agreement);
        Assert.Equal([Agreement.Agreed, Agreement.Differs, Agreement.Agreed], row.Components.Select(cell => cell.Agreement));
        Assert.Equal(["Strip is bad here; the Run Registry has 226 of 229 lumisections as good."], row.Why);
    }

    [Fact]
    public void D79_one_good_lumisection_does_not_make_a_run_good()
    {
        var mostlyBad = Theirs(pixel: new() { ["GOOD"] = 1, ["BAD"] = 228 });

        Assert.Equal(Agreement.Differs, Compare(Ours(), mostlyBad).Agreement);
        Assert.Equal(Agreement.Agreed, Compare(Ours() with { Pixel = ComponentVerdict.Bad }, mostlyBad).Agreement);
    }

    [Theory]
    [InlineData(ComponentVerdict.Bad, true, "GOOD", Agreement.Agreed)]
    [InlineData(ComponentVerdict.Bad, true, "BAD", Agreement.Agreed)]
    [InlineData(ComponentVerdict.Good, true, "GOOD", Agreement.Agreed)]
    [InlineData(ComponentVerdict.Good, true, "BAD", Agreement.Differs)]
    [InlineData(ComponentVerdict.Bad, false, "GOOD", Agreement.Differs)]
    [InlineData(ComponentVerdict.Excluded, false, "EXCLUDED", Agreement.Agreed)]
    [InlineData(ComponentVerdict.Excluded, true, "BAD", Agreement.Differs)]
    public void D79_low_statistics_agrees_with_good(ComponentVerdict here, bool lowStatistics, string there, Agreement expected)
    {
        var row = Compare(Ours() with { Strip = here, StripLowStatistics = lowStatistics }, Theirs(strip: new() { [there] = 20 }));

        Assert.Equal(expected, row.Components[1].Agreement);
    }

    [Fact]
    public void What_the_registry_has_no_dataset_of_is_missing_there()
    {
        var row = Assert.Single(RegistryComparison.Compare([Ours()], [Theirs(PromptName)], new HashSet<(int, Reconstruction)> { (380115, Reconstruction.Prompt) }));

        Assert.Equal(Agreement.MissingThere, row.Agreement);
        Assert.Null(row.Theirs);
        Assert.Equal(["The Run Registry has no express dataset of this run."], row.Why);
    }

    [Fact]
    public void What_nobody_has_certified_is_missing_here_unless_it_is_certified_outside_of_the_selection()
    {
        var missing = RegistryComparison.Compare([Ours()], [Theirs(), Theirs(PromptName)], Nothing);
        var elsewhere = RegistryComparison.Compare([Ours()], [Theirs(), Theirs(PromptName)], new HashSet<(int, Reconstruction)> { (380115, Reconstruction.Prompt) });

        Assert.Equal([(Reconstruction.Prompt, Agreement.MissingHere), (Reconstruction.Express, Agreement.Agreed)], missing.Select(row => (row.Reconstruction, row.Agreement)));
        Assert.Null(missing[0].Ours);
        Assert.Equal([Reconstruction.Express], elsewhere.Select(row => row.Reconstruction));
    }

    [Theory]
    [InlineData("OPEN", "Not signed off in the Run Registry: its tracker state is OPEN.")]
    [InlineData("waiting dqm gui", "Not signed off in the Run Registry: its tracker state is waiting dqm gui.")]
    [InlineData(null, "Not signed off in the Run Registry: it has no tracker state.")]
    public void D81_what_is_not_signed_off_is_not_its_last_word(string? state, string why)
    {
        var row = Compare(Ours() with { Tracking = ComponentVerdict.Bad }, Theirs(state: state));

        Assert.Equal(Agreement.NotSignedOff, row.Agreement);
        Assert.Contains(why, row.Why);
        Assert.Equal(Agreement.NotSignedOff, row.Components[2].Agreement);
        Assert.Equal(Agreement.Agreed, row.Components[0].Agreement);
    }

    [Theory]
    [InlineData("SIGNOFF")]
    [InlineData("COMPLETED")]
    public void Both_end_states_are_signed_off(string state) => Assert.Equal(Agreement.Agreed, Compare(Ours(), Theirs(state: state)).Agreement);

    [Fact]
    public void D81_a_dataset_without_verdicts_breaks_nothing_and_says_why()
    {
        var none = Theirs();
        none.Summary = [];
        var few = Theirs(pixel: new() { ["GOOD"] = 3, ["NOTSET"] = 90 });
        var split = Theirs(pixel: new() { ["GOOD"] = 50, ["BAD"] = 50 });

        Assert.Equal("Pixel has no verdict in the Run Registry: it has no lumisections of it.", Compare(Ours(), none).Why[0]);
        Assert.Equal("Pixel has no verdict in the Run Registry: only 3 of 93 lumisections are judged.", Assert.Single(Compare(Ours(), few).Why));
        Assert.Equal("Pixel has no verdict in the Run Registry: no verdict has the majority of the judged lumisections.", Assert.Single(Compare(Ours(), split).Why));
        Assert.Equal(Agreement.MissingThere, Compare(Ours(), split).Agreement);
    }

    [Fact]
    public void D80_of_several_datasets_the_one_that_was_certified_counts_and_there_is_one_row()
    {
        var other = Theirs("/Express/Special2024/DQM", strip: new() { ["BAD"] = 100 });

        var row = Assert.Single(RegistryComparison.Compare([Ours()], [other, Theirs()], Nothing));

        Assert.Equal(ExpressName, row.Theirs!.Name);
        Assert.Equal(Agreement.Agreed, row.Agreement);
    }

    [Fact]
    public void Online_commissioning_and_unknown_datasets_are_left_out()
    {
        var rows = RegistryComparison.Compare(
            [], [Theirs("online"), Theirs("/Express/Commissioning2024/DQM"), Theirs("/Something/Else/DQM"), Theirs("/PromptReco/OnlineTest/DQM")], Nothing);

        Assert.Empty(rows);
    }

    [Theory]
    [InlineData("Collisions24", ExpressName, null, RunType.Collisions)]
    [InlineData("Cosmics24", "/Express/Cosmics2024/DQM", null, RunType.Cosmics)]
    [InlineData("Commissioning22", "/PromptReco/Run2022/DQM", "/cdaq/cosmic/commissioning2022/v1", RunType.Cosmics)]
    [InlineData("Commissioning22", "/PromptReco/Run2022/DQM", "/cdaq/physics/Run2022/v1", null)]
    [InlineData(null, "/PromptReco/Run2022/DQM", null, null)]
    public void D82_the_type_is_read_from_class_name_or_the_key_that_is_known_already(string? runClass, string name, string? hltKey, RunType? expected)
    {
        var dataset = Theirs(name);
        dataset.RunClass = runClass;

        Assert.Equal(expected, RegistryComparison.TypeOf(dataset, hltKey));
    }

    [Fact]
    public void A_run_type_that_differs_is_a_difference_and_one_that_nobody_says_is_none()
    {
        var differs = Compare(Ours() with { Type = RunType.Cosmics }, Theirs());
        var undecided = Compare(Ours() with { Type = null }, Theirs());
        var unsaid = Theirs("/Express/Run2024/DQM");
        unsaid.RunClass = "Commissioning24";

        Assert.Equal("The run type is cosmics here; the Run Registry says collisions.", Assert.Single(differs.Why));
        Assert.Equal(Agreement.Differs, differs.Agreement);
        Assert.Equal(Agreement.MissingHere, undecided.Agreement);
        Assert.Equal(Agreement.Agreed, Compare(Ours() with { DatasetName = null }, unsaid).Agreement);
    }

    [Theory]
    [InlineData("waiting dqm gui", Agreement.NotSignedOff)]
    [InlineData(null, Agreement.NotSignedOff)]
    [InlineData("OPEN", Agreement.MissingHere)]
    [InlineData("SIGNOFF", Agreement.MissingHere)]
    [InlineData("COMPLETED", Agreement.MissingHere)]
    public void What_is_not_open_for_the_tracker_yet_is_not_missing_here(string? state, Agreement expected)
    {
        var row = Assert.Single(RegistryComparison.Compare([], [Theirs(state: state)], Nothing));

        Assert.Equal(expected, row.Agreement);
        Assert.All(row.Components, cell => Assert.Equal(expected, cell.Agreement));
        Assert.Contains(state ?? "no tracker state", Assert.Single(row.Why), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_datasets_that_nobody_has_certified_the_open_one_counts()
    {
        var row = Assert.Single(RegistryComparison.Compare([], [Theirs("/Express/Cosmics2024/DQM", "waiting dqm gui"), Theirs("/Express/Zzz/DQM", "OPEN")], Nothing));

        Assert.Equal((Agreement.MissingHere, "/Express/Zzz/DQM"), (row.Agreement, row.Theirs!.Name));
    }

    [Fact]
    public void The_worst_comes_first_then_the_newest()
    {
        var ours = new[] { Ours() with { RunNumber = 1 }, Ours() with { RunNumber = 2, Strip = ComponentVerdict.Bad }, Ours() with { RunNumber = 3 } };

        var rows = RegistryComparison.Compare(ours, [Theirs(run: 1), Theirs(run: 2), Theirs(run: 3)], Nothing);

        Assert.Equal([2, 3, 1], rows.Select(row => row.RunNumber));
    }

    private static ComparedRun Compare(CertifiedHere ours, RegistryDataset theirs) => Assert.Single(RegistryComparison.Compare([ours], [theirs], Nothing));

    private static CertifiedHere Ours() => new(
        1, 380115, Reconstruction.Express, ExpressName, RunType.Collisions, "/cdaq/physics/Run2024/v1",
        ComponentVerdict.Good, false, ComponentVerdict.Good, false, ComponentVerdict.Good, false, "Sara Shifter");

    private static RegistryDataset Theirs(
        string name = ExpressName, string? state = "SIGNOFF", Dictionary<string, int>? pixel = null, Dictionary<string, int>? strip = null, int run = 380115) => new()
        {
            RunNumber = run,
            Name = name,
            Reconstruction = Reconstructions.FromDatasetName(name),
            TrackerState = state,
            RunClass = "Collisions24",
            Summary = new()
            {
                ["tracker-pixel"] = pixel ?? Good(),
                ["tracker-strip"] = strip ?? Good(),
                ["tracker-track"] = Good(),
            },
        };

    private static Dictionary<string, int> Good() => new() { ["GOOD"] = 226, ["EMPTY"] = 0, ["NO VALUE FOUND"] = 3 };
}
