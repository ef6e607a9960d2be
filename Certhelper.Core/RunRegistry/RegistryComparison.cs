using System.Globalization;
using Certhelper.Core.Certification;
using Certhelper.Core.Runs;

namespace Certhelper.Core.RunRegistry;

/// <summary>
/// The one rule by which certifications and the Run Registry are compared, cell by cell. It asks nobody: what is missing on
/// either side is a result and never an error.
/// </summary>
public static class RegistryComparison
{
    private static readonly string[] SignedOff = ["SIGNOFF", "COMPLETED"];

    /// <summary>Compares.</summary>
    /// <param name="ours">The certifications.</param>
    /// <param name="datasets">What the Run Registry has of their runs.</param>
    /// <param name="elsewhere">Run reconstructions that are certified here although they are not among <paramref name="ours"/>.</param>
    /// <returns>The worst first, then the newest.</returns>
    public static IReadOnlyList<ComparedRun> Compare(
        IEnumerable<CertifiedHere> ours, IEnumerable<RegistryDataset> datasets, IReadOnlySet<(int RunNumber, Reconstruction Reconstruction)> elsewhere)
    {
        var theirs = datasets.Where(Counts).ToLookup(dataset => (dataset.RunNumber, dataset.Reconstruction!.Value));
        var rows = ours.Select(item => Row(item, theirs[(item.RunNumber, item.Reconstruction)].ToList())).ToList();
        var here = rows.Select(row => (row.RunNumber, row.Reconstruction)).Concat(elsewhere).ToHashSet();
        rows.AddRange(theirs.Where(group => !here.Contains(group.Key)).Select(group => OnlyThere(Chosen(group, null))));
        return [.. rows.OrderByDescending(row => row.Agreement).ThenByDescending(row => row.RunNumber).ThenBy(row => row.Reconstruction)];
    }

