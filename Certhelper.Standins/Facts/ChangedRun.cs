namespace Certhelper.Standins.Facts;

/// <summary>What somebody changed of a run by the control endpoint, on top of the data set.</summary>
internal sealed record ChangedRun(
    IReadOnlyDictionary<string, object?> Values,
    IReadOnlyDictionary<string, string> Units,
    IReadOnlyList<string> Removed)
{
    /// <summary>Both changes, the later one on top.</summary>
    public ChangedRun Then(ChangedRun later) => new(
        Values.Concat(later.Values).GroupBy(value => value.Key).ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal),
        Units.Concat(later.Units).GroupBy(unit => unit.Key).ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal),
        [.. Removed.Except(later.Values.Keys).Union(later.Removed)]);
}
