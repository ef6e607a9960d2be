namespace Certhelper.Standins.Facts;

/// <summary>What somebody changed of a run by the control endpoint, on top of the data set.</summary>
internal sealed record ChangedRun(
    IReadOnlyDictionary<string, object?> Values,
    IReadOnlyDictionary<string, string> Units,
    IReadOnlyList<string> Removed);
