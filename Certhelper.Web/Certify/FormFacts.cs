using Certhelper.Core.Certification;
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

    /// <summary>What changed since a certification was saved; nothing when what it was based on was not kept.</summary>
    public static IReadOnlyDictionary<string, string?> Since(CertificationEvidence? evidence, Run? run)
    {
        if (evidence is null || run is null) return new Dictionary<string, string?>();
        var then = evidence.Facts.GroupBy(fact => fact.Title).ToDictionary(group => group.Key, group => group.First().Value);
        return FactList.Of(run)
            .Where(fact => then.TryGetValue(fact.Title, out var was) && was != (fact.Value == FactList.Unknown ? null : fact.Exact ?? fact.Value))
            .ToDictionary(fact => fact.Title, fact => then[fact.Title]);
    }
}
