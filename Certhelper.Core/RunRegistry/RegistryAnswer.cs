using System.Text.Json;
using Certhelper.Core.Oms;
using Certhelper.Core.Storage;

namespace Certhelper.Core.RunRegistry;

/// <summary>One dataset as the Run Registry gives it, as far as it concerns the tracker.</summary>
/// <param name="RunNumber">Run.</param>
/// <param name="Name">The name without stray white space.</param>
/// <param name="TrackerState">State in the tracker's workspace; null when the registry gives none.</param>
/// <param name="RunClass">Class of the run.</param>
/// <param name="RunState">State of the online run.</param>
/// <param name="Summary">Lumisections per status of the tracker's components.</param>
public sealed record RegistryAnswer(
    int RunNumber,
    string Name,
    string? TrackerState,
    string? RunClass,
    string? RunState,
    Dictionary<string, Dictionary<string, int>> Summary)
{
    /// <summary>Reads an element of <c>datasets</c>; null when it lacks run or name. Anything else may be missing.</summary>
    public static RegistryAnswer? From(JsonElement dataset)
    {
        if (dataset.ValueKind != JsonValueKind.Object) return null;
        var row = new OmsItem(dataset, default);
        if (row.Int("run_number") is not { } run || row.Text("name") is not { } name) return null;
        var attributes = Object(Object(dataset, "Run"), "rr_attributes");
        return new RegistryAnswer(
            run,
            name,
            Text(Object(dataset, "dataset_attributes"), "tracker_state"),
            Text(attributes, "class"),
            Text(attributes, "state"),
            Components(Object(Object(dataset, "DatasetTripletCache"), "triplet_summary")));
    }

    private static Dictionary<string, Dictionary<string, int>> Components(JsonElement? summary)
    {
        var components = new Dictionary<string, Dictionary<string, int>>();
        if (summary is not { } all) return components;
        foreach (var component in all.EnumerateObject())
        {
            if (!component.Name.StartsWith("tracker-", StringComparison.Ordinal) || component.Value.ValueKind != JsonValueKind.Object) continue;
            var counts = new Dictionary<string, int>();
            var values = new OmsItem(component.Value, default);
            // Beside the statuses there are lists of causes and comments; only counts are statuses.
            foreach (var status in component.Value.EnumerateObject())
                if (status.Value.ValueKind == JsonValueKind.Number && values.Count(status.Name) is { } count) counts[Texts.Fit(status.Name)] = count;
            components[Texts.Fit(component.Name)] = counts;
        }

        return components;
    }

    private static JsonElement? Object(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var child)
        && child.ValueKind == JsonValueKind.Object ? child : null;

    private static string? Text(JsonElement? parent, string name) => parent is { } element ? new OmsItem(element, default).Text(name) : null;
}
