using Certhelper.Core.Certification;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;

namespace Certhelper.Tests.Certification;

/// <summary>Which facts have changed since a certification.</summary>
public sealed class FactChangeRuleTests
{
    private static readonly DateTimeOffset Then = new(2024, 6, 3, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Nothing_has_changed_while_the_run_is_what_it_was()
    {
        Assert.Empty(Changes(_ => { }));
    }

    [Fact]
    public void Type_lumisections_luminosity_and_class_are_watched()
    {
        var changes = Changes(run =>
        {
            run.Type = RunType.Cosmics;
            run.Lumisections = 1_310;
            run.RecordedLumiInvPb = 99.5;
            run.RegistryClass = "Cosmics24";
        });

        Assert.Equal(
            [
                new ChangedFact("Run type", "Collisions", "Cosmics"),
                new ChangedFact("Lumisections", "308", "1,310"),
                new ChangedFact("Class", "Collisions24", "Cosmics24"),
                new ChangedFact("Recorded", "102.5 pb⁻¹", "99.5 pb⁻¹"),
            ],
            changes);
    }

    [Theory]
    [InlineData(102.6, false)]
    [InlineData(102.39, false)]
    [InlineData(102.62, true)]
    [InlineData(102.38, true)]
    public void A_luminosity_within_the_tolerance_is_the_same(double now, bool changed) =>
        Assert.Equal(changed, Changes(run => run.RecordedLumiInvPb = now).Count > 0);

    [Fact]
    public void What_was_not_known_then_is_no_change_and_neither_is_what_is_not_known_now()
    {
        var before = Run();
        before.RecordedLumiInvPb = null;
        before.RegistryClass = null;

        Assert.Empty(FactChangeRule.Of(Basis(before), Run(), [], 0.11));
        Assert.Empty(Changes(run => run.RegistryClass = null));
        Assert.Empty(FactChangeRule.Of(Basis(Run()), null, [], 0.11));
    }

    [Fact]
    public void Facts_that_no_verdict_depends_on_are_not_watched() =>
        Assert.Empty(Changes(run => (run.HltKey, run.EndTime, run.L1RateHz) = ("/cdaq/physics/v2", Then, 90_000)));

    [Theory]
    [InlineData("OPEN", "SIGNOFF", false)]
    [InlineData("OPEN", "COMPLETED", false)]
    [InlineData("SIGNOFF", "OPEN", true)]
    [InlineData("COMPLETED", "SIGNOFF", true)]
    [InlineData(null, "OPEN", false)]
    [InlineData("SIGNOFF", null, false)]
    public void A_state_that_goes_on_is_the_way_of_things_and_one_that_goes_back_is_a_change(string? then, string? now, bool changed)
    {
        var changes = FactChangeRule.Of(Basis(Run(), then), Run(), [Dataset(now)], 0.11);

        Assert.Equal(changed, changes.Count == 1);
        if (changed) Assert.Equal(new ChangedFact("Tracker state of /Express/Collisions2024/DQM", then!, now!), changes[0]);
    }

    [Fact]
    public void A_dataset_that_vanished_is_a_change_only_if_the_registry_still_names_others()
    {
        var other = new RegistryDataset { RunNumber = 380115, Name = "/Express/Special2024/DQM", TrackerState = "OPEN" };

        Assert.Equal("not there any more", Assert.Single(FactChangeRule.Of(Basis(Run(), "OPEN"), Run(), [other], 0.11)).New);
        Assert.Empty(FactChangeRule.Of(Basis(Run(), "OPEN"), Run(), [], 0.11));
    }

    private static IReadOnlyList<ChangedFact> Changes(Action<Run> change)
    {
        var now = Run();
        change(now);
        return FactChangeRule.Of(Basis(Run()), now, [], 0.11);
    }

    private static CertificationEvidence Basis(Run run, string? state = null) => new()
    {
        RevisionNumber = 1,
        At = Then,
        Facts = [.. EvidenceKeeper.Freeze(run)],
        Datasets = [new EvidenceDataset("/Express/Collisions2024/DQM", state, [], Then)],
    };

    private static RegistryDataset Dataset(string? state) => new() { RunNumber = 380115, Name = "/Express/Collisions2024/DQM", TrackerState = state };

    private static Run Run() => new()
    {
        RunNumber = 380115,
        Type = RunType.Collisions,
        Lumisections = 308,
        RecordedLumiInvPb = 102.5,
        RegistryClass = "Collisions24",
        HltKey = "/cdaq/physics/v1",
    };
}
