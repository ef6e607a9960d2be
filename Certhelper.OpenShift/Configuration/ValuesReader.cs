using Certhelper.OpenShift.Manifest;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Certhelper.OpenShift.Configuration;

/// <summary>Reads the values and holds them against the manifest: a name that is in one must be in the other.</summary>
internal static class ValuesReader
{
    public static Values Read(string yaml, ApplicationManifest manifest)
    {
        Values values;
        try
        {
            values = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking().Build().Deserialize<Values>(yaml)
                ?? throw new ConversionException("The values are empty.");
        }
        catch (YamlException exception)
        {
            throw new ConversionException($"The values, line {exception.Start.Line}: {exception.InnerException?.Message ?? exception.Message}");
        }

        Check(values, manifest);
        return values;
    }

    private static void Check(Values values, ApplicationManifest manifest)
    {
        Wanted("application", values.Application);
        Wanted("version", values.Version);
        Tag(values.Version);
        Wanted("baseImage", values.BaseImage);
        Names<ProjectResource>("workloads", values.Workloads.Keys, manifest);
        Names<ContainerResource>("stores", values.Stores.Keys, manifest);
        Names<ParameterResource>("parameters", values.Parameters.Keys, manifest);
        NoSecrets("parameters", values.Parameters.Keys, manifest);
        foreach (var (name, workload) in values.Workloads)
        {
            Wanted($"workloads: {name}: image", workload.Image);
            Names<ProjectResource>($"workloads: {name}: initOf", workload.InitOf, manifest);
            foreach (var setting in workload.Settings.Keys) NotOfTheManifest(name, setting, manifest);
        }

        foreach (var (name, route) in values.Routes)
        {
            if (!manifest.Resources.TryGetValue(route.Workload, out var resource) || resource is not ProjectResource project || !project.Bindings.Values.Any(binding => binding.External))
                throw new ConversionException($"The values, routes: {name}: {route.Workload} has no external binding in the manifest.");
        }

        foreach (var (name, overlay) in values.Overlays)
        {
            Wanted($"overlays: {name}: namespace", overlay.Namespace);
            Wanted($"overlays: {name}: host", overlay.Host);
            if (overlay.Version is { } version) Tag(version);
            Names<ParameterResource>($"overlays: {name}: parameters", overlay.Parameters.Keys, manifest);
            NoSecrets($"overlays: {name}: parameters", overlay.Parameters.Keys, manifest);
            Names<ProjectResource>($"overlays: {name}: replicas", overlay.Replicas.Keys, manifest);
            Names<ProjectResource>($"overlays: {name}: settings", overlay.Settings.Keys, manifest);
            Names<ContainerResource>($"overlays: {name}: outside", overlay.Outside.Keys, manifest);
            foreach (var (workload, settings) in overlay.Settings)
            {
                foreach (var setting in settings.Keys) NotOfTheManifest(workload, setting, manifest);
            }

            foreach (var (store, outside) in overlay.Outside)
            {
                Wanted($"overlays: {name}: outside: {store}: host", outside.Host);
                Wanted($"overlays: {name}: outside: {store}: connectionString", outside.ConnectionString);
                if (outside.Port is < 1 or > 65535) throw new ConversionException($"The values, overlays: {name}: outside: {store}: port is missing.");
                if (outside.Networks.Count == 0) throw new ConversionException($"The values, overlays: {name}: outside: {store}: networks is missing; nothing could be reached.");
            }
        }
    }

    private static void Wanted(string key, string value)
    {
        if (value.Length == 0) throw new ConversionException($"The values, {key} is missing.");
    }

    private static void Tag(string version)
    {
        if (version == "latest") throw new ConversionException("The values, version: \"latest\" says not which; give a number.");
    }

    private static void Names<T>(string key, IEnumerable<string> names, ApplicationManifest manifest)
    {
        foreach (var name in names)
        {
            if (!manifest.Resources.TryGetValue(name, out var resource) || resource is not T) throw new ConversionException($"The values, {key}: the manifest has no such {name}.");
        }
    }

    private static void NoSecrets(string key, IEnumerable<string> names, ApplicationManifest manifest)
    {
        foreach (var name in names)
        {
            if (manifest.Resources[name] is ParameterResource { Secret: true }) throw new ConversionException($"The values, {key}: {name} is a secret; it belongs into the cluster's Secret, not into a file.");
        }
    }

    private static void NotOfTheManifest(string workload, string setting, ApplicationManifest manifest)
    {
        if (manifest.Resources[workload] is ProjectResource project && project.Environment.ContainsKey(setting))
            throw new ConversionException($"The values, settings of {workload}: {setting} comes from the manifest; set its parameter instead.");
    }
}
