using Certhelper.Core.Runs;

namespace Certhelper.Core.Reports;

/// <summary>A run whose verdict differs between two reconstructions that follow each other.</summary>
/// <param name="RunNumber">The run.</param>
/// <param name="Type">Its type.</param>
/// <param name="From">The earlier reconstruction.</param>
/// <param name="To">The later one.</param>
/// <param name="NowGood">What the later one is certified as; the earlier one is the opposite.</param>
/// <param name="Day">The day from which on both stood: the later one of theirs.</param>
internal sealed record FlagChange(int RunNumber, RunType? Type, Reconstruction From, Reconstruction To, bool NowGood, DateOnly Day)
{
    public MarkedRun Marked => new(RunNumber, NowGood ? RunMark.Good : RunMark.Bad);
}

/// <summary>
/// The one rule of changed flags: of each run, each reconstruction is compared with the one before it that is certified;
/// online is none of them. A change counts once, for the run, on the day on which it could be seen first.
/// </summary>
internal static class FlagChanges
{
    public static IReadOnlyList<FlagChange> Of(IEnumerable<VerdictOn> verdicts) =>
    [
        .. verdicts.Where(item => item.Reconstruction != Reconstruction.Online)
            .GroupBy(item => item.RunNumber)
            .OrderBy(run => run.Key)
            .SelectMany(run =>
            {
                var inOrder = run.OrderBy(item => item.Reconstruction).ToList();
                return inOrder.Zip(inOrder.Skip(1))
                    .Where(pair => pair.First.Good != pair.Second.Good)
                    .Select(pair => new FlagChange(
                        run.Key, pair.Second.Type, pair.First.Reconstruction, pair.Second.Reconstruction, pair.Second.Good,
                        pair.First.Date > pair.Second.Date ? pair.First.Date : pair.Second.Date));
            }),
    ];

    /// <summary>Between which two: <c>Express→Prompt</c>.</summary>
    public static string Between(FlagChange change) => $"{change.From.Title()}→{change.To.Title()}";
}
