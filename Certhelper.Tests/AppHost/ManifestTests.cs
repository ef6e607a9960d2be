using System.Text.Json.Nodes;
using Aspire.Hosting;
using Certhelper.AppHost.LocalEngine;
using Certhelper.Tests.Infrastructure;
using Certhelper.Tests.Oms;

namespace Certhelper.Tests.AppHost;

/// <summary>The manifest is what real Aspire publishes from the same model.</summary>
public sealed class ManifestTests
{
    private const string LaunchSettings = """{ "profiles": { "http": { "commandName": "Project", "applicationUrl": "http://localhost:5000" } } }""";

    [Fact]
    public async Task Sample_model_gives_the_manifest_that_real_aspire_published()
    {
        var recorded = Comparable(SharedData.Read("aspire-manifest.sample.json"));
        var root = TestFolder.Create("certhelper-manifest-");
        foreach (var project in new[] { "Web", "Jobs" })
        {
            Directory.CreateDirectory(Path.Combine(root, project, "Properties"));
            await File.WriteAllTextAsync(Path.Combine(root, project, "Properties", "launchSettings.json"), LaunchSettings, TestContext.Current.CancellationToken);
        }

        var path = Path.Combine(root, "aspire-manifest.json");
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = ["--publisher", "manifest", "--output-path", path],
            ProjectDirectory = Path.Combine(root, "AppHost"),
            ProjectName = "AppHost",
        });
        var postgres = builder.AddPostgres("postgres").WithDataVolume();
        var db = postgres.AddDatabase("certhelper");
        var redis = builder.AddRedis("redis");
        var omsSecret = builder.AddParameter("oms-client-secret", secret: true);
        var ssoAuthority = builder.AddParameter("sso-authority");
        var oms = builder.AddExternalService("oms", ssoAuthority);
        var migrate = builder.AddProject("migrate", "../Jobs/Jobs.csproj", o => o.ExcludeLaunchProfile = true)
            .WithArgs("migrate").WithReference(db).WaitFor(db);
        builder.AddProject("web", "../Web/Web.csproj").WithReference(db).WithReference(redis).WaitFor(redis)
            .WithEnvironment("Oms__ClientSecret", omsSecret).WithEnvironment("Sso__Authority", ssoAuthority).WithReference(oms)
            .WithHttpHealthCheck("/health").WithExternalHttpEndpoints().WithReplicas(2).WaitForCompletion(migrate);
        builder.AddProject("jobs", "../Jobs/Jobs.csproj").WithReference(db).WithReference(redis).WithReplicas(2).WaitForCompletion(migrate);
        await ManifestWriter.WriteFileAsync((DistributedApplicationBuilder)builder, TestContext.Current.CancellationToken);

        var written = Comparable(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));

        Assert.Equal(recorded, written);
        TestFolder.Delete(root);
    }

    [Fact]
    public async Task Committed_manifest_is_the_one_that_the_model_gives()
    {
        var committed = Path.Combine(SharedData.Repository(), "aspire-manifest.json");
        // Beside the committed one, because project paths are relative to the manifest.
        var fresh = Path.Combine(SharedData.Repository(), $"aspire-manifest.{Environment.ProcessId}.json");

        try
        {
            var (exitCode, _, errors) = await AppHostProgram.RunAsync("--publisher", "manifest", "--output-path", fresh);

            Assert.Equal((0, ""), (exitCode, errors));
            Assert.Equal(
                await File.ReadAllTextAsync(fresh, TestContext.Current.CancellationToken),
                await File.ReadAllTextAsync(committed, TestContext.Current.CancellationToken));
        }
        finally
        {
            File.Delete(fresh);
        }
    }

    [Fact]
    public void Committed_manifest_holds_no_stand_in_and_no_secret()
    {
        var resources = JsonNode.Parse(File.ReadAllText(Path.Combine(SharedData.Repository(), "aspire-manifest.json")))!["resources"]!.AsObject();

        Assert.DoesNotContain("standins", resources.Select(resource => resource.Key));
        Assert.DoesNotContain("tracker-host", resources.Select(resource => resource.Key));
        Assert.DoesNotContain("PrivateKeyFile", resources["jobs"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.True(resources["tracker-password"]!["inputs"]!["value"]!["secret"]!.GetValue<bool>());
        Assert.True(resources["client-secret"]!["inputs"]!["value"]!["secret"]!.GetValue<bool>());
        Assert.Null(resources["client-secret"]!["inputs"]!["value"]!["default"]);
        Assert.Null(resources["web"]!["env"]!["ASPNETCORE_ENVIRONMENT"]);
    }

    /// <summary>The text without what may differ: tags of images, names of volumes.</summary>
    private static string Comparable(string manifest)
    {
        var root = JsonNode.Parse(manifest)!;
        foreach (var (_, resource) in root["resources"]!.AsObject())
        {
            if (resource!["image"] is { } image) resource["image"] = image.GetValue<string>().Split(':')[0];
            foreach (var volume in resource["volumes"]?.AsArray() ?? []) volume!.AsObject().Remove("name");
        }

        return Sorted(root).ToJsonString(new() { WriteIndented = true });
    }

    private static JsonNode Sorted(JsonNode node) => node switch
    {
        JsonObject branch => new JsonObject(branch.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, entry.Value is null ? null : Sorted(entry.Value)))!),
        JsonArray list => new JsonArray([.. list.Select(entry => Sorted(entry!))]),
        _ => node.DeepClone(),
    };
}
