using System.Text.Json.Nodes;
using Certhelper.OpenShift;
using Certhelper.OpenShift.Configuration;
using Certhelper.OpenShift.Manifest;
using Certhelper.OpenShift.Output;
using Certhelper.OpenShift.Resolving;
using Certhelper.Tests.Infrastructure;
using Certhelper.Tests.Oms;
using k8s.Models;

namespace Certhelper.Tests.OpenShift;

/// <summary>From what the model published to what the cluster composes, and what is said when that cannot be done.</summary>
public sealed class ConversionTests
{
    private const string SampleValues = """
        application: sample
        version: 1.0.0
        baseImage: example.org/base:1
        parameters: {sso-authority: https://auth.example.org/realms/x}
        workloads:
          web: {image: web, resources: {requests: {cpu: 1, memory: 1Mi}, limits: {cpu: 1, memory: 1Mi}}}
          jobs: {image: jobs, resources: {requests: {cpu: 1, memory: 1Mi}, limits: {cpu: 1, memory: 1Mi}}}
          migrate: {image: jobs, initOf: [web, jobs], resources: {requests: {cpu: 1, memory: 1Mi}, limits: {cpu: 1, memory: 1Mi}}}
        stores:
          postgres: {storage: 1Gi, resources: {requests: {cpu: 1, memory: 1Mi}, limits: {cpu: 1, memory: 1Mi}}}
          redis: {resources: {requests: {cpu: 1, memory: 1Mi}, limits: {cpu: 1, memory: 1Mi}}}
        network:
          routers: {a: b}
          nameService: {c: d}
          nameServicePorts: [53]
        overlays:
          here: {namespace: sample, host: sample.example.org, registry: example.org, components: [postgres]}
        """;

    [Fact]
    public void Manifest_that_real_aspire_published_converts()
    {
        var manifest = ManifestReader.Read(SharedData.Read("aspire-manifest.sample.json"));

        var objects = Objects(manifest, SampleValues);

        var web = Variables(objects, "web");
        Assert.Equal("Host=postgres;Port=5432;Username=postgres;Password=$(PARAM_POSTGRES_PASSWORD);Database=certhelper", web["ConnectionStrings__certhelper"].Value);
        Assert.Equal("redis:6379,password=$(PARAM_REDIS_PASSWORD)", web["ConnectionStrings__redis"].Value);
        Assert.Equal("redis://:$(PARAM_REDIS_PASSWORD_URI_ENCODED)@redis:6379", web["REDIS_URI"].Value);
        Assert.Equal("oms-client-secret", web["Oms__ClientSecret"].ValueFrom.SecretKeyRef.Key);
        Assert.Equal("sso-authority", web["OMS"].ValueFrom.ConfigMapKeyRef.Key);
        Assert.Equal("8080", web["HTTP_PORTS"].Value);
        Assert.Equal("redis-server --requirepass $REDIS_PASSWORD", objects.OfType<V1Deployment>().Single(item => item.Metadata.Name == "redis").Spec.Template.Spec.Containers[0].Args[1]);
    }

    [Fact]
    public void A_variable_that_is_composed_of_others_stands_after_them()
    {
        foreach (var (where, item) in Deployments.All())
        {
            foreach (var container in Kustomize.Containers(item))
            {
                var before = new HashSet<string>();
                foreach (var variable in Kustomize.List(container, "env"))
                {
                    foreach (System.Text.RegularExpressions.Match match in System.Text.RegularExpressions.Regex.Matches((string?)variable!["value"] ?? "", @"(?<!\$)\$\((\w+)\)"))
                        Assert.True(before.Contains(match.Groups[1].Value), $"{where}, {variable["name"]}: {match.Groups[1].Value} is not set before it.");
                    Assert.True(before.Add((string)variable["name"]!), $"{where}: {variable["name"]} is there twice.");
                }
            }
        }
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("cost: $5, $$ and $(HOME)", "cost: $5, $$$$ and $$(HOME)")]
    [InlineData("{{curly}}", "{curly}")]
    [InlineData("{store.bindings.tcp.scheme}://{store.bindings.tcp.host}:{store.bindings.tcp.port}/{store.bindings.tcp.targetPort}", "tcp://store:7000/5000")]
    [InlineData("{store.bindings.tcp.url}", "tcp://store:7000")]
    [InlineData("{url.value}/x", "$(PARAM_URL)/x")]
    [InlineData("{url.inputs.value}/x", "$(PARAM_URL)/x")]
    [InlineData("a={secret.value};b={encoded.value};c={open.value}", "a=$(PARAM_SECRET);b=$(PARAM_ENCODED);c=https%3A%2F%2Fexample.org%3A8443%2Fapi")]
    [InlineData("{named.connectionString}{empty.connectionString}", "store:7000;k=$(PARAM_SECRET);d=1")]
    public void An_expression_becomes_text_for_the_cluster(string template, string expected)
    {
        var (resolver, footprint) = Resolver();

        Assert.Equal(expected, EnvironmentBuilder.Text(resolver.Resolve(template, "here", footprint)!, []));
    }

