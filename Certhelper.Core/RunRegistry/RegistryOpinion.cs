using Certhelper.Core.Certification;

namespace Certhelper.Core.RunRegistry;

/// <summary>
/// What the Run Registry makes of a component of a dataset: the verdict of the majority of its lumisections. A single
/// good lumisection does not make a run good.
/// </summary>
/// <param name="Verdict">Good, bad or excluded.</param>
/// <param name="Lumisections">How many lumisections say so.</param>
/// <param name="Total">Of how many.</param>
public sealed record RegistryOpinion(ComponentVerdict Verdict, int Lumisections, int Total)
{
    private static readonly (string Status, ComponentVerdict Verdict)[] Verdicts =
        [("GOOD", ComponentVerdict.Good), ("BAD", ComponentVerdict.Bad), ("EXCLUDED", ComponentVerdict.Excluded)];

    /// <summary>The opinion on one component of a dataset; null when there is none.</summary>
    public static RegistryOpinion? Of(RegistryDataset dataset, Component component) =>
        dataset.Summary.TryGetValue(NameOf(component), out var counts) ? Of(counts) : null;

    /// <summary>
    /// The verdict that more than half of the judged lumisections carry. None when fewer than half are judged at all
    /// (not set, empty, standby), and none when no verdict has the majority.
    /// </summary>
    public static RegistryOpinion? Of(IReadOnlyDictionary<string, int> counts)
    {
        var total = counts.Values.Sum();
        var judged = Verdicts.Select(pair => (pair.Verdict, Count: counts.GetValueOrDefault(pair.Status))).ToList();
        var sum = judged.Sum(pair => pair.Count);
        if (sum == 0 || 2 * sum < total) return null;
        var (verdict, count) = judged.MaxBy(pair => pair.Count);
        return 2 * count > sum ? new RegistryOpinion(verdict, count, total) : null;
    }

    /// <summary>Whether a shifter's verdict is the same; low statistics makes a component acceptable and so agrees with good.</summary>
    public bool AgreesWith(ComponentVerdict verdict, bool lowStatistics) =>
        Verdict == verdict || (lowStatistics && Verdict == ComponentVerdict.Good);

    /// <summary>How many lumisections carry a verdict at all.</summary>
    public static int Judged(IReadOnlyDictionary<string, int> counts) => Verdicts.Sum(pair => counts.GetValueOrDefault(pair.Status));

    /// <summary>The registry's name of a component.</summary>
    public static string NameOf(Component component) => component switch
    {
        Component.Pixel => "tracker-pixel",
        Component.Strip => "tracker-strip",
        Component.Tracking => "tracker-track",
    };
}
