using Certhelper.Core.Runs;

namespace Certhelper.Core.RunRegistry;

/// <summary>Which dataset of a run is certified: the one place that knows.</summary>
public static class DatasetRule
{
    /// <summary>
    /// Why a dataset cannot belong to a certification; null when it can. What the registry names for the run decides;
    /// when it names nothing, for example because it is away, the name itself must say the reconstruction.
    /// </summary>
    /// <param name="name">The dataset; empty is allowed.</param>
    /// <param name="reconstruction">What is certified.</param>
    /// <param name="known">Datasets of the run that the registry has named.</param>
    public static string? Problem(string? name, Reconstruction reconstruction, IReadOnlyCollection<string> known)
    {
        if (string.IsNullOrWhiteSpace(name)) return null;
        var of = Reconstructions.FromDatasetName(name);
        if (of != reconstruction)
            return of is null
                ? $"The name of this dataset says no reconstruction; one of {reconstruction.Code()} is needed."
                : $"This is a dataset of {of.Value.Code()}, not of {reconstruction.Code()}.";
        var ofIt = known.Where(candidate => Reconstructions.FromDatasetName(candidate) == reconstruction).ToList();
        return ofIt.Count == 0 || ofIt.Contains(name.Trim(), StringComparer.Ordinal)
            ? null
            : "The Run Registry has no such dataset for this run; choose one of those it has.";
    }

    /// <summary>
    /// What to do next of a run: the open ones first, in the order in which reconstructions are made. Null when all that
    /// could be certified is.
    /// </summary>
    /// <param name="datasets">Datasets of one run.</param>
    /// <param name="certified">Reconstructions of the run that have a verdict.</param>
    public static RegistryDataset? Next(IEnumerable<RegistryDataset> datasets, IReadOnlyCollection<Reconstruction> certified) => InOrder(datasets)
        .FirstOrDefault(dataset => dataset.Reconstruction is { } of && Reconstructions.Certifiable.Contains(of) && !certified.Contains(of));

    /// <summary>Open ones first; then express, prompt, rereco, rereco UL; then by name.</summary>
    public static IEnumerable<RegistryDataset> InOrder(IEnumerable<RegistryDataset> datasets) => datasets
        .OrderByDescending(dataset => dataset.TrackerState == RegistryDataset.Open)
        .ThenBy(dataset => dataset.Reconstruction)
        .ThenBy(dataset => dataset.Name, StringComparer.Ordinal);
}
