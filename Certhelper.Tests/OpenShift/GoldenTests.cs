using System.Diagnostics;
using System.Text.Json.Nodes;
using Certhelper.OpenShift.Output;
using Certhelper.Tests.Infrastructure;
using Certhelper.Tests.Oms;

namespace Certhelper.Tests.OpenShift;

/// <summary>The files in the repository are what comes out of the manifest and the values today, and mean what they should.</summary>
public sealed class GoldenTests
{
    [Fact]
    public void Committed_files_are_the_ones_that_the_manifest_and_the_values_give()
    {
        var fresh = Tree.Files(Deployments.Manifest, Deployments.Values, Deployments.Values.Overlays.Keys, out _);
        var committed = Directory.EnumerateFiles(Deployments.Folder, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(Deployments.Folder, file).Replace(Path.DirectorySeparatorChar, '/'), File.ReadAllText);

        // Run ./certhelper openshift when this fails.
        Assert.Equal(fresh.Keys.Order(StringComparer.Ordinal), committed.Keys.Order(StringComparer.Ordinal));
        Assert.All(fresh, file => Assert.Equal(file.Value, committed[file.Key]));
    }

    [Fact]
    public async Task A_file_that_was_changed_by_hand_or_is_left_from_before_is_put_right()
    {
        var folder = TestFolder.Create("certhelper-openshift-");
        await RunAsync(folder);
        var once = Read(folder);
        await File.AppendAllTextAsync(Path.Combine(folder, "base", "service-web.yaml"), "# changed\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "overlays", "dev", "patch-service-web.yaml"), "kind: Service\n", TestContext.Current.CancellationToken);

        await RunAsync(folder);

        Assert.Equal(once, Read(folder));
        TestFolder.Delete(folder);
    }

    [Theory]
    [MemberData(nameof(Deployments.Overlays), MemberType = typeof(Deployments))]
    public void Base_components_and_patches_together_are_what_the_values_of_the_overlay_say(string overlay)
    {
        var wanted = Wanted(overlay);
        var rendered = Deployments.Rendered(overlay);

        TestContext.Current.TestOutputHelper?.WriteLine($"{overlay}: {rendered.Count} objects");
        AssertSame(wanted, rendered);
    }

    [Theory]
    [MemberData(nameof(Deployments.Overlays), MemberType = typeof(Deployments))]
    public async Task Kustomize_itself_makes_the_same_of_them(string overlay)
    {
        var program = Program("kubectl") ?? Program("kustomize");
        Assert.SkipWhen(program is null, "Neither kubectl nor kustomize is installed.");
        var folder = Path.Combine(Deployments.Folder, "overlays", overlay);
        var start = new ProcessStartInfo(program, Path.GetFileName(program) == "kubectl" ? ["kustomize", folder] : ["build", folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (process.ExitCode, errors));
        var rendered = YamlFiles.Parse(await output);
        TestContext.Current.TestOutputHelper?.WriteLine($"{overlay}: {rendered.Count} objects");
        AssertSame(Wanted(overlay), rendered);
    }

    [Fact]
    public void Requests_scale_the_pods_where_the_cluster_counts_them()
    {
        var folder = TestFolder.Create("certhelper-openshift-");
        var values = Deployments.Values;
        values.Overlays["staging"].Components.Add("autoscale-requests");
        foreach (var (name, text) in Tree.Files(Deployments.Manifest, values, ["staging"], out _))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            File.WriteAllText(Path.Combine(folder, name), text);
        }

        var scaler = Kustomize.Render(Path.Combine(folder, "overlays", "staging")).Single(item => (string)item["kind"]! == "HorizontalPodAutoscaler");

        Assert.Equal(["cpu", "http_server_requests_per_second"], scaler["spec"]!["metrics"]!.AsArray().Select(metric => (string?)metric!["resource"]?["name"] ?? (string)metric["pods"]!["metric"]!["name"]!));
        TestFolder.Delete(folder);
    }

    private static List<JsonObject> Wanted(string name)
    {
        var values = Deployments.Values;
        var overlay = values.Overlays[name];
        var objects = Tree.Objects(Deployments.Manifest, values, overlay, overlay.Components);
        foreach (var item in objects)
        {
            item["metadata"]!["namespace"] = overlay.Namespace;
            foreach (var container in Kustomize.Containers(item))
            {
                var image = ((string)container["image"]!).Split(':')[0];
                if (values.Workloads.Values.Any(workload => workload.Image == image)) container["image"] = $"{(overlay.Registry.Length > 0 ? overlay.Registry + "/" : "")}{image}:{overlay.Version ?? values.Version}";
            }
        }

        return objects;
    }

    private static void AssertSame(List<JsonObject> wanted, List<JsonObject> rendered)
    {
        Assert.Equal(wanted.Select(Kustomize.Id).Order(StringComparer.Ordinal), rendered.Select(Kustomize.Id).Order(StringComparer.Ordinal));
        // Lists keep their order, because the cluster composes variables from those before them; the order of fields says nothing.
        Assert.All(wanted, item => Assert.Equal(Sorted(item), Sorted(rendered.Single(other => Kustomize.Id(other) == Kustomize.Id(item)))));
    }

    private static string Sorted(JsonNode node) => Order(node).ToJsonString(new() { WriteIndented = true });

    private static JsonNode Order(JsonNode node) => node switch
    {
        JsonObject branch => new JsonObject(branch.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, entry.Value is null ? null : Order(entry.Value)))!),
        JsonArray list => new JsonArray([.. list.Select(entry => Order(entry!))]),
        _ => node.DeepClone(),
    };

    private static async Task RunAsync(string folder)
    {
        var errors = new StringWriter();
        var code = await Certhelper.OpenShift.Conversion.RunAsync(
            ["--manifest", Path.Combine(SharedData.Repository(), "aspire-manifest.json"), "--values", Path.Combine(SharedData.Repository(), "deploy", "values.yaml"), "--output", folder],
            TextWriter.Null, errors, TestContext.Current.CancellationToken);
        Assert.Equal((0, ""), (code, errors.ToString()));
    }

    private static Dictionary<string, string> Read(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToDictionary(file => Path.GetRelativePath(folder, file), File.ReadAllText);

    private static string? Program(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
