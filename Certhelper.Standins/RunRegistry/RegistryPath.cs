namespace Certhelper.Standins.RunRegistry;

/// <summary>
/// Resolves the attribute of a filter or of an order. Only the translated names that the server knows are understood: the
/// short names of the Python package are columns that do not exist.
/// </summary>
internal static class RegistryPath
{
    private const string DatasetAttributes = "dataset_attributes.";
    private const string RunAttributes = "rr_attributes.";
    private const string OmsAttributes = "oms_attributes.";
    private const string Summary = "triplet_summary.";

    public static Func<RegistryDataset, object?> OfDataset(string path)
    {
        if (path == "name") return dataset => dataset.Name;
        if (path == "version") return dataset => dataset.Version;
        if (path == "datasets_in_gui") return dataset => dataset.InGui?.ToArray();
        if (After(path, DatasetAttributes) is { } attribute) return dataset => dataset.Attributes.GetValueOrDefault(attribute);
        if (After(path, Summary) is { } summary) return InSummary(summary);
        var ofRun = OfRunOnly(path) ?? throw Unknown("Dataset", path);
        return dataset => ofRun(dataset.Run);
    }

    /// <summary>For runs; their summary is that of the dataset "online".</summary>
    public static Func<(RegistryRun Run, RegistryDataset? Online), object?> OfRun(string path)
    {
        if (After(path, Summary) is { } summary)
        {
            var inSummary = InSummary(summary);
            return pair => pair.Online is null ? null : inSummary(pair.Online);
        }

        var ofRun = OfRunOnly(path) ?? throw Unknown("Run", path);
        return pair => ofRun(pair.Run);
    }

    private static Func<RegistryRun, object?>? OfRunOnly(string path)
    {
        if (path == "run_number") return run => (decimal)run.Number;
        if (After(path, RunAttributes) is { } attribute) return run => run.RegistryAttributes.GetValueOrDefault(attribute);
        if (After(path, OmsAttributes) is { } oms) return run => run.OmsAttributes.GetValueOrDefault(oms);
        return null;
    }

    // triplet_summary.tracker-strip.GOOD
    private static Func<RegistryDataset, object?> InSummary(string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) throw Unknown("DatasetTripletCache", Summary + path);
        var (component, status) = (path[..dot], path[(dot + 1)..]);
        return dataset => dataset.Statuses.ContainsKey(component) && dataset.CountsOf(component).TryGetValue(status, out var count) ? (decimal)count : null;
    }

    private static string? After(string path, string prefix) =>
        path.StartsWith(prefix, StringComparison.Ordinal) && path.Length > prefix.Length ? path[prefix.Length..] : null;

    private static RegistryError Unknown(string table, string path) => new($"column {table}.{path} does not exist");
}
