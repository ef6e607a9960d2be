using System.Text.Json.Nodes;
using Certhelper.Tests.Oms;

namespace Certhelper.Tests.OpenShift;

/// <summary>What must hold for every pod, whatever it runs.</summary>
public sealed class PolicyTests
{
    [Fact]
    public void Nothing_in_a_pod_may_become_more_than_it_is()
    {
        foreach (var (where, item) in Deployments.All())
        {
            if (Kustomize.PodSpec(item) is not { } spec) continue;
            Assert.Equal((true, "RuntimeDefault"), ((bool)spec["securityContext"]!["runAsNonRoot"]!, (string)spec["securityContext"]!["seccompProfile"]!["type"]!));
            Assert.False((bool)spec["automountServiceAccountToken"]!, where);
            Assert.Equal(["hostIPC", "hostNetwork", "hostPID", "shareProcessNamespace"], ((string[])["hostIPC", "hostNetwork", "hostPID", "shareProcessNamespace"]).Where(key => spec[key] is null));
            Assert.DoesNotContain(Kustomize.List(spec, "volumes"), volume => volume!["hostPath"] is not null);
            // The cluster gives each project user ids of its own; one that is written down would be refused.
            Assert.All((string[])["runAsUser", "runAsGroup", "fsGroup", "supplementalGroups"], key => Assert.Null(spec["securityContext"]![key]));
            Assert.NotEmpty(Kustomize.Containers(item));
            foreach (var container in Kustomize.Containers(item))
            {
                var security = container["securityContext"]!;
                Assert.Equal((false, true, true), ((bool)security["allowPrivilegeEscalation"]!, (bool)security["readOnlyRootFilesystem"]!, (bool)security["runAsNonRoot"]!));
                Assert.Equal("""{"drop":["ALL"]}""", security["capabilities"]!.ToJsonString());
                Assert.Null(security["privileged"]);
                Assert.Null(security["runAsUser"]);
            }
        }
    }

    [Fact]
    public void Every_container_says_which_image_and_how_much()
    {
        foreach (var (where, item) in Deployments.All())
        {
            foreach (var container in Kustomize.Containers(item))
            {
                Assert.Matches(@"^[a-z0-9./-]+:\d[\w.-]*$", (string)container["image"]!);
                foreach (var amount in (string[])["cpu", "memory"])
                {
                    Assert.True(container["resources"]?["requests"]?[amount] is not null, $"{where}: no request of {amount}");
                    Assert.True(container["resources"]?["limits"]?[amount] is not null, $"{where}: no limit of {amount}");
                }
            }
        }
    }

    [Fact]
    public void Everything_that_serves_says_when_it_started_is_ready_and_lives()
    {
        foreach (var (where, item) in Deployments.All().Where(entry => (string)entry.Item["kind"]! is "Deployment" or "StatefulSet"))
        {
            foreach (var container in Kustomize.PodSpec(item)!["containers"]!.AsArray())
            {
                Assert.All((string[])["startupProbe", "readinessProbe", "livenessProbe"], probe => Assert.True(container![probe] is not null, $"{where}: no {probe}"));
                if ((string)container!["name"]! is not ("web" or "jobs")) continue;
                Assert.Equal(
                    ("/alive", "/health", "/alive"),
                    ((string)container["startupProbe"]!["httpGet"]!["path"]!, (string)container["readinessProbe"]!["httpGet"]!["path"]!, (string)container["livenessProbe"]!["httpGet"]!["path"]!));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Deployments.Overlays), MemberType = typeof(Deployments))]
    public void A_change_over_never_leaves_nobody_to_answer(string overlay)
    {
        foreach (var name in (string[])["web", "jobs"])
        {
            var item = Deployments.Rendered(overlay).Single(item => Kustomize.Id(item) == "Deployment " + name);
            var spec = item["spec"]!["template"]!["spec"]!;
            var container = spec["containers"]!.AsArray().Single()!;

            Assert.Equal((0, 1), ((int)item["spec"]!["strategy"]!["rollingUpdate"]!["maxUnavailable"]!, (int)item["spec"]!["strategy"]!["rollingUpdate"]!["maxSurge"]!));
            var drain = (int)container["lifecycle"]!["preStop"]!["sleep"]!["seconds"]!;
            // Web hosts stop within 30 s, the process of the jobs within 60 s: the cluster must wait longer than both together.
            Assert.True((int)spec["terminationGracePeriodSeconds"]! >= drain + (name == "jobs" ? 60 : 30) + 5, name);
            Assert.Equal(2, spec["topologySpreadConstraints"]!.AsArray().Count);
            Assert.Equal(name == "jobs" || name == "web" ? "migrate" : null, (string?)spec["initContainers"]![0]!["name"]);
            Assert.Equal(["migrate"], spec["initContainers"]![0]!["args"]!.AsArray().Select(word => (string)word!));
        }
    }

