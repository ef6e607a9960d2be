using System.Text.Json.Nodes;
using Certhelper.OpenShift;

namespace Certhelper.Tests.OpenShift;

/// <summary>Whatever an object names is there: in each overlay, as kustomize makes it.</summary>
public sealed class ReferencesTests
{
    [Theory]
    [MemberData(nameof(Deployments.Overlays), MemberType = typeof(Deployments))]
    public void Everything_that_is_named_exists(string overlay)
    {
        var missing = Missing(Deployments.Rendered(overlay), out var looked);

        TestContext.Current.TestOutputHelper?.WriteLine($"{overlay}: {looked} references");
        Assert.Empty(missing);
        Assert.True(looked > 100, $"Only {looked} references were looked at.");
    }

    [Theory]
    [InlineData("ConfigMap settings")]
    [InlineData("ConfigMap web-settings")]
    [InlineData("ServiceAccount jobs")]
    [InlineData("Service redis")]
    [InlineData("Service web")]
    [InlineData("Deployment jobs")]
    [InlineData("StatefulSet postgres")]
    [InlineData("PersistentVolumeClaim backups")]
    public void An_object_that_is_taken_away_is_missed(string id)
    {
        var objects = Deployments.Rendered("staging");
        Assert.Equal(1, objects.RemoveAll(item => Kustomize.Id(item) == id));

        Assert.NotEmpty(Missing(objects, out _));
    }

    [Fact]
    public void Every_secret_that_the_objects_name_is_made_by_the_script_and_no_other()
    {
        var script = File.ReadAllLines(Path.Combine(Deployments.Folder, "secrets.sh"));
        var made = script.Select(line => line.Split(' ')).Where(words => words is ["asked" or "made" or "escaped", { }, ..]).Select(words => words[1]).Where(name => name.Contains('-', StringComparison.Ordinal));
        var named = Deployments.All().SelectMany(entry => Kustomize.Containers(entry.Item)).SelectMany(container => Kustomize.List(container, "env"))
            .Select(variable => variable!["valueFrom"]?["secretKeyRef"]).OfType<JsonObject>();

        Assert.All(named, reference => Assert.Equal(Names.Secret, (string)reference["name"]!));
        Assert.Equal(named.Select(reference => (string)reference["key"]!).Distinct().Order(StringComparer.Ordinal), made.Order(StringComparer.Ordinal));
    }