    [Fact]
    public void What_is_talked_to_is_known_from_the_expressions()
    {
        var (resolver, footprint) = Resolver();

        resolver.Resolve("{named.connectionString} {url.value} {store.bindings.tcp.targetPort}", "here", footprint);

        Assert.Equal([("store", "tcp")], footprint.Reaches);
        Assert.Equal([8443], footprint.OutsidePorts);
        Assert.Equal(["secret"], footprint.Secrets);
    }

    [Theory]
    [InlineData("{nobody.value}", "here: {nobody.value} names a resource that the manifest does not have.")]
    [InlineData("{store.bindings.http.port}", "here: the expression {store.bindings.http.port} is not known.")]
    [InlineData("{store.bindings.tcp.color}", "here: the expression {store.bindings.tcp.color} is not known.")]
    [InlineData("{store.outputs.name}", "here: the expression {store.outputs.name} is not known.")]
    [InlineData("{named.value}", "here: the expression {named.value} is not known.")]
    [InlineData("{url.inputs.other}", "here: the expression {url.inputs.other} is not known.")]
    [InlineData("{loop.a}", "here: {loop.a} leads back to itself.")]
    [InlineData("{blank.value}", "here: the parameter blank has no value; set parameters: { blank: … } in the values.")]
    [InlineData("{both.value}", "here: both escapes more than one secret at once, which is not known.")]
    [InlineData("{url.value", "The expression in \"{url.value\" has no end.")]
    public void An_expression_that_is_not_known_is_named(string template, string message)
    {
        var (resolver, footprint) = Resolver();

        Assert.Equal(message, Assert.Throws<ConversionException>(() => resolver.Resolve(template, "here", footprint)).Message);
    }

