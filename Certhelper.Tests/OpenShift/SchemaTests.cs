using System.Text.Json.Nodes;
using Certhelper.OpenShift.Kinds;
using k8s;
using k8s.Models;

namespace Certhelper.Tests.OpenShift;

/// <summary>Every object is one that a cluster takes, with no field that it would drop in silence.</summary>
public sealed class SchemaTests
{
    /// <summary>Kinds of the Prometheus operator, which the published definitions do not have; their types here are strict.</summary>
    private static readonly Dictionary<string, Type> OwnTypes = new() { ["ServiceMonitor"] = typeof(ServiceMonitor), ["PrometheusRule"] = typeof(PrometheusRule) };

    /// <summary>Types for reading, where the definitions are not at hand.</summary>
    private static readonly Dictionary<string, Type> Types = new(OwnTypes)
    {
        ["Route"] = typeof(Route),
        ["ImageStream"] = typeof(ImageStream),
        ["BuildConfig"] = typeof(BuildConfig),
        ["ConfigMap"] = typeof(V1ConfigMap),
        ["CronJob"] = typeof(V1CronJob),
        ["Deployment"] = typeof(V1Deployment),
        ["HorizontalPodAutoscaler"] = typeof(V2HorizontalPodAutoscaler),
        ["NetworkPolicy"] = typeof(V1NetworkPolicy),
        ["PersistentVolumeClaim"] = typeof(V1PersistentVolumeClaim),
        ["PodDisruptionBudget"] = typeof(V1PodDisruptionBudget),
        ["Service"] = typeof(V1Service),
        ["ServiceAccount"] = typeof(V1ServiceAccount),
        ["StatefulSet"] = typeof(V1StatefulSet),
    };

    [Fact]
    public void Every_object_is_valid_by_the_published_definitions()
    {
        var schemas = new[] { Schema.Kubernetes(), Schema.OpenShift() };
        var (checkedBySchema, checkedByType) = (0, 0);
        var errors = new List<string>();
        foreach (var (where, item) in Deployments.All())
        {
            var answers = schemas.Select(schema => schema.Errors(item)).Where(found => found is not null).ToList();
            if (answers.Count > 0)
            {
                checkedBySchema++;
                errors.AddRange(answers[0]!.Select(error => $"{where}: {error}"));
            }
            else
            {
                checkedByType++;
                if (StrictError(item, OwnTypes) is { } error) errors.Add($"{where}: {error}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{checkedBySchema} objects by the published definitions, {checkedByType} by types: {errors.Count} errors");
        Assert.Empty(errors);
        Assert.True(checkedBySchema > 80, $"Only {checkedBySchema} objects were looked at.");
    }

    [Fact]
    public void Every_object_can_be_read_strictly_into_its_type()
    {
        var objects = Deployments.All().ToList();

        var errors = objects.Select(entry => (entry.Where, Error: StrictError(entry.Item, Types))).Where(entry => entry.Error is not null).ToList();

        TestContext.Current.TestOutputHelper?.WriteLine($"{objects.Count} objects: {errors.Count} errors");
        Assert.Empty(errors);
    }

    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "Deployment web", "/spec/template/spec/containers/0/livenessProbe/httpGet", "pathh" },
        { "Deployment web", "/spec/template/spec/securityContext", "readOnlyRootFilesystem" },
        { "Deployment web", "/spec/strategy/rollingUpdate", "maxUnavailble" },
        { "NetworkPolicy web", "/spec/egress/0", "from" },
        { "Route web", "/spec/tls", "insecure" },
        { "CronJob backup", "/spec", "timezone" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_wrong_field_is_found(string id, string path, string field)
    {
        var schemas = new[] { Schema.Kubernetes(), Schema.OpenShift() };
        var item = Deployments.Rendered("staging").Single(item => Kustomize.Id(item) == id);
        var place = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate((JsonNode)item, (node, word) => int.TryParse(word, out var index) ? node[index]! : node[word]!);
        place[field] = "x";

        Assert.Contains(schemas.SelectMany(schema => schema.Errors(item) ?? []), error => error.EndsWith($": {field} is not known.", StringComparison.Ordinal));
        Assert.NotNull(StrictError(item, Types));
    }

    [Fact]
    public void A_value_of_the_wrong_kind_is_found()
    {
        var schema = Schema.Kubernetes();
        var item = Deployments.Rendered("dev").Single(item => Kustomize.Id(item) == "Deployment web");
        item["spec"]!["replicas"] = "two";
        item["spec"]!["template"]!["spec"]!["containers"]![0]!["resources"]!["limits"]!["memory"] = "1 GB";
        item["metadata"]!.AsObject().Remove("name");
        item["spec"]!.AsObject().Remove("selector");

        var errors = schema.Errors(item)!;

        Assert.Equal(3, errors.Count);
        Assert.Contains(errors, error => error.Contains("replicas: it must be a whole number", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("1 GB is no quantity", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("selector is missing", StringComparison.Ordinal));
    }

    private static string? StrictError(JsonObject item, Dictionary<string, Type> types)
    {
        var yaml = Certhelper.OpenShift.Output.Yaml.Text(item);
        try
        {
            var read = KubernetesYaml.LoadAllFromString(yaml, new Dictionary<string, Type> { [$"{item["apiVersion"]}/{item["kind"]}"] = types[(string)item["kind"]!] }, strict: true);
            return read is [{ }] ? null : "It is not one object.";
        }
        catch (Exception exception) when (exception is YamlDotNet.Core.YamlException or FormatException or InvalidOperationException)
        {
            return exception.InnerException?.Message ?? exception.Message;
        }
    }
}
