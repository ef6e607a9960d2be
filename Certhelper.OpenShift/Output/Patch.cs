using System.Text.Json.Nodes;

namespace Certhelper.OpenShift.Output;

/// <summary>
/// The strategic merge patch that makes one object of another: only what differs, lists by the key that the cluster
/// merges them by.
/// </summary>
internal static class Patch
{
    /// <summary>The keys of the lists that are merged; all other lists are replaced.</summary>
    public static readonly IReadOnlyDictionary<string, string> MergeKeys = new Dictionary<string, string>
    {
        ["containers"] = "name",
        ["initContainers"] = "name",
        ["env"] = "name",
        ["volumes"] = "name",
    };

    /// <summary>The patch, with what says which object it is for; null when nothing differs.</summary>
    public static JsonObject? Between(JsonObject from, JsonObject to)
    {
        if (Difference(from, to) is not { } difference) return null;
        var patch = new JsonObject
        {
            ["apiVersion"] = from["apiVersion"]!.DeepClone(),
            ["kind"] = from["kind"]!.DeepClone(),
            ["metadata"] = new JsonObject { ["name"] = from["metadata"]!["name"]!.DeepClone() },
        };
        Merge(patch, difference);
        return patch;
    }

    private static JsonObject? Difference(JsonObject from, JsonObject to)
    {
        var difference = new JsonObject();
        foreach (var key in from.Select(entry => entry.Key).Union(to.Select(entry => entry.Key)))
        {
            var (before, after) = (from[key], to[key]);
            if (JsonNode.DeepEquals(before, after)) continue;
            difference[key] = (before, after) switch
            {
                (JsonObject left, JsonObject right) => Difference(left, right),
                (JsonArray left, JsonArray right) when MergeKeys.TryGetValue(key, out var name) => List(key, name, left, right),
                _ => after?.DeepClone(),
            };
        }

        return difference.Count > 0 ? difference : null;
    }

    private static JsonArray List(string list, string key, JsonArray from, JsonArray to)
    {
        // Where something new comes, its place in the list counts (variables are composed from those before them), and
        // a merge would not keep it.
        if (!from.Select(item => (string?)item![key]).SequenceEqual(to.Select(item => (string?)item![key])))
            throw new ConversionException($"An overlay changes which {list} there are, not only what they hold; that is not known.");
        // Kustomize puts what a patch names first: all before the last change are named, so that the order stays.
        var pairs = from.Zip(to).ToList();
        var difference = new JsonArray();
        foreach (var (left, right) in pairs[..(pairs.FindLastIndex(pair => !JsonNode.DeepEquals(pair.First, pair.Second)) + 1)])
        {
            var item = Difference(left!.AsObject(), right!.AsObject()) ?? [];
            item.Insert(0, key, left![key]!.DeepClone());
            difference.Add((JsonNode)item);
        }

        return difference;
    }

    private static void Merge(JsonObject into, JsonObject from)
    {
        foreach (var (key, value) in from)
        {
            if (into[key] is JsonObject below && value is JsonObject above) Merge(below, above);
            else into[key] = value?.DeepClone();
        }
    }
}
