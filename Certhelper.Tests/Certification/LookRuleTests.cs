using Certhelper.Core.Certification;
using Certhelper.Core.Certification.Rules;
using Certhelper.Core.References;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Core.Scripts;

namespace Certhelper.Tests.Certification;

/// <summary>Each rule of the second look: when it speaks, in which words, and when it keeps silent.</summary>
public sealed class LookRuleTests
{
    private static readonly DateTimeOffset Start = new(2018, 8, 12, 10, 0, 0, TimeSpan.Zero);

    private static readonly CertificationInput Good = new()
    {
        Pixel = ComponentVerdict.Good,
        Strip = ComponentVerdict.Good,
        Tracking = ComponentVerdict.Good,
        TrackerMap = TrackerMapState.Exists,
        Date = new DateOnly(2018, 8, 13),
        ReferenceId = 1,
    };

    // 321138 express as it is published, and 321123 of the same days as its reference.
    private static readonly RunConditions Run321138 = new(
        321138, Reconstruction.Express, RunType.Collisions, "2018D", 3.801, 6499, ApvMode.Deconvolution, null, 2544, 51, 752, 145.65, Start, 7048);

    private static readonly RunConditions Run321123 = Run321138 with { RunNumber = 321123, StartTime = Start.AddDays(-1) };

    private static readonly ReferenceCase Reference = new(Run321123, new ReferenceValidity(), IsRetired: false, IsGood: true);

    [Fact]
    public void What_is_as_it_should_be_gives_no_finding()
    {
        Assert.Empty(Look(Case()));
    }

    [Fact]
    public void Every_rule_is_silent_when_nothing_is_chosen_and_nothing_known_but_that_facts_are_missing()
    {
        var findings = Look(new LookCase(new CertificationInput(), new RunConditions(999_999, Reconstruction.Prompt), new CertificationOptions()));

        Assert.Equal("facts-incomplete", Assert.Single(findings).Rule);
    }

    [Fact]
    public void Keys_are_unique_and_every_rule_says_what_it_does()
    {
        Assert.Equal(LookRules.All.Count, LookRules.All.Select(rule => rule.Key).Distinct().Count());
        Assert.All(LookRules.All, rule => Assert.True(rule.Title.Length > 0 && rule.Does.Length > 0));
        Assert.All(LookRules.All.SelectMany(rule => rule.Thresholds), threshold => Assert.NotNull(typeof(CertificationOptions).GetProperty(threshold.Option)));
    }

    [Fact]
    public void A_bad_component_without_a_problem_of_its_own_is_to_be_confirmed()
    {
        var look = Case(Good with { Pixel = ComponentVerdict.Bad }) with { Problems = [Problem(Component.Strip, "Noisy modules")] };

        Assert.Equal("Pixel is bad, and no problem of it is chosen.", Words(look, "bad-without-problem", FindingSeverity.Confirm));
        Assert.Null(Find(look with { Problems = [Problem(Component.Pixel, "Power off")] }, "bad-without-problem"));
    }

    [Fact]
    public void A_good_component_with_problems_names_them()
    {
        var look = Case() with { Problems = [Problem(Component.Strip, "Noisy modules"), Problem(Component.Strip, "FED errors")] };

        Assert.Equal("Strip is good, but has “FED errors”, “Noisy modules”.", Words(look, "good-with-problem", FindingSeverity.Confirm));
    }

    [Fact]
    public void D51_tracking_cannot_be_good_while_the_strip_is_bad()
    {
        var bad = Case(Good with { Strip = ComponentVerdict.Bad });

        Assert.Contains("Tracking cannot be good while the strip is bad.", Words(bad, "tracking-good-strip-bad", FindingSeverity.Block), StringComparison.Ordinal);
        Assert.Null(Find(Case(Good with { Strip = ComponentVerdict.Bad, StripLowStatistics = true }), "tracking-good-strip-bad"));
        Assert.Null(Find(Case(Good with { Strip = ComponentVerdict.Excluded }), "tracking-good-strip-bad"));
        Assert.Null(Find(Case(Good with { Strip = ComponentVerdict.Bad, Tracking = ComponentVerdict.Bad }), "tracking-good-strip-bad"));
    }

