using Certhelper.Core.Certification;
using Certhelper.Core.References;
using Certhelper.Core.Runs;
using Microsoft.Extensions.Options;

namespace Certhelper.Tests.References;

/// <summary>The advisor on real runs: 321123 and 331625, 351002, 349840 were references; 321138 and 299329 are runs with published facts.</summary>
public sealed class ReferenceAdvisorTests
{
    private static readonly ReferenceAdvisor Advisor = new(Options.Create(new CertificationOptions()));

    private static readonly RunConditions Run321138 = new(
        321138, Reconstruction.Express, RunType.Collisions, "2018D", 3.801, 6499, ApvMode.Deconvolution, null, 2544, 55, 752, 145.65, Day("2018-08-12"), 7048);

    private static readonly ReferenceCandidate Fresh = Candidate(1, Run321138 with { RunNumber = 321123, PeakPileup = 50.5681, StartTime = Day("2018-08-11") });

    private static readonly ReferenceCandidate LastYear = Candidate(2, new RunConditions(
        299329, Reconstruction.Express, RunType.Collisions, "2017B", 3.801, 6499, null, null, 2304, 39.937, 342, 38.566, Day("2017-07-14"), 5960));

    private static readonly ReferenceCandidate Cosmics331625 = Candidate(3, new RunConditions(
        331625, Reconstruction.ReRecoUl, RunType.Cosmics, "HIRun2018A", 0.082, Lumisections: 500, StartTime: Day("2019-05-10")));

    private static readonly ReferenceCandidate Cosmics351002 = Candidate(4, new RunConditions(
        351002, Reconstruction.Express, RunType.Cosmics, "TransferTest2022", 3.8, ApvMode: ApvMode.Deconvolution, Lumisections: 300, StartTime: Day("2022-04-25")));

    private static readonly ReferenceCandidate Cosmics349840 = Candidate(5, new RunConditions(
        349840, Reconstruction.Prompt, RunType.Cosmics, "TransferTest2022", 3.8, ApvMode: ApvMode.Deconvolution, Lumisections: 300, StartTime: Day("2022-04-01")));

    [Fact]
    public void D48_the_run_of_the_same_days_comes_first_and_the_reasons_are_in_words()
    {
        var ranked = Advisor.Rank(Run321138, [Cosmics331625, LastYear, Fresh]);

        Assert.Equal([321123, 299329, 331625], ranked.Select(advice => advice.Candidate.Conditions.RunNumber));
        Assert.Equal([1, 2, 3], ranked.Select(advice => advice.Rank));
        Assert.Equal(
            "also express, 3.8 T, same era, 6,499 GeV, 2,544 bunches, deconvolution mode, pile-up 51 vs 55, 1 day older, 752 LS",
            ranked[0].InWords);
        Assert.Equal(
            "also express, 3.8 T, era 2017B instead of 2018D, 6,499 GeV, 2,304 bunches vs 2,544, pile-up 40 vs 55, 394 days older, 342 LS",
            ranked[1].InWords);
        Assert.StartsWith("cosmics, not collisions, rerecoul, not express, 0.08 T instead of 3.8 T", ranked[2].InWords, StringComparison.Ordinal);
    }

    [Fact]
    public void D48_a_reference_of_the_other_run_type_is_never_proposed_however_alike_it_is()
    {
        var twin = Candidate(9, Run321138 with { RunNumber = 321124, Type = RunType.Cosmics });

        var ranked = Advisor.Rank(Run321138, [twin, LastYear]);

        Assert.Equal([299329, 321124], ranked.Select(advice => advice.Candidate.Conditions.RunNumber));
        Assert.Equal([true, false], ranked.Select(advice => advice.Suits));
        Assert.True(ranked[1].Score > ranked[0].Score);
    }