    /// <summary>Whether a dataset is compared at all: of a reconstruction that is certified, neither online nor of a commissioning.</summary>
    public static bool Counts(RegistryDataset dataset) =>
        dataset.Reconstruction is { } of && Reconstructions.Certifiable.Contains(of)
        && !dataset.Name.Contains("online", StringComparison.OrdinalIgnoreCase)
        && !dataset.Name.Contains("commissioning", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the tracker has had its say on a dataset.</summary>
    public static bool IsSignedOff(RegistryDataset dataset) => SignedOff.Contains(dataset.TrackerState, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a dataset is the tracker's turn, or was: open or signed off. Others still wait for something else, such as <c>waiting dqm gui</c>.</summary>
    private static bool IsForTheTracker(RegistryDataset dataset) =>
        IsSignedOff(dataset) || RegistryDataset.Open.Equals(dataset.TrackerState, StringComparison.OrdinalIgnoreCase);

    /// <summary>The run type that the Run Registry says, by the class of the run or the dataset's name; else the HLT key tells it.</summary>
    public static RunType? TypeOf(RegistryDataset dataset, string? hltKey)
    {
        string?[] sayings = [dataset.RunClass, dataset.Name];
        return Says("collision") ? RunType.Collisions : Says("cosmic") ? RunType.Cosmics
            : Has(hltKey, "collision") ? RunType.Collisions : Has(hltKey, "cosmic") ? RunType.Cosmics : null;

        bool Says(string word) => sayings.Any(saying => Has(saying, word));
        static bool Has(string? text, string word) => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;
    }

    private static ComparedRun Row(CertifiedHere ours, List<RegistryDataset> theirs)
    {
        if (theirs.Count == 0) return OnlyHere(ours);
        var dataset = Chosen(theirs, ours.DatasetName);
        var type = CompareType(ours.Type, TypeOf(dataset, ours.HltKey), dataset);
        var cells = Enum.GetValues<Component>().Select(component => CompareComponent(component, ours, dataset)).ToList();
        List<Agreement> found = [.. cells.Select(cell => cell.Agreement)];
        List<(Agreement Agreement, string Why)> why = [.. cells.Where(cell => cell.Why is not null).Select(cell => (cell.Agreement, cell.Why!))];
        if (type.Agreement is { } ofType) found.Add(ofType);
        if (type.Agreement is Agreement.Differs or Agreement.MissingHere) why.Add((type.Agreement.Value, type.Why!));
        if (!IsSignedOff(dataset))
        {
            found.Add(Agreement.NotSignedOff);
            why.Add((Agreement.NotSignedOff, $"Not signed off in the Run Registry: {StateWords(dataset)}."));
        }

        return new ComparedRun(
            ours.RunNumber, ours.Reconstruction, ours, dataset, found.Max(), type, cells,
            [.. why.OrderByDescending(item => item.Agreement).Select(item => item.Why).Distinct()]);
    }

    private static ComparedRun OnlyHere(CertifiedHere ours)
    {
        var why = $"The Run Registry has no {ours.Reconstruction.Code()} dataset of this run.";
        return new ComparedRun(
            ours.RunNumber, ours.Reconstruction, ours, null, Agreement.MissingThere, new ComparedType(ours.Type, null, null, null),
            [.. Enum.GetValues<Component>().Select(component => new ComparedComponent(component, ours.Of(component).Verdict, ours.Of(component).LowStatistics, null, Agreement.MissingThere, why))],
            [why]);
    }

    private static ComparedRun OnlyThere(RegistryDataset dataset)
    {
        // Before the tracker is asked there is nothing to certify yet, so nothing is missing.
        var agreement = IsForTheTracker(dataset) ? Agreement.MissingHere : Agreement.NotSignedOff;
        var why = agreement == Agreement.MissingHere
            ? $"Nobody has certified this here; in the Run Registry: {StateWords(dataset)}."
            : $"Not certified here, and not open for the tracker in the Run Registry yet: {StateWords(dataset)}.";
        return new ComparedRun(
            dataset.RunNumber, dataset.Reconstruction!.Value, null, dataset, agreement, new ComparedType(null, TypeOf(dataset, null), null, null),
            [.. Enum.GetValues<Component>().Select(component => new ComparedComponent(component, null, false, RegistryOpinion.Of(dataset, component), agreement, why))],
            [why]);
    }

    // A run can have several datasets of one reconstruction: the one that was certified, else one that has the tracker's word, else one that waits for it.
    private static RegistryDataset Chosen(IEnumerable<RegistryDataset> datasets, string? name) => datasets
        .OrderByDescending(dataset => dataset.Name == name?.Trim())
        .ThenByDescending(IsSignedOff)
        .ThenByDescending(IsForTheTracker)
        .ThenBy(dataset => dataset.Name, StringComparer.Ordinal).First();

    private static ComparedType CompareType(RunType? ours, RunType? theirs, RegistryDataset dataset) => (ours, theirs) switch
    {
        (_, null) => new ComparedType(ours, null, null, $"The class {dataset.RunClass ?? "of the run"} says no run type."),
        (null, _) => new ComparedType(null, theirs, Agreement.MissingHere, $"The run type is undecided here; the Run Registry says {Word(theirs)}."),
        var (here, there) when here == there => new ComparedType(here, there, Agreement.Agreed, null),
        _ => new ComparedType(ours, theirs, Agreement.Differs, $"The run type is {Word(ours)} here; the Run Registry says {Word(theirs)}."),
    };

    private static ComparedComponent CompareComponent(Component component, CertifiedHere ours, RegistryDataset dataset)
    {
        var (verdict, lowStatistics) = ours.Of(component);
        var opinion = RegistryOpinion.Of(dataset, component);
        var (agreement, why) = opinion switch
        {
            { } there when there.AgreesWith(verdict, lowStatistics) => (Agreement.Agreed, null),
            { } there => (IsSignedOff(dataset) ? Agreement.Differs : Agreement.NotSignedOff,
                $"{component} is {CertificationFields.Words(verdict, lowStatistics)} here; the Run Registry has {Count(there.Lumisections)} of {Count(there.Total)} lumisections as {CertificationFields.Words(there.Verdict, false)}."),
            null when !IsSignedOff(dataset) => (Agreement.NotSignedOff, $"{component} has no verdict in the Run Registry yet."),
            null => (Agreement.MissingThere, $"{component} has no verdict in the Run Registry: {WhyNone(dataset, component)}."),
        };
        return new ComparedComponent(component, verdict, lowStatistics, opinion, agreement, why);
    }

    private static string WhyNone(RegistryDataset dataset, Component component)
    {
        if (!dataset.Summary.TryGetValue(RegistryOpinion.NameOf(component), out var counts) || counts.Values.Sum() == 0) return "it has no lumisections of it";
        var judged = RegistryOpinion.Judged(counts);
        return 2 * judged < counts.Values.Sum()
            ? $"only {Count(judged)} of {Count(counts.Values.Sum())} lumisections are judged"
            : "no verdict has the majority of the judged lumisections";
    }

    private static string StateWords(RegistryDataset dataset) =>
        dataset.TrackerState is { } state ? $"its tracker state is {state}" : "it has no tracker state";

    private static string Word(RunType? type) => type switch
    {
        RunType.Collisions => "collisions",
        RunType.Cosmics => "cosmics",
        null => "nothing",
    };

    private static string Count(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