    [Fact]
    public void D51_a_verdict_other_than_the_counterparts_is_named_per_component_low_statistics_included()
    {
        var look = Case(Good with { Tracking = ComponentVerdict.Good, TrackingLowStatistics = true, Strip = ComponentVerdict.Bad }) with
        {
            Siblings = [Sibling(Reconstruction.Prompt, strip: ComponentVerdict.Good)],
        };

        Assert.Equal(
            "Prompt was certified as good for strip (by Sara Shifter, 2018-08-14); here it is bad. "
            + "Prompt was certified as good for tracking (by Sara Shifter, 2018-08-14); here it is good, low statistics.",
            Words(look, "differs-from-counterpart", FindingSeverity.Confirm));
        Assert.Null(Find(Case() with { Siblings = [Sibling(Reconstruction.ReReco)] }, "differs-from-counterpart"));
    }

    [Fact]
    public void Facts_that_changed_since_the_counterpart_was_certified_are_noted_beyond_the_tolerance()
    {
        EvidenceFact[] facts = [new("Lumisections", "748", "OMS", null), new("Recorded", "145.5 pb⁻¹", "OMS", null), new("B field", "3.801 T", "OMS", null), new("Level-1 rate", "1 Hz", "OMS", null)];
        var look = Case() with { Siblings = [Sibling(Reconstruction.Prompt) with { Facts = facts }] };

        Assert.Equal(
            "Lumisections was 748 when prompt was certified; it is 752 now. Recorded was 145.5 pb⁻¹ when prompt was certified; it is 145.65 pb⁻¹ now.",
            Words(look, "counterpart-facts", FindingSeverity.Note));
        EvidenceFact[] nearly = [new("Recorded", "145.55 pb⁻¹", "OMS", null)];
        Assert.Null(Find(Case() with { Siblings = [Sibling(Reconstruction.Prompt) with { Facts = nearly }] }, "counterpart-facts"));
    }

    [Fact]
    public void D79_the_majority_of_lumisections_decides_and_not_that_one_is_good()
    {
        var dataset = Dataset(("tracker-strip", new() { ["GOOD"] = 1, ["BAD"] = 693, ["NOTSET"] = 6 }));

        Assert.Equal(
            "The Run Registry has 693 of 700 lumisections as bad for strip; here it is good.",
            Words(Case() with { Dataset = dataset }, "differs-from-registry", FindingSeverity.Confirm));
    }

    [Theory]
    [InlineData("GOOD:304,STANDBY:31", "Good")]
    [InlineData("GOOD:1,BAD:2", "Bad")]
    [InlineData("GOOD:2,BAD:2", null)]
    [InlineData("GOOD:10,NOTSET:500", null)]
    [InlineData("EXCLUDED:5", "Excluded")]
    [InlineData("GOOD:3,BAD:2,EXCLUDED:2", null)]
    [InlineData("NOTSET:5,EMPTY:3", null)]
    [InlineData("", null)]
    public void D79_the_registrys_opinion_needs_a_majority_of_judged_lumisections(string counts, string? verdict)
    {
        var summary = counts.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split(':'))
            .ToDictionary(parts => parts[0], parts => int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(verdict, RegistryOpinion.Of(summary)?.Verdict.ToString());
    }

    [Fact]
    public void Low_statistics_agrees_with_a_good_registry_and_an_excluded_component_with_an_excluded_one()
    {
        var good = Dataset(("tracker-pixel", new() { ["GOOD"] = 82 }));
        var excluded = Dataset(("tracker-pixel", new() { ["EXCLUDED"] = 82 }));

        Assert.Null(Find(Case(Good with { Pixel = ComponentVerdict.Bad, PixelLowStatistics = true }) with { Dataset = good }, "differs-from-registry"));
        Assert.Null(Find(Case(Good with { Pixel = ComponentVerdict.Excluded, PixelLowStatistics = true }) with { Dataset = excluded }, "differs-from-registry"));
        Assert.NotNull(Find(Case(Good with { Pixel = ComponentVerdict.Bad }) with { Dataset = good }, "differs-from-registry"));
    }

