using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Certhelper.OpenShift.Configuration;
using Certhelper.OpenShift.Manifest;
using Certhelper.Tests.Oms;

namespace Certhelper.Tests.OpenShift;

/// <summary>What the repository holds: the manifest, the values, and the files that were made of them.</summary>
internal static partial class Deployments
{
    public static string Folder => Path.Combine(SharedData.Repository(), "deploy", "openshift");

    public static string ManifestText => File.ReadAllText(Path.Combine(SharedData.Repository(), "aspire-manifest.json"));

    public static string ValuesText => File.ReadAllText(Path.Combine(SharedData.Repository(), "deploy", "values.yaml"));

    public static ApplicationManifest Manifest => ManifestReader.Read(ManifestText);

    public static Values Values => ValuesReader.Read(ValuesText, Manifest);

    public static TheoryData<string> Overlays => [.. Values.Overlays.Keys];

    public static List<JsonObject> Rendered(string overlay) => Kustomize.Render(Path.Combine(Folder, "overlays", overlay));

    /// <summary>Every object of every overlay, and of the components that none of them has.</summary>
    public static IEnumerable<(string Where, JsonObject Item)> All() =>
        Values.Overlays.Keys.SelectMany(overlay => Rendered(overlay).Select(item => ($"{overlay}: {Kustomize.Id(item)}", item)));

    public static JsonObject Container(List<JsonObject> objects, string name) =>
        objects.Where(item => (string)item["kind"]! == "Deployment").SelectMany(Kustomize.Containers).First(container => (string)container["name"]! == name);

    /// <summary>The variables of a container as its process sees them; what the Secret holds is <c>of-the-secret</c>.</summary>
    public static Dictionary<string, string> EnvironmentOf(List<JsonObject> objects, JsonObject container)
    {
        Dictionary<string, string> variables = [];
        foreach (var map in Kustomize.List(container, "envFrom").Select(from => (string)from!["configMapRef"]!["name"]!))
        {
            foreach (var (name, value) in objects.Single(other => Kustomize.Id(other) == "ConfigMap " + map)["data"]?.AsObject() ?? []) variables[name] = (string)value!;
        }

        var settings = objects.Single(other => Kustomize.Id(other) == "ConfigMap settings")["data"]!;
        foreach (var variable in Kustomize.List(container, "env"))
        {
            var value = (string?)variable!["value"] ?? (variable["valueFrom"]!["configMapKeyRef"] is { } key ? (string)settings[(string)key["key"]!]! : "of-the-secret");
            variables[(string)variable["name"]!] = Reference().Replace(value, match => variables[match.Groups[1].Value]);
        }

        return variables;
    }

    [GeneratedRegex(@"\$\((\w+)\)")]
    private static partial Regex Reference();
}
