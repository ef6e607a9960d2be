using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Certhelper.OpenShift.Configuration;
using Certhelper.OpenShift.Manifest;
using Certhelper.OpenShift.Resolving;
using k8s.Models;

namespace Certhelper.OpenShift.Objects;

/// <summary>Our own programs: a Deployment that changes over without loss, and what belongs to it.</summary>
internal sealed class Workloads(ApplicationManifest manifest, EffectiveValues values, Resolver resolver, EnvironmentBuilder environment)
{
    private const string Alive = "/alive";
    private const string Health = "/health";

    /// <summary>The projects that have pods of their own.</summary>
    public IEnumerable<ProjectResource> Deployed() => manifest.All<ProjectResource>().Where(project => values.Workload(project.Name).InitOf.Count == 0);

    public IEnumerable<object> Build(ProjectResource project, V1ConfigMap settings, Footprint footprint)
    {
        var application = values.Application;
        var workload = values.Workload(project.Name);
        var container = Container(project, workload, footprint);
        Serve(project, workload, container);
        var own = OwnSettings(project.Name);
        var maps = new List<V1ConfigMap> { own };
        var steps = new List<V1Container>();
        foreach (var step in manifest.All<ProjectResource>().Where(step => values.Workload(step.Name).InitOf.Contains(project.Name)))
        {
            steps.Add(Container(step, values.Workload(step.Name), footprint));
            maps.Add(OwnSettings(step.Name));
        }

        var spec = Pods.Spec(project.Name, workload.DrainSeconds + workload.StopSeconds + 5);
        spec.TopologySpreadConstraints = Pods.Spread(application, project.Name);
        spec.InitContainers = steps.Count > 0 ? steps : null;
        spec.Containers = [container];
        AddVolumes(spec, project.Name, workload);
        foreach (var step in manifest.All<ProjectResource>().Where(step => values.Workload(step.Name).InitOf.Contains(project.Name)))
            AddVolumes(spec, step.Name, values.Workload(step.Name));

        var template = new V1PodTemplateSpec
        {
            Metadata = new V1ObjectMeta
            {
                Labels = Names.Selector(application, project.Name),
                // Pods read settings when they start: other settings are other pods.
                Annotations = new Dictionary<string, string> { [Names.SettingsHash] = Hash([settings, .. maps]) },
            },
            Spec = spec,
        };
        yield return Pods.ServiceAccount(application, project.Name);
        yield return own;
        yield return new V1Deployment
        {
            ApiVersion = "apps/v1",
            Kind = "Deployment",
            Metadata = Names.Meta(application, project.Name),
            Spec = new V1DeploymentSpec
            {
                Replicas = values.Replicas(project.Name),
                RevisionHistoryLimit = 5,
                ProgressDeadlineSeconds = 600,
                Selector = Names.Select(application, project.Name),
                // A new pod is ready before an old one goes.
                Strategy = new V1DeploymentStrategy { Type = "RollingUpdate", RollingUpdate = new V1RollingUpdateDeployment { MaxUnavailable = 0, MaxSurge = 1 } },
                MinReadySeconds = 5,
                Template = template,
            },
        };
        yield return Service(project, workload);
        yield return new V1PodDisruptionBudget
        {
            ApiVersion = "policy/v1",
            Kind = "PodDisruptionBudget",
            Metadata = Names.Meta(application, project.Name),
            Spec = new V1PodDisruptionBudgetSpec { MaxUnavailable = 1, Selector = Names.Select(application, project.Name) },
        };
    }

    /// <summary>The ConfigMaps of what runs before others; shared by them.</summary>
    public IEnumerable<V1ConfigMap> StepSettings() =>
        manifest.All<ProjectResource>().Where(project => values.Workload(project.Name).InitOf.Count > 0).Select(project => OwnSettings(project.Name));

    private V1Container Container(ProjectResource project, WorkloadValues workload, Footprint footprint)
    {
        var (_, mounts) = Pods.Writable(project.Name, workload.Writable);
        if (workload.SecretFiles is { } folder) mounts = [.. mounts, new V1VolumeMount { Name = "secret-files", MountPath = folder, ReadOnlyProperty = true }];
        return new V1Container
        {
            Name = project.Name,
            Image = $"{workload.Image}:{values.All.Version}",
            ImagePullPolicy = "IfNotPresent",
            Args = environment.Arguments(project, footprint),
            EnvFrom = [new V1EnvFromSource { ConfigMapRef = new V1ConfigMapEnvSource { Name = Names.SettingsOf(project.Name) } }],
            Env = environment.Build(project, footprint),
            Resources = Pods.Resources(workload.Resources, $"workloads: {project.Name}"),
            SecurityContext = Pods.Restricted(),
            VolumeMounts = mounts,
        };
    }

