using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;

namespace Certhelper.Core.Certification;

/// <summary>A fact that differs from what a certification was based on.</summary>
/// <param name="Fact">Which.</param>
/// <param name="Old">In words, with the unit.</param>
/// <param name="New">In words, with the unit.</param>
public sealed record ChangedFact(string Fact, string Old, string New);

/// <summary>
/// Which facts have changed since a certification: run type, lumisections, recorded luminosity beyond the tolerance, class,
/// and the tracker's state where it went back. What was not known then is no change when it becomes known, and that a
/// dataset is signed off after it was certified is the way of things.
/// </summary>
public static class FactChangeRule
{
    /// <summary>Titles of <see cref="FactList"/>.</summary>
    private static readonly string[] Watched = ["Run type", "Lumisections", Recorded, "Class"];

    private const string Recorded = "Recorded";

    /// <summary>The states in the order in which a dataset goes through them.</summary>
    private static readonly string[] States = ["OPEN", "SIGNOFF", "COMPLETED"];

    /// <summary>The changes.</summary>
    /// <param name="basis">What the certification was last based on.</param>
    /// <param name="run">The run as it is known now; null when it is not known.</param>
    /// <param name="datasets">The datasets of the run and reconstruction as they are known now.</param>
    /// <param name="toleranceInvPb">Luminosities that differ by no more are the same, pb⁻¹.</param>
    public static IReadOnlyList<ChangedFact> Of(
        CertificationEvidence basis, Run? run, IReadOnlyCollection<RegistryDataset> datasets, double toleranceInvPb)
    {
        var now = run is null
            ? []
            : FactList.Of(run).Where(fact => fact.Value != FactList.Unknown).GroupBy(fact => fact.Title).ToDictionary(group => group.Key, group => group.First());
        List<ChangedFact> changes = [];
        foreach (var then in basis.Facts.Where(fact => fact.Value is not null && Watched.Contains(fact.Title)).DistinctBy(fact => fact.Title))
        {
            if (!now.TryGetValue(then.Title, out var current)) continue;
            var (before, after) = (then.Value!, current.Exact ?? current.Value);
            var differs = then.Title == Recorded
                ? EvidenceFact.Luminosity(before) is { } old && run!.RecordedLumiInvPb is { } recorded && Math.Abs(old - recorded) > toleranceInvPb
                : before != after;
            if (differs) changes.Add(new ChangedFact(then.Title, before, after));
        }

        // A registry that was never asked, or has forgotten the run, says nothing about a single dataset.
        if (datasets.Count == 0) return changes;
        foreach (var then in basis.Datasets)
        {
            var current = datasets.FirstOrDefault(dataset => dataset.Name == then.Name);
            if (current is null) changes.Add(new ChangedFact("Dataset " + then.Name, "in the Run Registry", "not there any more"));
            else if (Rank(current.TrackerState) is { } after && Rank(then.TrackerState) is { } before && after < before)
                changes.Add(new ChangedFact("Tracker state of " + then.Name, then.TrackerState!, current.TrackerState!));
        }

        return changes;
    }

    private static int? Rank(string? state) => Array.FindIndex(States, name => name.Equals(state, StringComparison.OrdinalIgnoreCase)) is >= 0 and var rank ? rank : null;
}
