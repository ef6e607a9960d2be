using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;

namespace Certhelper.Core.Certification.Rules;

/// <summary>Whether others say the same: other reconstructions of the run, and the Run Registry.</summary>
internal static class ComparisonRules
{
    /// <summary>Facts that reconstructions of one run share; titles of <see cref="FactList"/>.</summary>
    private static readonly string[] SharedFacts = ["Run type", "B field", "Beams", "Lumisections"];

    private const string Recorded = "Recorded";

    public static IReadOnlyList<LookRule> All { get; } =
    [
        new(
            "differs-from-counterpart",
            "Another reconstruction of the run is certified differently",
            "Per component, low statistics included.",
            FindingSeverity.Confirm,
            look => look.Siblings.OrderBy(sibling => sibling.Reconstruction).SelectMany(sibling => Differences(look, sibling))),
        new(
            "counterpart-facts",
            "The facts have changed since another reconstruction was certified",
            "Run type, B field, beams, lumisections or recorded luminosity are not what that certification was based on.",
            FindingSeverity.Note,
            look => look.Siblings.OrderBy(sibling => sibling.Reconstruction).SelectMany(sibling => ChangedFacts(look, sibling)))
        {
            Thresholds = [new(nameof(CertificationOptions.LuminosityToleranceInvPb), "pb⁻¹", options => options.LuminosityToleranceInvPb)],
        },
        new(
            "differs-from-registry",
            "The Run Registry says something else",
            "By the majority of the dataset's judged lumisections. Low statistics agrees with good.",
            FindingSeverity.Confirm,
            look => look.Dataset is { } dataset ? look.Components.SelectMany(item => AgainstRegistry(dataset, item)) : []),
        new(
            "registry-waiting",
            "The dataset is not ready in the Run Registry",
            "Its tracker state says that it still waits for the DQM GUI.",
            FindingSeverity.Confirm,
            look => look.Dataset is { TrackerState: { } state } && IsWaiting(state)
                ? [new Remark($"In the Run Registry the dataset is “{state}”: there may be nothing to look at yet.", nameof(CertificationInput.DatasetName))]
                : []),
        new(
            "registry-closed",
            "The dataset is not open in the Run Registry",
            "Its tracker state is neither OPEN nor waiting, so the tracker has had its say there.",
            FindingSeverity.Note,
            look => look.Dataset is { TrackerState: { } state } && state != RegistryDataset.Open && !IsWaiting(state)
                ? [new Remark($"In the Run Registry the dataset is {state} for the tracker, not OPEN.", nameof(CertificationInput.DatasetName))]
                : []),
    ];

    private static IEnumerable<Remark> Differences(LookCase look, SiblingCase sibling) =>
        from item in look.Components
        let other = sibling.Components.Single(word => word.Component == item.Component)
        where other.Verdict != item.Verdict || other.LowStatistics != item.LowStatistics
        select new Remark(
            $"{sibling.Reconstruction.Title()} was certified as {other.Words} for {item.Name} (by {sibling.Owner}, {Say.Day(sibling.Date)}); here it is {item.Words}.",
            item.Component.ToString());

    private static IEnumerable<Remark> ChangedFacts(LookCase look, SiblingCase sibling)
    {
        if (look.Run is not { } run || sibling.Facts.Count == 0) yield break;
        var now = FactList.Of(run).Where(fact => fact.Value != FactList.Unknown).ToLookup(fact => fact.Title);
        foreach (var fact in sibling.Facts)
        {
            if (fact.Value is not { } then || now[fact.Title].FirstOrDefault() is not { } current) continue;
            var changed = fact.Title == Recorded
                ? Math.Abs((EvidenceFact.Luminosity(then) ?? 0) - (run.RecordedLumiInvPb ?? 0)) > look.Options.LuminosityToleranceInvPb && EvidenceFact.Luminosity(then) is not null
                : SharedFacts.Contains(fact.Title) && then != (current.Exact ?? current.Value);
            if (changed)
                yield return new Remark($"{fact.Title} was {then} when {sibling.Reconstruction.Code()} was certified; it is {current.Exact ?? current.Value} now.");
        }
    }

    private static IEnumerable<Remark> AgainstRegistry(RegistryDataset dataset, ComponentWord item)
    {
        if (RegistryOpinion.Of(dataset, item.Component) is not { } opinion || opinion.AgreesWith(item.Verdict, item.LowStatistics)) yield break;
        yield return new Remark(
            $"The Run Registry has {Say.Whole(opinion.Lumisections)} of {Say.Count(opinion.Total, "lumisection")} as {CertificationFields.Words(opinion.Verdict, false)} for {item.Name}; here it is {item.Words}.",
            item.Component.ToString());
    }

    private static bool IsWaiting(string state) => state.Contains("waiting", StringComparison.OrdinalIgnoreCase);
}
