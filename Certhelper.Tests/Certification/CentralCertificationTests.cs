using Certhelper.Core.Certification;
using Certhelper.Core.Runs;

namespace Certhelper.Tests.Certification;

/// <summary>A list of runs of the central certification against what is certified here.</summary>
public sealed class CentralCertificationTests
{
    /// <summary>The known data set: eight collisions and eight cosmics verdicts, with flags that changed for 4, 5 and 14.</summary>
    internal static IReadOnlyList<CentralVerdict> Known { get; } =
    [
        .. Verdicts(RunType.Collisions, Reconstruction.Express, good: [1, 2, 3, 4], bad: [5, 6, 7]),
        .. Verdicts(RunType.Collisions, Reconstruction.Prompt, good: [1, 3, 5], bad: [4, 6]),
        .. Verdicts(RunType.Cosmics, Reconstruction.Express, good: [10, 11, 12, 13, 14], bad: []),
        .. Verdicts(RunType.Cosmics, Reconstruction.Prompt, good: [11], bad: [14]),
    ];

    [Fact]
    public void D89_each_run_of_the_list_is_sorted_where_it_belongs()
    {
        var check = CentralCertification.Check([.. Enumerable.Range(0, 9), .. Enumerable.Range(10, 6)], Known);

        Assert.Equal([0, 8, 15], check.Missing);
        Assert.Equal([1, 3], check.Collisions.Good);
        Assert.Equal([6], check.Collisions.Bad);
        Assert.Equal([2, 7], check.Collisions.PromptMissing);
        Assert.Equal([5], check.Collisions.ChangedToGood);
        Assert.Equal([4], check.Collisions.ChangedToBad);
        Assert.Equal([11], check.Cosmics.Good);
        Assert.Empty(check.Cosmics.Bad);
        Assert.Equal([10, 12, 13], check.Cosmics.PromptMissing);
        Assert.Empty(check.Cosmics.ChangedToGood);
        Assert.Equal([14], check.Cosmics.ChangedToBad);
    }

    [Fact]
    public void A_run_that_is_named_twice_counts_once_and_what_is_not_in_the_list_does_not_appear()
    {
        var check = CentralCertification.Check([3, 3, 99, 99], Known);

        Assert.Equal([3], check.Collisions.Good);
        Assert.Equal([99], check.Missing);
        Assert.Equal(1, check.Collisions.Count);
        Assert.Equal(0, check.Cosmics.Count);
    }

    [Fact]
    public void A_list_is_read_however_it_was_pasted_and_what_is_no_run_is_named()
    {
        var list = RunListText.Parse("[380115, 380117;\n380120-380122\tabc 380115, 380130 - 380131");

        Assert.Equal([380115, 380117, 380120, 380121, 380122, 380130, 380131], list.Runs);
        Assert.Equal(["abc", "-"], list.Ignored);
        Assert.Null(list.Problem);
    }

    [Fact]
    public void More_than_five_hundred_runs_are_read_and_far_too_many_are_refused_in_words()
    {
        Assert.Equal(700, RunListText.Parse(string.Join(',', Enumerable.Range(380_000, 700))).Runs.Count);
        Assert.NotNull(RunListText.Parse("1-4000 10000-14000").Problem);
        Assert.Equal(["1-99999"], RunListText.Parse("1-99999").Ignored);
    }

    private static IEnumerable<CentralVerdict> Verdicts(RunType type, Reconstruction reconstruction, int[] good, int[] bad) =>
        good.Select(run => new CentralVerdict(run, reconstruction, type, true)).Concat(bad.Select(run => new CentralVerdict(run, reconstruction, type, false)));
}
