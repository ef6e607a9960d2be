using System.Text.Json.Nodes;
using Certhelper.OpenShift.Configuration;
using Certhelper.OpenShift.Manifest;
using Certhelper.Tests.Oms;

namespace Certhelper.Tests.OpenShift;

/// <summary>What the repository holds: the manifest, the values, and the files that were made of them.</summary>
internal static class Deployments
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
}