    [Fact]
    public void Production_has_two_of_each_and_at_most_one_goes_at_a_time()
    {
        var objects = Deployments.Rendered("production");

        Assert.Equal(2, (int)objects.Single(item => Kustomize.Id(item) == "Deployment jobs")["spec"]!["replicas"]!);
        // The autoscaler decides about the web.
        Assert.Null(objects.Single(item => Kustomize.Id(item) == "Deployment web")["spec"]!["replicas"]);
        Assert.Equal(2, (int)objects.Single(item => Kustomize.Id(item) == "HorizontalPodAutoscaler web")["spec"]!["minReplicas"]!);
        Assert.All((string[])["web", "jobs"], name => Assert.Equal(1, (int)objects.Single(item => Kustomize.Id(item) == "PodDisruptionBudget " + name)["spec"]!["maxUnavailable"]!));
    }

    [Fact]
    public void The_way_in_is_encrypted_sticks_to_nobody_and_keeps_web_sockets()
    {
        foreach (var overlay in Deployments.Values.Overlays)
        {
            var routes = Deployments.Rendered(overlay.Key).Where(item => (string)item["kind"]! == "Route").ToList();

            Assert.Equal([null, "/hangfire"], routes.Select(route => (string?)route["spec"]!["path"]).Order());
            Assert.All(routes, route =>
            {
                Assert.Equal((overlay.Value.Host, "edge", "Redirect"), ((string)route["spec"]!["host"]!, (string)route["spec"]!["tls"]!["termination"]!, (string)route["spec"]!["tls"]!["insecureEdgeTerminationPolicy"]!));
                Assert.Equal(("true", "1h"), ((string)route["metadata"]!["annotations"]!["haproxy.router.openshift.io/disable_cookies"]!, (string)route["metadata"]!["annotations"]!["haproxy.router.openshift.io/timeout-tunnel"]!));
                // The dashboard of the jobs is behind the web's own check of who asks.
                Assert.Equal("web", (string)route["spec"]!["to"]!["name"]!);
            });
        }
    }

    [Fact]
    public void Who_may_talk_to_whom_is_what_the_model_says()
    {
        var policies = Deployments.Rendered("staging").Where(item => (string)item["kind"]! == "NetworkPolicy").ToDictionary(item => (string)item["metadata"]!["name"]!);

        Assert.Null(policies["closed"]["spec"]!["ingress"]);
        Assert.Null(policies["closed"]["spec"]!["egress"]);
        Assert.Equal(["Ingress", "Egress"], policies["closed"]["spec"]!["policyTypes"]!.AsArray().Select(type => (string)type!));
        Assert.Equal(["network.openshift.io/policy-group=ingress:8080"], Peers(policies["web"], "ingress", "from"));
        Assert.Equal(["web:8080"], Peers(policies["jobs"], "ingress", "from"));
        Assert.Equal(["backup:5432", "jobs:5432", "web:5432"], Peers(policies["postgres"], "ingress", "from"));
        Assert.Equal(["jobs:6379", "web:6379"], Peers(policies["redis"], "ingress", "from"));
        Assert.Null(policies["postgres"]["spec"]!["egress"]);
        Assert.Null(policies["redis"]["spec"]!["egress"]);
        Assert.Null(policies["backup"]["spec"]!["ingress"]);
        Assert.Equal(["0.0.0.0/0:443", "0.0.0.0/0:80", "jobs:8080", "kubernetes.io/metadata.name=openshift-dns:53", "kubernetes.io/metadata.name=openshift-dns:5353", "postgres:5432", "redis:6379"], Peers(policies["web"], "egress", "to"));
        Assert.Equal(["kubernetes.io/metadata.name=openshift-dns:53", "kubernetes.io/metadata.name=openshift-dns:5353", "postgres:5432"], Peers(policies["backup"], "egress", "to"));
    }