    [Theory]
    [InlineData("OPEN", null)]
    [InlineData("waiting dqm gui", "registry-waiting")]
    [InlineData("COMPLETED", "registry-closed")]
    [InlineData("SIGNOFF", "registry-closed")]
    [InlineData(null, null)]
    public void The_state_of_the_dataset_is_told_when_it_is_not_open(string? state, string? rule)
    {
        var dataset = Dataset();
        dataset.TrackerState = state;

        Assert.Equal(rule, Look(Case() with { Dataset = dataset }).SingleOrDefault()?.Rule);
    }

    [Fact]
    public void No_reference_is_asked_about_only_when_there_are_some()
    {
        var none = Case(Good with { ReferenceId = null }) with { Reference = null };

        Assert.Null(Find(none, "reference-missing"));
        Assert.Null(Find(none with { ReferencesExist = true, HadNoReference = true }, "reference-missing"));
        Assert.Equal("No reference is chosen, although there are some for collisions.", Words(none with { ReferencesExist = true }, "reference-missing", FindingSeverity.Confirm));
    }

    [Fact]
    public void D48_a_reference_of_the_other_run_type_is_to_be_confirmed()
    {
        // 331625 rerecoul: cosmics of HIRun2018A at 0.082 T.
        var cosmics = new ReferenceCase(
            new RunConditions(331625, Reconstruction.ReRecoUl, RunType.Cosmics, "HIRun2018A", 0.082, StartTime: Start.AddDays(150)), new ReferenceValidity(), false, true);
        var look = Case() with { Reference = cosmics };

        Assert.Equal("The reference 331625 rerecoul is a cosmics run, this is a collisions run.", Words(look, "reference-run-type", FindingSeverity.Confirm));
        Assert.Equal("The reference 331625 rerecoul was taken at 0.082 T, this run at 3.801 T.", Words(look, "reference-b-field", FindingSeverity.Confirm));
        Assert.Equal("The reference 331625 rerecoul is rerecoul, this is express.", Words(look, "reference-reconstruction", FindingSeverity.Note));
        Assert.Equal("The reference 331625 rerecoul is of era HIRun2018A, this run of 2018D.", Words(look, "reference-era", FindingSeverity.Note));
        Assert.Equal("The reference 331625 rerecoul was taken after this run: on 2019-01-09, this run on 2018-08-12.", Words(look, "reference-later", FindingSeverity.Note));
        Assert.Equal("The reference 331625 rerecoul is 150 days younger than this run.", Words(look, "reference-age", FindingSeverity.Note));
    }

    [Theory]
    [InlineData(3.801, 3.71, false)]
    [InlineData(3.8, 3.9, false)]
    [InlineData(3.801, 3.69, true)]
    [InlineData(0.0, 3.8, true)]
    public void Fields_that_differ_by_no_more_than_a_tenth_of_a_tesla_are_the_same(double run, double reference, bool speaks)
    {
        var look = new LookCase(Good, Run321138 with { BFieldTesla = run }, new CertificationOptions()) { Reference = Reference with { Conditions = Run321123 with { BFieldTesla = reference } } };

        Assert.Equal(speaks, Find(look, "reference-b-field") is not null);
    }

    [Theory]
    [InlineData(60, null)]
    [InlineData(61, "reference-age")]
    [InlineData(365, "reference-age")]
    [InlineData(366, "reference-old")]
    public void The_age_of_a_reference_is_a_note_first_and_needs_a_reason_after_a_year(int days, string? rule)
    {
        var look = Case() with { Reference = Reference with { Conditions = Run321123 with { StartTime = Start.AddDays(-days) } } };

        Assert.Equal(rule, Look(look).SingleOrDefault()?.Rule);
    }

