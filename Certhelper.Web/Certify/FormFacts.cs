using Certhelper.Core.Runs;

namespace Certhelper.Web.Certify;

/// <summary>The facts of the run as the form shows them.</summary>
/// <param name="RunNumber">The run.</param>
/// <param name="Facts">What is known.</param>
/// <param name="Were">Facts that changed: title → what it was; null for unknown.</param>
public sealed record FormFacts(int RunNumber, FactsResult Facts, IReadOnlyDictionary<string, string?> Were)
{
    /// <summary>Whether OMS was asked just now and nothing changed.</summary>
    public bool Unchanged { get; init; }

    /// <summary>What changed between two states of a run.</summary>
    public static IReadOnlyDictionary<string, string?> Changes(Run before, Run after) =>
        FactList.Differences(before, after).ToDictionary(change => change.Title, change => change.Old);
}