    [Fact]
    public void Production_keeps_its_data_outside_and_the_others_inside()
    {
        var production = Deployments.Rendered("production");

        Assert.DoesNotContain(production, item => (string)item["metadata"]!["name"]! == "postgres");
        Assert.Equal(
            ["Host=dbod-certhelper.cern.ch;Port=6600;Username=certhelper;Password=$(PARAM_POSTGRES_PASSWORD);SSL Mode=Require;Database=certhelper"],
            production.SelectMany(Kustomize.Containers).SelectMany(container => Kustomize.List(container, "env")).Where(variable => (string)variable!["name"]! == "ConnectionStrings__certhelper").Select(variable => (string)variable!["value"]!).Distinct());
        var backup = Kustomize.Containers(production.Single(item => Kustomize.Id(item) == "CronJob backup")).Single()["env"]!.AsArray().ToDictionary(variable => (string)variable!["name"]!, variable => (string?)variable!["value"]);
        Assert.Equal(("dbod-certhelper.cern.ch", "6600", "certhelper", "certhelper", "require", "$(PARAM_POSTGRES_PASSWORD)"), (backup["PGHOST"], backup["PGPORT"], backup["PGUSER"], backup["PGDATABASE"], backup["PGSSLMODE"], backup["PGPASSWORD"]));
        Assert.All((string[])["dev", "staging"], overlay => Assert.Contains(Deployments.Rendered(overlay), item => Kustomize.Id(item) == "StatefulSet postgres"));
    }

    [Fact]
    public void No_file_holds_a_secret_or_a_stand_in()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(SharedData.Repository(), "deploy"), "*", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file);
            Assert.DoesNotContain("standin", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("kind: Secret\n", text, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"(?i)password=(?!\$\(|\{)[^\s;""]", text);
        }

        // A variable whose name says that it is secret comes from the Secret, or is composed.
        foreach (var (where, variable) in Deployments.All().SelectMany(entry => Kustomize.Containers(entry.Item).SelectMany(container => Kustomize.List(container, "env").Select(variable => (entry.Where, variable!.AsObject())))))
        {
            var name = (string)variable["name"]!;
            if (!name.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase) && !name.Contains("SECRET", StringComparison.OrdinalIgnoreCase)) continue;
            Assert.True(variable["valueFrom"]?["secretKeyRef"] is not null || ((string?)variable["value"])?.StartsWith("$(PARAM_", StringComparison.Ordinal) == true, $"{where}: {name}");
        }
    }

    [Fact]
    public void Images_are_made_on_the_base_that_the_values_name()
    {
        var targets = File.ReadAllText(Path.Combine(SharedData.Repository(), "Directory.Build.targets"));

        Assert.Contains($">{Deployments.Values.BaseImage.Replace("noble-chiseled-extra", "$(ContainerFamily)", StringComparison.Ordinal)}<", targets, StringComparison.Ordinal);
        Assert.Contains("<ContainerUser>1654</ContainerUser>", targets, StringComparison.Ordinal);
        Assert.All(
            Deployments.Rendered("dev").Where(item => (string)item["kind"]! == "BuildConfig"),
            build => Assert.StartsWith($"FROM {Deployments.Values.BaseImage}\n", (string)build["spec"]!["source"]!["dockerfile"]!, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Peers(JsonObject policy, string direction, string ends) => (policy["spec"]![direction]?.AsArray() ?? [])
        .SelectMany(rule => rule![ends]!.AsArray().SelectMany(peer => rule["ports"]!.AsArray().Select(port => $"{Name(peer!)}:{port!["port"]}"))).Distinct().Order(StringComparer.Ordinal);

    private static string Name(JsonNode peer) => (string?)peer["podSelector"]?["matchLabels"]?["app.kubernetes.io/name"]
        ?? (string?)peer["ipBlock"]?["cidr"]
        ?? string.Join(',', peer["namespaceSelector"]!["matchLabels"]!.AsObject().Select(label => $"{label.Key}={label.Value}"));
}