    [Fact]
    public void What_is_wrong_with_the_reference_itself_is_to_be_confirmed()
    {
        Assert.Equal("The reference 321123 express has been retired.", Words(Case() with { Reference = Reference with { IsRetired = true } }, "reference-retired", FindingSeverity.Confirm));
        Assert.Equal("The reference 321123 express is not certified as good any more.", Words(Case() with { Reference = Reference with { IsGood = false } }, "reference-not-good", FindingSeverity.Confirm));
        Assert.Equal(
            "The reference 321123 express is meant for prompt, rereco only.",
            Words(Case() with { Reference = Reference with { Validity = new() { Reconstructions = [Reconstruction.Prompt, Reconstruction.ReReco] } } }, "reference-validity", FindingSeverity.Confirm));
        Assert.Equal(
            "321138 express would be compared with itself.",
            Words(Case() with { Reference = Reference with { Conditions = Run321138 } }, "reference-itself", FindingSeverity.Confirm));
        Assert.Equal(
            "The reference 321123 express was read out in peak mode, this run in deconvolution mode.",
            Words(Case() with { Reference = Reference with { Conditions = Run321123 with { ApvMode = ApvMode.Peak } } }, "reference-apv-mode", FindingSeverity.Note));
    }

    [Fact]
    public void A_very_short_run_is_asked_about_unless_low_statistics_is_ticked()
    {
        var conditions = Run321138 with { Lumisections = 9 };

        Assert.Equal(
            "The run has only 9 lumisections (3.5 min), and low statistics is ticked nowhere.",
            Words(Case() with { Conditions = conditions }, "few-lumisections", FindingSeverity.Confirm));
        Assert.Null(Find(Case(Good with { StripLowStatistics = true }) with { Conditions = conditions }, "few-lumisections"));
        Assert.Null(Find(Case() with { Conditions = Run321138 with { Lumisections = 10 } }, "few-lumisections"));
    }

    [Fact]
    public void Low_statistics_of_a_long_run_is_noted()
    {
        Assert.Equal("Low statistics is ticked for strip, but the run has 752 lumisections.", Words(Case(Good with { StripLowStatistics = true }), "low-statistics-long-run", FindingSeverity.Note));
    }

    [Fact]
    public void Maps_that_are_said_to_be_other_than_what_is_stored_are_noted()
    {
        var map = new StoredMap
        {
            FileId = 1,
            RunNumber = 321138,
            Type = "StreamExpress",
            Reconstruction = Reconstruction.Express,
            Name = "QTestAlarm.png",
            Hash = "ab",
            ExecutionId = 1,
            FetchedAt = Start,
            Superseded = false,
        };
        var some = new MapSet(321138, "StreamExpress", [map, map]);
        var none = new MapSet(321138, "StreamExpress", []);
        var missing = Good with { TrackerMap = TrackerMapState.Missing };

        Assert.Equal("2 tracker maps of it are stored here, and yet they are called missing.", Words(Case(missing) with { Maps = some }, "map-not-as-stored", FindingSeverity.Note));
        Assert.Equal("No tracker maps of it (StreamExpress) are stored here.", Words(Case() with { Maps = none }, "map-not-as-stored", FindingSeverity.Note));
        Assert.Null(Find(Case() with { Maps = some }, "map-not-as-stored"));
        Assert.Null(Find(Case(missing) with { Maps = none }, "map-not-as-stored"));
        // No maps are made of such data, or nobody has looked.
        Assert.Null(Find(Case() with { Maps = new MapSet(321138, null, []) }, "map-not-as-stored"));
        Assert.Null(Find(Case(), "map-not-as-stored"));
    }

