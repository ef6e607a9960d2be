namespace Certhelper.OpenShift.Configuration;

/// <summary>The values as they hold in one overlay, or in the base.</summary>
internal sealed class EffectiveValues(Values values, OverlayValues? overlay)
{
    public Values All => values;

    public string Application => values.Application;

    public string Version => overlay?.Version ?? values.Version;

    /// <summary>Host name of the site; the base has none.</summary>
    public string? Host => overlay?.Host;

    public IReadOnlyDictionary<string, OutsideValues> Outside { get; } = overlay?.Outside ?? [];

    public IReadOnlyDictionary<string, string> Parameters { get; } = Over(values.Parameters, overlay?.Parameters);

    public WorkloadValues Workload(string name) => values.Workloads.GetValueOrDefault(name)
        ?? throw new ConversionException($"Resource {name}: the values say nothing about it; add workloads: {{ {name}: … }}.");

    public StoreValues Store(string name) => values.Stores.GetValueOrDefault(name)
        ?? throw new ConversionException($"Resource {name}: the values say nothing about it; add stores: {{ {name}: … }}.");

    public int Replicas(string workload) => overlay is not null && overlay.Replicas.TryGetValue(workload, out var replicas) ? replicas : Workload(workload).Replicas;

    public SortedDictionary<string, string> Settings(string workload) =>
        new(Over(Workload(workload).Settings, overlay?.Settings.GetValueOrDefault(workload)), StringComparer.Ordinal);

    private static Dictionary<string, string> Over(Dictionary<string, string> below, Dictionary<string, string>? above)
    {
        var result = new Dictionary<string, string>(below, StringComparer.Ordinal);
        foreach (var (key, value) in above ?? []) result[key] = value;
        return result;
    }
}