    private static List<string> Missing(List<JsonObject> objects, out int looked)
    {
        var missing = new List<string>();
        var count = 0;
        var pods = objects.Select(item => (Item: item, Pod: PodTemplate(item))).Where(entry => entry.Pod is not null).ToList();
        JsonObject? Find(string kind, JsonNode? name) => objects.SingleOrDefault(item => (string)item["kind"]! == kind && (string)item["metadata"]!["name"]! == (string?)name);
        void Want(bool there, string what)
        {
            count++;
            if (!there) missing.Add(what);
        }

        bool Selects(JsonObject selector, JsonObject template) => selector.All(label => (string?)template["metadata"]!["labels"]![label.Key] == (string)label.Value!);
        List<JsonObject> Selected(JsonNode selector) => [.. pods.Where(entry => Selects(selector.AsObject(), entry.Pod!)).Select(entry => entry.Pod!)];

        foreach (var (item, template) in pods)
        {
            var id = Kustomize.Id(item);
            var spec = Kustomize.PodSpec(item)!;
            Want(Find("ServiceAccount", spec["serviceAccountName"]) is not null, $"{id}: service account {spec["serviceAccountName"]}");
            if (item["spec"]!["selector"]?["matchLabels"] is JsonObject own) Want(Selects(own, template!), $"{id}: its own pods");
            if (item["spec"]!["serviceName"] is { } service) Want(Find("Service", service) is not null, $"{id}: service {service}");
            var volumes = Kustomize.List(spec, "volumes").Select(volume => volume!.AsObject()).ToList();
            foreach (var volume in volumes)
            {
                if (volume["configMap"] is { } map) Want(Find("ConfigMap", map["name"]) is not null, $"{id}: config map {map["name"]}");
                if (volume["persistentVolumeClaim"] is { } claim) Want(Find("PersistentVolumeClaim", claim["claimName"]) is not null, $"{id}: claim {claim["claimName"]}");
                if (volume["secret"] is { } secret) Want((bool?)secret["optional"] == true && (string)secret["secretName"]! == Names.SecretFiles, $"{id}: secret {secret["secretName"]}");
            }

            var mountable = volumes.Select(volume => (string)volume["name"]!).Concat((item["spec"]!["volumeClaimTemplates"]?.AsArray() ?? []).Select(claim => (string)claim!["metadata"]!["name"]!)).ToList();
            var mounted = new HashSet<string>();
            foreach (var container in Kustomize.Containers(item))
            {
                foreach (var mount in Kustomize.List(container, "volumeMounts"))
                {
                    Want(mountable.Contains((string)mount!["name"]!), $"{id}: volume {mount["name"]}");
                    mounted.Add((string)mount["name"]!);
                }

                foreach (var from in Kustomize.List(container, "envFrom")) Want(Find("ConfigMap", from!["configMapRef"]!["name"]) is not null, $"{id}: config map {from["configMapRef"]!["name"]}");
                foreach (var variable in Kustomize.List(container, "env"))
                {
                    if (variable!["valueFrom"]?["configMapKeyRef"] is { } key) Want(Find("ConfigMap", key["name"])?["data"]?[(string)key["key"]!] is not null, $"{id}: {key["name"]}/{key["key"]}");
                }

                foreach (var probe in (string[])["startupProbe", "readinessProbe", "livenessProbe"])
                {
                    var port = container[probe]?["httpGet"]?["port"] ?? container[probe]?["tcpSocket"]?["port"];
                    if (port is not null) Want(Kustomize.List(container, "ports").Any(other => (string)other!["name"]! == (string)port!), $"{id}: port {port} of {probe}");
                }
            }

            Want(mountable.All(mounted.Contains), $"{id}: a volume that nothing mounts");
        }

        foreach (var service in objects.Where(item => (string)item["kind"]! == "Service"))
        {
            var targets = Selected(service["spec"]!["selector"]!);
            Want(targets.Count == 1, $"{Kustomize.Id(service)}: pods");
            foreach (var port in service["spec"]!["ports"]!.AsArray())
                Want(targets.All(pod => Ports(pod).Any(other => (string)other!["name"]! == (string)port!["targetPort"]!)), $"{Kustomize.Id(service)}: port {port!["targetPort"]}");
        }

        foreach (var route in objects.Where(item => (string)item["kind"]! == "Route"))
            Want(Find("Service", route["spec"]!["to"]!["name"])?["spec"]!["ports"]!.AsArray().Any(port => (string)port!["name"]! == (string)route["spec"]!["port"]!["targetPort"]!) == true, $"{Kustomize.Id(route)}: its service and port");
        foreach (var monitor in objects.Where(item => (string)item["kind"]! == "ServiceMonitor"))
        {
            var services = objects.Where(item => (string)item["kind"]! == "Service" && monitor["spec"]!["selector"]!["matchLabels"]!.AsObject().All(label => (string?)item["metadata"]!["labels"]![label.Key] == (string)label.Value!)).ToList();
            Want(services.Count == 1 && services[0]["spec"]!["ports"]!.AsArray().Any(port => (string)port!["name"]! == (string)monitor["spec"]!["endpoints"]![0]!["port"]!), $"{Kustomize.Id(monitor)}: its service and port");
        }

        foreach (var budget in objects.Where(item => (string)item["kind"]! == "PodDisruptionBudget")) Want(Selected(budget["spec"]!["selector"]!["matchLabels"]!).Count == 1, $"{Kustomize.Id(budget)}: pods");
        foreach (var scaler in objects.Where(item => (string)item["kind"]! == "HorizontalPodAutoscaler")) Want(Find((string)scaler["spec"]!["scaleTargetRef"]!["kind"]!, scaler["spec"]!["scaleTargetRef"]!["name"]) is not null, $"{Kustomize.Id(scaler)}: its target");
        foreach (var policy in objects.Where(item => (string)item["kind"]! == "NetworkPolicy"))
        {
            var targets = Selected(policy["spec"]!["podSelector"]!["matchLabels"]!);
            Want(targets.Count > 0, $"{Kustomize.Id(policy)}: pods");
            foreach (var (direction, ends) in ((string, string)[])[("ingress", "from"), ("egress", "to")])
            {
                foreach (var rule in policy["spec"]![direction]?.AsArray() ?? [])
                {
                    foreach (var peer in rule![ends]!.AsArray().Select(peer => peer!["podSelector"]?["matchLabels"]).OfType<JsonObject>())
                    {
                        var others = Selected(peer);
                        Want(others.Count > 0, $"{Kustomize.Id(policy)}: {peer.ToJsonString()}");
                        // The port is one on which whoever is reached listens.
                        foreach (var port in rule["ports"]!.AsArray())
                            Want((direction == "egress" ? others : targets).All(pod => Ports(pod).Any(open => (int)open!["containerPort"]! == (int)port!["port"]!)), $"{Kustomize.Id(policy)}: port {port!["port"]}");
                    }
                }
            }
        }

        // Addresses of our own services in variables.
        foreach (var service in objects.Where(item => (string)item["kind"]! == "Deployment").SelectMany(Kustomize.Containers).SelectMany(container => Kustomize.List(container, "env")).Select(variable => (string?)variable!["value"]).OfType<string>()
            .Where(value => value.StartsWith("http://", StringComparison.Ordinal)).Select(value => new Uri(value)))
            Want(Find("Service", service.Host)?["spec"]!["ports"]!.AsArray().Any(port => (int)port!["port"]! == service.Port) == true, $"service {service.Authority}");
        foreach (var host in (string[])["REDIS_HOST", "CERTHELPER_HOST"])
        {
            foreach (var value in objects.SelectMany(Kustomize.Containers).SelectMany(container => Kustomize.List(container, "env")).Where(variable => (string)variable!["name"]! == host).Select(variable => (string)variable!["value"]!))
                Want(value.Contains('.', StringComparison.Ordinal) || Find("Service", value) is not null, $"{host}: service {value}");
        }

        looked = count;
        return missing;
    }

    private static JsonObject? PodTemplate(JsonObject item) => (string)item["kind"]! switch
    {
        "Deployment" or "StatefulSet" => item["spec"]!["template"]!.AsObject(),
        "CronJob" => item["spec"]!["jobTemplate"]!["spec"]!["template"]!.AsObject(),
        _ => null,
    };

    private static IEnumerable<JsonNode?> Ports(JsonObject template) => template["spec"]!["containers"]!.AsArray().SelectMany(container => container!["ports"]?.AsArray() ?? []);
}