    [Fact]
    public void Missing_maps_an_ongoing_run_and_a_far_date_are_told()
    {
        Assert.NotNull(Find(Case(Good with { TrackerMap = TrackerMapState.Missing }), "map-missing"));
        var ongoing = Facts();
        ongoing.EndTime = null;
        Assert.NotNull(Find(Case() with { Run = ongoing }, "run-ongoing"));
        Assert.Equal("It counts for 2018-09-12, 31 days after the run (2018-08-12).", Words(Case(Good with { Date = new DateOnly(2018, 9, 12) }), "date-far", FindingSeverity.Note));
        Assert.Equal("It counts for 2018-08-10, 2 days before the run began (2018-08-12).", Words(Case(Good with { Date = new DateOnly(2018, 8, 10) }), "date-far", FindingSeverity.Note));
        Assert.Null(Find(Case(Good with { Date = new DateOnly(2018, 8, 11) }), "date-far"));
        Assert.Null(Find(Case(Good with { Date = new DateOnly(2022, 1, 1) }) with { Conditions = Run321138 with { Reconstruction = Reconstruction.ReReco } }, "date-far"));
    }

    [Fact]
    public void What_OMS_says_of_the_subsystems_is_compared()
    {
        var run = Facts();
        run.Components = ["PIXEL", "DAQ"];

        var without = Case() with { Run = run };
        Assert.Equal(
            "OMS says that TRACKER was not in the run; here strip is good. OMS says that TRACKER was not in the run; here tracking is good.",
            Words(without, "out-of-run", FindingSeverity.Confirm));
        Assert.Equal(
            "OMS says that PIXEL was in the run; here pixel is excluded.",
            Words(Case(Good with { Pixel = ComponentVerdict.Excluded }) with { Run = run }, "excluded-in-run", FindingSeverity.Note));
        run.Components = [];
        Assert.Null(Find(without, "out-of-run"));
    }

    [Fact]
    public void Limits_come_from_the_configuration()
    {
        var look = new LookCase(Good, Run321138 with { Lumisections = 9 }, new CertificationOptions { FewLumisections = 5 }) { Run = Facts(), Reference = Reference };

        Assert.Null(Find(look, "few-lumisections"));
    }

    private static LookCase Case(CertificationInput? input = null) => new(input ?? Good, Run321138, new CertificationOptions()) { Run = Facts(), Reference = Reference };

    private static Run Facts() => new()
    {
        RunNumber = 321138,
        Type = RunType.Collisions,
        StartTime = Start,
        EndTime = Start.AddHours(5),
        Lumisections = 752,
        BFieldTesla = 3.801,
        RecordedLumiInvPb = 145.65,
        FetchedAt = Start.AddHours(6),
        Components = ["PIXEL", "TRACKER", "TRG"],
    };

    private static SiblingCase Sibling(Reconstruction reconstruction, ComponentVerdict strip = ComponentVerdict.Good) => new(
        reconstruction,
        [new(Component.Pixel, ComponentVerdict.Good, false), new(Component.Strip, strip, false), new(Component.Tracking, ComponentVerdict.Good, false)],
        "Sara Shifter",
        new DateOnly(2018, 8, 14),
        []);

    private static ComponentProblem Problem(Component component, string name) => new() { Component = component, Name = name, Description = "" };

    private static RegistryDataset Dataset(params (string Component, Dictionary<string, int> Counts)[] summary) => new()
    {
        RunNumber = 321138,
        Name = "/Express/Collisions2018/DQM",
        TrackerState = RegistryDataset.Open,
        Summary = summary.ToDictionary(pair => pair.Component, pair => pair.Counts),
    };

    private static List<Finding> Look(LookCase look) => [.. LookRules.All.Select(rule => rule.Find(look)).OfType<Finding>()];

    private static Finding? Find(LookCase look, string rule) => LookRules.Find(rule)!.Find(look);

    private static string Words(LookCase look, string rule, FindingSeverity severity)
    {
        var finding = Find(look, rule);
        Assert.NotNull(finding);
        Assert.Equal(severity, finding.Severity);
        return finding.Words;
    }
}
