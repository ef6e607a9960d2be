using System.Text.Json.Nodes;

namespace Certhelper.Tests.OpenShift;

/// <summary>
/// What kustomize does with the files that are here, and no more: what it does not know fails. It shows that each file
/// exists and each patch has its target, where the program itself is not installed; where it is, both are compared.
/// </summary>
internal static class Kustomize
{
    /// <summary>By which key the cluster merges a list; every other list is replaced.</summary>
    private static readonly Dictionary<string, string> ListKeys = new() { ["containers"] = "name", ["initContainers"] = "name", ["env"] = "name" };

    public static List<JsonObject> Render(string folder) => Render(folder, []);

    private static List<JsonObject> Render(string folder, List<JsonObject> objects)
    {
        var kustomization = Assert.Single(YamlFiles.Parse(File.ReadAllText(Path.Combine(folder, "kustomization.yaml"))));
        string[] known = ["apiVersion", "kind", "namespace", "resources", "components", "patches", "images"];
        Assert.Empty(kustomization.Select(entry => entry.Key).Except(known));
        var named = new HashSet<string> { "kustomization.yaml" };
        foreach (var resource in List(kustomization, "resources"))
        {
            var path = Path.Combine(folder, (string)resource!);
            if (Directory.Exists(path))
            {
                Render(path, objects);
                continue;
            }

            named.Add((string)resource!);
            var item = Assert.Single(YamlFiles.Parse(File.ReadAllText(path)));
            Assert.DoesNotContain(objects, other => Id(other) == Id(item));
            objects.Add(item);
        }

        foreach (var component in List(kustomization, "components")) Render(Path.Combine(folder, (string)component!), objects);
        foreach (var entry in List(kustomization, "patches"))
        {
            var file = (string)entry!["path"]!;
            named.Add(file);
            var patch = Assert.Single(YamlFiles.Parse(File.ReadAllText(Path.Combine(folder, file))));
            Merge(Assert.Single(objects, item => Id(item) == Id(patch)), patch);
        }

        // A file that nothing names is never applied.
        Assert.Equal(named.Order(), Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Order());
        foreach (var image in List(kustomization, "images")) Rename(objects, image!.AsObject());
        if (kustomization["namespace"] is { } space)
        {
            foreach (var item in objects) item["metadata"]!["namespace"] = space.DeepClone();
        }

        return objects;
    }

    public static string Id(JsonObject item) => $"{item["kind"]} {item["metadata"]!["name"]}";

    public static IEnumerable<JsonObject> Containers(JsonObject item) => PodSpec(item) is { } spec
        ? List(spec, "initContainers").Concat(List(spec, "containers")).Select(container => container!.AsObject())
        : [];

    public static JsonObject? PodSpec(JsonObject item) => (string)item["kind"]! switch
    {
        "Deployment" or "StatefulSet" => item["spec"]!["template"]!["spec"]!.AsObject(),
        "CronJob" => item["spec"]!["jobTemplate"]!["spec"]!["template"]!["spec"]!.AsObject(),
        _ => null,
    };

    public static JsonArray List(JsonObject item, string name) => item[name]?.AsArray() ?? [];

    private static void Merge(JsonObject into, JsonObject patch)
    {
        foreach (var (key, value) in patch)
        {
            if (value is null)
            {
                Assert.True(into.Remove(key), $"The patch takes {key} away, which is not there.");
            }
            else if (value is JsonObject branch && into[key] is JsonObject deeper)
            {
                Merge(deeper, branch);
            }
            else if (value is JsonArray list && ListKeys.TryGetValue(key, out var name))
            {
                // What the patch names comes first, as the program itself does it.
                var below = into[key]!.AsArray().ToList();
                var first = list.Select(item => Assert.Single(below, other => (string)other![name]! == (string)item![name]!)).ToList();
                foreach (var (item, changed) in list.Zip(first)) Merge(changed!.AsObject(), item!.AsObject());
                into[key]!.AsArray().Clear();
                foreach (var item in first.Concat(below.Except(first))) into[key]!.AsArray().Add(item);
            }
            else
            {
                into[key] = value.DeepClone();
            }
        }
    }

    private static void Rename(List<JsonObject> objects, JsonObject image)
    {
        foreach (var container in objects.SelectMany(Containers))
        {
            var (name, tag) = ((string)container["image"]!).Split(':') is [{ } left, { } right] ? (left, right) : throw new InvalidOperationException($"The image {container["image"]} has no tag.");
            if (name == (string)image["name"]!) container["image"] = $"{(string?)image["newName"] ?? name}:{(string?)image["newTag"] ?? tag}";
        }
    }
}
