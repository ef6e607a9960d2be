using System.Text.Json.Nodes;

namespace Certhelper.Standins.RunRegistry;

/// <summary>Writes runs, datasets and lumisections in the registry's own, uncompressed form.</summary>
internal static class RegistryJson
{
    private const int LastRunWithCauses = 312_000;

    public static JsonObject Of(RegistryDataset dataset)
    {
        var json = new JsonObject
        {
            ["run_number"] = dataset.Run.Number,
            ["name"] = dataset.Name,
            ["dataset_attributes"] = Object(dataset.Attributes),
        };
        if (dataset.InGui is { } inGui) json["datasets_in_gui"] = List(inGui);
        json["deleted"] = false;
        json["version"] = dataset.Version;
        json["Run"] = new JsonObject
        {
            ["rr_attributes"] = Object(dataset.Run.RegistryAttributes),
            ["oms_attributes"] = Object(dataset.Run.OmsAttributes),
        };
        json["DatasetTripletCache"] = new JsonObject { ["triplet_summary"] = Summary(dataset), ["dcs_summary"] = new JsonObject() };
        return json;
    }

    public static JsonObject Of(RegistryRun run, RegistryDataset? online) => new()
    {
        ["run_number"] = run.Number,
        ["oms_attributes"] = Object(run.OmsAttributes),
        ["rr_attributes"] = Object(run.RegistryAttributes),
        ["version"] = run.Version,
        ["deleted"] = false,
        ["DatasetTripletCache"] = new JsonObject { ["triplet_summary"] = online is null ? [] : Summary(online) },
    };

    /// <summary>Stretches in which no component changes its status.</summary>
    public static JsonArray Ranges(RegistryDataset dataset)
    {
        var starts = new SortedSet<int>(dataset.Statuses.Values.SelectMany(ranges => ranges.Select(range => range.Start)));
        var end = dataset.Statuses.Values.SelectMany(ranges => ranges).Select(range => range.End).DefaultIfEmpty(0).Max();
        var result = new JsonArray();
        var list = starts.ToList();
        for (var i = 0; i < list.Count; i++)
        {
            var stretch = At(dataset, list[i]);
            stretch["start"] = list[i];
            stretch["end"] = i + 1 < list.Count ? list[i + 1] - 1 : end;
            result.Add(stretch);
        }

        return result;
    }

    public static JsonArray Lumisections(RegistryDataset dataset)
    {
        var end = dataset.Statuses.Values.SelectMany(ranges => ranges).Select(range => range.End).DefaultIfEmpty(0).Max();
        return [.. Enumerable.Range(1, end).Select(lumisection => At(dataset, lumisection))];
    }

    public static JsonObject RangesByComponent(RegistryDataset dataset)
    {
        var result = new JsonObject();
        foreach (var (component, ranges) in dataset.Statuses)
        {
            result[component] = new JsonArray([.. ranges.Select(range =>
            {
                var triplet = Triplet(range);
                triplet["start"] = range.Start;
                triplet["end"] = range.End;
                return triplet;
            })]);
        }

        return result;
    }

    private static JsonObject At(RegistryDataset dataset, int lumisection)
    {
        var components = new JsonObject();
        foreach (var (component, ranges) in dataset.Statuses)
        {
            var range = ranges.FirstOrDefault(range => range.Start <= lumisection && lumisection <= range.End);
            components[component] = Triplet(range ?? new StatusRange(lumisection, lumisection, "EMPTY", ""));
        }

        return components;
    }

    private static JsonObject Triplet(StatusRange range) => new() { ["status"] = range.Status, ["comment"] = range.Comment, ["cause"] = "" };

    private static JsonObject Summary(RegistryDataset dataset)
    {
        var summary = new JsonObject();
        foreach (var (component, ranges) in dataset.Statuses)
        {
            var counts = new JsonObject();
            foreach (var (status, count) in dataset.CountsOf(component)) counts[status] = count;
            // Older lumisections carry a cause, and always the same.
            counts["causes"] = dataset.Run.Number < LastRunWithCauses ? List(["UNDEF"]) : [];
            counts["comments"] = List(ranges.Select(range => range.Comment).Where(comment => comment.Length > 0).Distinct(StringComparer.Ordinal));
            summary[component] = counts;
        }

        return summary;
    }

    private static JsonObject Object(IReadOnlyDictionary<string, object?> values)
    {
        var json = new JsonObject();
        foreach (var (name, value) in values)
        {
            json[name] = value switch
            {
                null => null,
                decimal number => JsonValue.Create(number),
                bool flag => JsonValue.Create(flag),
                string text => JsonValue.Create(text),
                string[] list => List(list),
                _ => throw new InvalidOperationException($"{name} has a value of an unknown type."),
            };
        }

        return json;
    }

    private static JsonArray List(IEnumerable<string> items) => [.. items.Select(item => JsonValue.Create(item))];
}
