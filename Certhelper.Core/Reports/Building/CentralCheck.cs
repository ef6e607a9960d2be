using Certhelper.Core.Runs;

namespace Certhelper.Core.Reports;

/// <summary>How the runs of the central certification stand here, for one type of run. Each list is in order.</summary>
internal sealed record CentralOfType(
    IReadOnlyList<int> Good, IReadOnlyList<int> Bad, IReadOnlyList<int> PromptMissing, IReadOnlyList<int> ChangedToGood, IReadOnlyList<int> ChangedToBad);

/// <summary>The list of the central certification, checked.</summary>
/// <param name="Missing">Not certified at all.</param>
internal sealed record CentralCheck(CentralOfType Collisions, CentralOfType Cosmics, IReadOnlyList<int> Missing)
{
    /// <summary>What counts is prompt; a run whose express said the opposite is listed as changed instead.</summary>
    public static CentralCheck Of(IReadOnlyList<int> asked, IReadOnlyList<VerdictOn> verdicts)
    {
        var runs = verdicts.GroupBy(item => item.RunNumber).ToDictionary(run => run.Key, run => run.ToList());
        return new CentralCheck(
            OfType([.. runs.Values.Where(run => run[0].Type != RunType.Cosmics)]),
            OfType([.. runs.Values.Where(run => run[0].Type == RunType.Cosmics)]),
            [.. asked.Distinct().Where(run => !runs.ContainsKey(run)).Order()]);
    }

    private static CentralOfType OfType(IReadOnlyList<List<VerdictOn>> runs)
    {
        var judged = runs.Select(run => (run[0].RunNumber, Express: On(run, Reconstruction.Express), Prompt: On(run, Reconstruction.Prompt))).ToList();
        return new CentralOfType(
            [.. judged.Where(run => run.Prompt == true && run.Express != false).Select(run => run.RunNumber).Order()],
            [.. judged.Where(run => run.Prompt == false && run.Express != true).Select(run => run.RunNumber).Order()],
            [.. judged.Where(run => run.Prompt is null).Select(run => run.RunNumber).Order()],
            [.. judged.Where(run => run.Prompt == true && run.Express == false).Select(run => run.RunNumber).Order()],
            [.. judged.Where(run => run.Prompt == false && run.Express == true).Select(run => run.RunNumber).Order()]);
    }

    private static bool? On(List<VerdictOn> run, Reconstruction reconstruction) => run.Find(item => item.Reconstruction == reconstruction)?.Good;
}