    [Fact]
    public void For_cosmics_beams_do_not_count_and_reconstruction_and_field_decide()
    {
        var run = new RunConditions(
            349422, Reconstruction.Prompt, RunType.Cosmics, "TransferTest2022", 3.8, ApvMode: ApvMode.Deconvolution, StartTime: Day("2022-03-25"));

        var ranked = Advisor.Rank(run, [Cosmics331625, Cosmics351002, Cosmics349840, Fresh]);

        Assert.Equal([349840, 351002, 331625, 321123], ranked.Select(advice => advice.Candidate.Conditions.RunNumber));
        Assert.DoesNotContain(ranked[0].Reasons, reason => reason.Words.Contains("bunches", StringComparison.Ordinal) || reason.Words.Contains("GeV", StringComparison.Ordinal));
        Assert.Contains("7 days younger", ranked[0].InWords, StringComparison.Ordinal);
    }

    [Fact]
    public void What_it_is_meant_for_and_whether_it_is_retired_or_the_same_run_decide_before_points()
    {
        var meant = Fresh with { Id = 6, Validity = new ReferenceValidity { Reconstructions = [Reconstruction.Prompt] } };
        var retired = Fresh with { Id = 7, RetiredAt = Day("2018-09-01") };
        var same = Candidate(8, Run321138 with { Reconstruction = Reconstruction.Prompt });

        var ranked = Advisor.Rank(Run321138, [meant, retired, same, LastYear]);

        Assert.Equal(LastYear.Id, ranked[0].Id);
        Assert.Equal([true, false, false, false], ranked.Select(advice => advice.Suits));
        Assert.Contains("meant for prompt only", ranked.Single(advice => advice.Id == 6).InWords, StringComparison.Ordinal);
        Assert.StartsWith("retired", ranked.Single(advice => advice.Id == 7).InWords, StringComparison.Ordinal);
        Assert.StartsWith("the same run", ranked.Single(advice => advice.Id == 8).InWords, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_that_are_equally_near_the_earlier_one_is_preferred()
    {
        var before = Fresh with { Id = 10, Conditions = Fresh.Conditions with { RunNumber = 321100, StartTime = Day("2018-08-10") } };
        var after = Fresh with { Id = 11, Conditions = Fresh.Conditions with { RunNumber = 321200, StartTime = Day("2018-08-14") } };

        Assert.Equal([10, 11], Advisor.Rank(Run321138, [after, before]).Select(advice => advice.Id));
    }

    [Fact]
    public void Ties_are_broken_the_same_way_whatever_the_order()
    {
        var twins = Enumerable.Range(20, 6).Select(id => Fresh with { Id = id }).ToList();

        var one = Advisor.Rank(Run321138, twins).Select(advice => advice.Id);
        var other = Advisor.Rank(Run321138, twins.AsEnumerable().Reverse()).Select(advice => advice.Id);

        Assert.Equal([20, 21, 22, 23, 24, 25], one);
        Assert.Equal(one, other);
    }

    [Fact]
    public void Of_a_run_whose_type_nobody_knows_nothing_is_proposed()
    {
        var ranked = Advisor.Rank(new RunConditions(999_999, Reconstruction.Express), [Fresh, Cosmics331625]);

        Assert.All(ranked, advice => Assert.False(advice.Suits));
        Assert.Equal(321123, ranked[0].Candidate.Conditions.RunNumber);
    }

    [Fact]
    public void A_twin_earns_all_points_and_a_short_reference_is_told()
    {
        var twin = Candidate(30, Run321138 with { RunNumber = 321137 });
        var tiny = Candidate(31, Run321138 with { RunNumber = 321136, Lumisections = 12 });

        var ranked = Advisor.Rank(Run321138, [tiny, twin]);

        Assert.Equal((30, 100d), (ranked[0].Id, ranked[0].Score));
        Assert.Contains(new AdviceReason("only 12 LS", AdviceKind.Against), ranked[1].Reasons);
    }

    private static ReferenceCandidate Candidate(int id, RunConditions conditions) => new(id, conditions, new ReferenceValidity(), null, null, null);

    private static DateTimeOffset Day(string day) => new(DateTime.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero);
}
