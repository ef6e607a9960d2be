using System.Text.Json.Nodes;
using Certhelper.OpenShift.Configuration;
using Certhelper.OpenShift.Kinds;
using Certhelper.OpenShift.Manifest;

namespace Certhelper.OpenShift.Output;

/// <summary>The files: base, components, and for each overlay what is different there.</summary>
internal static class Tree
{
    private const string Head = "# Written by ./certhelper openshift from aspire-manifest.json and deploy/values.yaml; change those.\n";

    /// <summary>Everything that is written, by path below the output folder, before anything is.</summary>
    public static SortedDictionary<string, string> Files(ApplicationManifest manifest, Values values, IReadOnlyCollection<string> overlays, out Composition composition)
    {
        composition = Composer.Compose(manifest, new EffectiveValues(values, null));
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["secrets.sh"] = SecretsScript.Text(values.Application, composition.Secrets) };
        var names = Write(files, "base", composition.Common);
        Put(files, "base/kustomization.yaml", new Kustomization { Resources = names });

        foreach (var component in composition.Components)
        {
            var kustomization = Kustomization.Component();
            kustomization.Resources = Write(files, $"components/{component.Name}", component.Objects) is { Count: > 0 } resources ? resources : null;
            kustomization.Patches = Changes(files, manifest, values, component) is { Count: > 0 } patches ? patches : null;
            Put(files, $"components/{component.Name}/kustomization.yaml", kustomization);
        }

        foreach (var name in overlays) Overlay(files, manifest, values, name);
        return files;
    }

    /// <summary>The objects that an overlay with these components has, with the values of <paramref name="overlay"/>.</summary>
    public static List<JsonObject> Objects(ApplicationManifest manifest, Values values, OverlayValues? overlay, IReadOnlyList<string> components)
    {
        var composition = Composer.Compose(manifest, new EffectiveValues(values, overlay));
        var objects = composition.Common.ToList();
        foreach (var name in components)
        {
            var component = composition.Components.FirstOrDefault(component => component.Name == name)
                ?? throw new ConversionException($"The values, components: there is no {name} (there are: {string.Join(", ", composition.Components.Select(component => component.Name))}).");
            if (component.Needs is { } needed && !components.TakeWhile(other => other != name).Contains(needed)) throw new ConversionException($"The values, components: {name} needs {needed} before it.");
            objects.AddRange(component.Objects);
            component.Change?.Invoke(objects);
        }

        return [.. objects.Select(Yaml.Json)];
    }

    public static string Id(JsonObject item) => $"{((string)item["kind"]!).ToLowerInvariant()}-{(string)item["metadata"]!["name"]!}";

    private static void Overlay(SortedDictionary<string, string> files, ApplicationManifest manifest, Values values, string name)
    {
        var overlay = values.Overlays.GetValueOrDefault(name)
            ?? throw new ConversionException($"The values have no overlay {name} (they have: {string.Join(", ", values.Overlays.Keys)}).");
        foreach (var container in manifest.All<ContainerResource>().Where(container => container.Volumes.Count > 0))
        {
            if (overlay.Components.Contains(container.Name) == overlay.Outside.ContainsKey(container.Name))
                throw new ConversionException($"The values, overlays: {name}: {container.Name} must be either among the components or outside.");
        }

        foreach (var outside in overlay.Outside.Keys)
        {
            if (((ContainerResource)manifest.Resources[outside]).Volumes.Count == 0) throw new ConversionException($"The values, overlays: {name}: {outside} holds nothing that lasts and is always inside.");
        }

        var folder = $"overlays/{name}";
        var wanted = Objects(manifest, values, overlay, overlay.Components).ToDictionary(Id);
        var patches = new List<KustomizePatch>();
        foreach (var before in Objects(manifest, values, null, overlay.Components))
        {
            if (Patch.Between(before, wanted[Id(before)]) is not { } patch) continue;
            var file = $"patch-{Id(before)}.yaml";
            files[$"{folder}/{file}"] = Head + Yaml.Text(patch);
            patches.Add(new KustomizePatch { Path = file });
        }

        Put(files, $"{folder}/kustomization.yaml", new Kustomization
        {
            Namespace = overlay.Namespace,
            Resources = ["../../base"],
            Components = overlay.Components.Count > 0 ? [.. overlay.Components.Select(component => $"../../components/{component}")] : null,
            Patches = patches.Count > 0 ? patches : null,
            Images = [.. values.Workloads.Values.Select(workload => workload.Image).Distinct().Order(StringComparer.Ordinal).Select(image => new KustomizeImage
            {
                Name = image,
                NewName = overlay.Registry.Length > 0 ? $"{overlay.Registry}/{image}" : null,
                NewTag = overlay.Version ?? values.Version,
            })],
        });
    }

    private static List<KustomizePatch> Changes(SortedDictionary<string, string> files, ApplicationManifest manifest, Values values, Component component)
    {
        if (component.Change is null) return [];
        string[] below = component.Needs is { } needed ? [needed] : [];
        var after = Objects(manifest, values, null, [.. below, component.Name]).ToDictionary(Id);
        var patches = new List<KustomizePatch>();
        foreach (var before in Objects(manifest, values, null, below))
        {
            if (Patch.Between(before, after[Id(before)]) is not { } patch) continue;
            var file = $"patch-{Id(before)}.yaml";
            files[$"components/{component.Name}/{file}"] = Head + Yaml.Text(patch);
            patches.Add(new KustomizePatch { Path = file });
        }

        return patches;
    }

    private static List<string> Write(SortedDictionary<string, string> files, string folder, IReadOnlyList<object> objects)
    {
        var names = new List<string>();
        foreach (var item in objects.Select(Yaml.Json))
        {
            var file = Id(item) + ".yaml";
            if (!files.TryAdd($"{folder}/{file}", Head + Yaml.Text(item))) throw new ConversionException($"There are two objects {Id(item)} in {folder}.");
            names.Add(file);
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private static void Put(SortedDictionary<string, string> files, string path, Kustomization kustomization) => files[path] = Head + Yaml.Text(Yaml.Json(kustomization));
}