    [Theory]
    [InlineData("""{"resources":{"queue":{"type":"azure.bicep.v0","path":"x.bicep"}}}""", "Resource queue: the type azure.bicep.v0 is not known")]
    [InlineData("""{"resources":{"queue":{"path":"x"}}}""", "Resource queue: it has no type.")]
    [InlineData("""{"resources":{"web":{"type":"project.v0","path":"x","deployment":{}}}}""", "Resource web: the property deployment is not known.")]
    [InlineData("""{"resources":{"web":{"type":"project.v0","path":"x","bindings":{"http":{"scheme":"http","tls":true}}}}}""", "Resource web, binding http: the property tls is not known.")]
    [InlineData("""{"resources":{"web":{"type":"project.v0","path":"x","env":{"A":1}}}}""", "Resource web: the property A is no text.")]
    [InlineData("""{"resources":{"x":{"type":"annotated.string","value":"y","filter":"base64"}}}""", "Resource x: the filter \"base64\" is not known")]
    [InlineData("""{"resources":{"p":{"type":"parameter.v0","value":"{p.inputs.a}","inputs":{"a":{"type":"string"},"b":{"type":"string"}}}}}""", "Resource p: a parameter has one input, not 2.")]
    [InlineData("""{"resources":{},"outputs":{}}""", "The manifest: the property outputs is not known.")]
    [InlineData("""{"resources":""", "The manifest is not JSON")]
    [InlineData("{}", "The manifest has no resources.")]
    public async Task A_manifest_that_is_not_known_is_an_error_and_writes_nothing(string manifest, string message)
    {
        var (code, errors, written) = await RunAsync(manifest, Deployments.ValuesText);

        Assert.Equal((1, 0), (code, written));
        Assert.StartsWith("certhelper openshift: " + message, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expression_of_the_manifest_that_is_not_known_is_named_with_its_place()
    {
        var manifest = Deployments.ManifestText.Replace("\"{mail-port.value}\"", "\"{mail-port.outputs.number}\"", StringComparison.Ordinal);

        var (code, errors, written) = await RunAsync(manifest, Deployments.ValuesText);

        Assert.Equal((1, 0, "certhelper openshift: Resource jobs, variable Mail__Port: the expression {mail-port.outputs.number} is not known.\n"), (code, written, errors));
    }

    [Fact]
    public async Task Stand_ins_have_no_place_in_a_cluster()
    {
        var manifest = JsonNode.Parse(Deployments.ManifestText)!;
        manifest["resources"]!["standins"] = new JsonObject { ["type"] = "project.v0", ["path"] = "Certhelper.Standins/Certhelper.Standins.csproj" };

        var (code, errors, written) = await RunAsync(manifest.ToJsonString(), Deployments.ValuesText);

        Assert.Equal((1, 0), (code, written));
        Assert.Contains("Resource standins: Certhelper.Standins plays outside services", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application: certhelper", "applicatoin: certhelper", "applicatoin")]
    [InlineData("version: 2.0.0", "version: latest", "\"latest\" says not which")]
    [InlineData("    replicas: 2\n    metricsPort: 9464\n    # Routers", "    replicas: many\n    metricsPort: 9464\n    # Routers", "line 10")]
    [InlineData("  redis:\n", "  rabbit:\n", "stores: the manifest has no such rabbit")]
    [InlineData("    host: certhelper.web.cern.ch", "    parameters: {client-secret: x}\n    host: certhelper.web.cern.ch", "client-secret is a secret")]
    [InlineData("Proxy__Networks: 10.128.0.0/14", "Mail__Port: \"26\"", "Mail__Port comes from the manifest")]
    [InlineData("components: [backup, autoscale, monitoring]", "components: [postgres, backup]", "postgres must be either among the components or outside")]
    [InlineData("components: [backup, autoscale, monitoring]", "components: [backups]", "there is no backups")]
    [InlineData("components: [backup, autoscale, monitoring]", "components: [autoscale-requests]", "autoscale-requests needs autoscale before it")]
    [InlineData("      limits: {cpu: 500m, memory: 256Mi}", "      limits: {cpu: 500m}", "stores: redis: resources need requests and limits of memory")]
    [InlineData("  routers: {network.openshift.io/policy-group: ingress}", "  routers: {}", "an empty selector would let everybody in")]
    [InlineData("  hangfire:\n", "  jobs: {workload: jobs}\n  hangfire:\n", "jobs has no external binding")]
    public async Task Values_that_do_not_fit_are_an_error_and_write_nothing(string from, string to, string message)
    {
        Assert.Contains(from, Deployments.ValuesText, StringComparison.Ordinal);

        var (code, errors, written) = await RunAsync(Deployments.ManifestText, Deployments.ValuesText.Replace(from, to, StringComparison.Ordinal));

        Assert.Equal((1, 0), (code, written));
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--overlay", "moon")]
    [InlineData("--manifest", "/nowhere.json")]
    public async Task What_is_asked_for_and_is_not_there_is_named(string option, string value)
    {
        var (code, errors, written) = await RunAsync(Deployments.ManifestText, Deployments.ValuesText, option, value);

        Assert.Equal((1, 0), (code, written));
        Assert.Contains(value, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_overlay_alone_leaves_the_others_out()
    {
        var folder = TestFolder.Create("certhelper-openshift-");
        await RunInAsync(folder, Deployments.ManifestText, Deployments.ValuesText, "--overlay", "dev");

        Assert.Equal(["dev"], Directory.EnumerateDirectories(Path.Combine(folder, "out", "overlays")).Select(path => Path.GetFileName(path)));
        TestFolder.Delete(folder);
    }

    [Fact]
    public void An_overlay_that_changes_which_variables_there_are_is_refused()
    {
        var from = JsonNode.Parse("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"x"},"spec":{"containers":[{"name":"c","env":[{"name":"Z","value":"0"},{"name":"A","value":"1"},{"name":"C","value":"3"}]}]}}""")!.AsObject();
        var changed = JsonNode.Parse(from.ToJsonString().Replace("\"1\"", "\"2\"", StringComparison.Ordinal))!.AsObject();
        var more = JsonNode.Parse(from.ToJsonString().Replace("{\"name\":\"A\"", "{\"name\":\"B\",\"value\":\"0\"},{\"name\":\"A\"", StringComparison.Ordinal))!.AsObject();

        Assert.Null(Patch.Between(from, from));
        // What stands before it is named too: kustomize would put it first otherwise.
        Assert.Equal("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"x"},"spec":{"containers":[{"name":"c","env":[{"name":"Z"},{"name":"A","value":"2"}]}]}}""", Patch.Between(from, changed)!.ToJsonString());
        Assert.Throws<ConversionException>(() => Patch.Between(from, more));
    }

    private static List<object> Objects(ApplicationManifest manifest, string yaml)
    {
        var composition = Composer.Compose(manifest, new EffectiveValues(ValuesReader.Read(yaml, manifest), null));
        return [.. composition.Common, .. composition.Components.SelectMany(component => component.Objects)];
    }

    private static Dictionary<string, V1EnvVar> Variables(List<object> objects, string name) =>
        objects.OfType<V1Deployment>().Single(item => item.Metadata.Name == name).Spec.Template.Spec.Containers[0].Env.ToDictionary(variable => variable.Name);

    private static (Resolver Resolver, Footprint Footprint) Resolver()
    {
        var manifest = ManifestReader.Read("""
            {"resources":{
              "store":{"type":"container.v0","image":"x:1","connectionString":"{store.bindings.tcp.host}:{store.bindings.tcp.port}","bindings":{"tcp":{"scheme":"tcp","protocol":"tcp","targetPort":5000,"port":7000}}},
              "named":{"type":"value.v0","connectionString":"{store.connectionString};k={secret.value};d=1"},
              "empty":{"type":"value.v0","connectionString":""},
              "loop":{"type":"value.v0","a":"{loop.b}","b":"{loop.a}"},
              "url":{"type":"parameter.v0","value":"{url.inputs.value}","inputs":{"value":{"type":"string","default":{"value":"https://example.org:8443/api"}}}},
              "blank":{"type":"parameter.v0","value":"{blank.inputs.value}","inputs":{"value":{"type":"string"}}},
              "secret":{"type":"parameter.v0","value":"{secret.inputs.value}","inputs":{"value":{"type":"string","secret":true,"default":{"generate":{"minLength":22}}}}},
              "encoded":{"type":"annotated.string","value":"{secret.value}","filter":"uri"},
              "open":{"type":"annotated.string","value":"{url.value}","filter":"uri"},
              "both":{"type":"annotated.string","value":"{secret.value}-{secret.value}","filter":"uri"}
            }}
            """);
        return (new Resolver(manifest, new EffectiveValues(new Values(), null)), new Footprint());
    }

    private static async Task<(int Code, string Errors, int Written)> RunAsync(string manifest, string values, params string[] more)
    {
        var folder = TestFolder.Create("certhelper-openshift-");
        var (code, errors) = await RunInAsync(folder, manifest, values, more);
        var written = Directory.Exists(Path.Combine(folder, "out")) ? Directory.EnumerateFiles(Path.Combine(folder, "out"), "*", SearchOption.AllDirectories).Count() : 0;
        TestFolder.Delete(folder);
        return (code, errors, written);
    }

    private static async Task<(int Code, string Errors)> RunInAsync(string folder, string manifest, string values, params string[] more)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "manifest.json"), manifest, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "values.yaml"), values, TestContext.Current.CancellationToken);
        var errors = new StringWriter();
        var code = await Conversion.RunAsync(
            ["--manifest", Path.Combine(folder, "manifest.json"), "--values", Path.Combine(folder, "values.yaml"), "--output", Path.Combine(folder, "out"), .. more],
            TextWriter.Null, errors, TestContext.Current.CancellationToken);
        return (code, errors.ToString().ReplaceLineEndings("\n"));
    }
}
