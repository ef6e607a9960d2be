using Certhelper.Core.Runs;

namespace Certhelper.Core.Certification;

/// <summary>What is certified of one run and reconstruction, as far as the central check needs it.</summary>
public sealed record CentralVerdict(int RunNumber, Reconstruction Reconstruction, RunType? Type, bool Good);

/// <summary>The runs of one type in a central list; all lists are ascending, and no run is in two of them.</summary>
/// <param name="Good">Prompt is good, and express did not say otherwise.</param>
/// <param name="Bad">Prompt is bad, and express did not say otherwise.</param>
/// <param name="PromptMissing">Certified in some reconstruction, but not in prompt.</param>
/// <param name="ChangedToGood">Express was bad, prompt is good.</param>
/// <param name="ChangedToBad">Express was good, prompt is bad.</param>
public sealed record CentralGroup(
    IReadOnlyList<int> Good, IReadOnlyList<int> Bad, IReadOnlyList<int> PromptMissing, IReadOnlyList<int> ChangedToGood, IReadOnlyList<int> ChangedToBad)
{
    /// <summary>How many runs are in it.</summary>
    public int Count => Good.Count + Bad.Count + PromptMissing.Count + ChangedToGood.Count + ChangedToBad.Count;
}

/// <summary>What is known here of a list of runs that are certified centrally.</summary>
/// <param name="Collisions">Also runs whose type is undecided: they are judged as collisions.</param>
/// <param name="Missing">Not certified here at all.</param>
public sealed record CentralCheck(CentralGroup Collisions, CentralGroup Cosmics, IReadOnlyList<int> Missing);

/// <summary>Compares the list of a central certification with what is certified here.</summary>
public static class CentralCertification
{
    /// <summary>Sorts the runs of the list.</summary>
    /// <param name="runs">The list; what is named twice counts once.</param>
    /// <param name="verdicts">Living certifications of these runs.</param>
    public static CentralCheck Check(IEnumerable<int> runs, IEnumerable<CentralVerdict> verdicts)
    {
        var list = runs.Distinct().Order().ToList();
        var known = verdicts.ToLookup(verdict => verdict.RunNumber);
        return new CentralCheck(
            Group(list.Where(run => known[run].Any(verdict => verdict.Type != RunType.Cosmics)).ToList(), known),
            Group(list.Where(run => known[run].Any(verdict => verdict.Type == RunType.Cosmics)).ToList(), known),
            [.. list.Where(run => !known[run].Any())]);
    }

    private static CentralGroup Group(List<int> runs, ILookup<int, CentralVerdict> known)
    {
        var both = runs.ConvertAll(run => (
            Run: run,
            Express: known[run].FirstOrDefault(verdict => verdict.Reconstruction == Reconstruction.Express)?.Good,
            Prompt: known[run].FirstOrDefault(verdict => verdict.Reconstruction == Reconstruction.Prompt)?.Good));
        return new CentralGroup(
            Of(item => item is { Prompt: true, Express: not false }),
            Of(item => item is { Prompt: false, Express: not true }),
            Of(item => item.Prompt is null),
            Of(item => item is { Prompt: true, Express: false }),
            Of(item => item is { Prompt: false, Express: true }));

        IReadOnlyList<int> Of(Func<(int Run, bool? Express, bool? Prompt), bool> fits) => [.. both.Where(fits).Select(item => item.Run)];
    }
}