    private void Serve(ProjectResource project, WorkloadValues workload, V1Container container)
    {
        if (!project.Bindings.Any(binding => binding.Value.Scheme == Names.Http)) throw new ConversionException($"Resource {project.Name}: it has no HTTP binding, so that nothing says whether it is ready.");
        container.Ports = [.. ServedBindings(project).Select(name => new V1ContainerPort { Name = name, ContainerPort = resolver.TargetPort(project, name), Protocol = "TCP" })];
        if (workload.MetricsPort > 0) container.Ports.Add(new V1ContainerPort { Name = Names.Metrics, ContainerPort = workload.MetricsPort, Protocol = "TCP" });
        // Starting may take a minute; once it answers, it must go on answering.
        container.StartupProbe = Probe(Alive, period: 2, failures: 45, timeout: 2);
        container.ReadinessProbe = Probe(Health, period: 5, failures: 2, timeout: 4);
        container.LivenessProbe = Probe(Alive, period: 10, failures: 3, timeout: 5);
        // First out of the Service and the router's list, then told to stop.
        container.Lifecycle = new V1Lifecycle { PreStop = new V1LifecycleHandler { Sleep = new V1SleepAction { Seconds = workload.DrainSeconds } } };
    }

    private static V1Probe Probe(string path, int period, int failures, int timeout) => new()
    {
        // The name that is always answered, whatever AllowedHosts says.
        HttpGet = new V1HTTPGetAction { Path = path, Port = Names.Http, HttpHeaders = [new V1HTTPHeader { Name = "Host", Value = "localhost" }] },
        PeriodSeconds = period,
        FailureThreshold = failures,
        TimeoutSeconds = timeout,
    };

    private V1Service Service(ProjectResource project, WorkloadValues workload)
    {
        var ports = ServedBindings(project)
            .Select(name => new V1ServicePort { Name = name, Port = resolver.ServicePort(project, name), TargetPort = name, Protocol = "TCP" }).ToList();
        if (workload.MetricsPort > 0) ports.Add(new V1ServicePort { Name = Names.Metrics, Port = workload.MetricsPort, TargetPort = Names.Metrics, Protocol = "TCP" });
        return new V1Service
        {
            ApiVersion = "v1",
            Kind = "Service",
            Metadata = Names.Meta(values.Application, project.Name),
            Spec = new V1ServiceSpec { Type = "ClusterIP", Selector = Names.Selector(values.Application, project.Name), Ports = ports },
        };
    }

    private static IEnumerable<string> ServedBindings(ProjectResource project) => project.Bindings.Keys.Where(name => Resolver.IsServed(project, name));

    private static void AddVolumes(V1PodSpec spec, string name, WorkloadValues workload)
    {
        foreach (var volume in Pods.Writable(name, workload.Writable).Volumes) spec.Volumes.Add(volume);
        if (workload.SecretFiles is not null && spec.Volumes.All(volume => volume.Name != "secret-files"))
            spec.Volumes.Add(new V1Volume { Name = "secret-files", Secret = new V1SecretVolumeSource { SecretName = Names.SecretFiles, Optional = true, DefaultMode = 0b100_100_000 } });
    }

    private V1ConfigMap OwnSettings(string name)
    {
        var data = values.Settings(name);
        var port = values.Workload(name).MetricsPort;
        if (port > 0) data["Metrics__Port"] = port.ToString(CultureInfo.InvariantCulture);
        return new V1ConfigMap { ApiVersion = "v1", Kind = "ConfigMap", Metadata = Names.Meta(values.Application, Names.SettingsOf(name), of: name), Data = new Dictionary<string, string>(data) };
    }

    private static string Hash(IEnumerable<V1ConfigMap> maps)
    {
        var text = string.Join('\n', maps.SelectMany(map => (map.Data ?? new Dictionary<string, string>()).OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{map.Metadata.Name}/{entry.Key}={entry.Value}")));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }
}
