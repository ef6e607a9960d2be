using Certhelper.OpenShift.Configuration;
using Certhelper.OpenShift.Manifest;
using Certhelper.OpenShift.Resolving;
using k8s.Models;

namespace Certhelper.OpenShift.Objects;

/// <summary>Images of others: with a volume that lasts as StatefulSet, without one as Deployment.</summary>
internal sealed class Stores(EffectiveValues values, Resolver resolver, EnvironmentBuilder environment)
{
    public IEnumerable<object> Build(ContainerResource container, Footprint footprint)
    {
        var application = values.Application;
        var store = values.Store(container.Name);
        if (container.Bindings.Count == 0) throw new ConversionException($"Resource {container.Name}: it has no binding, so that nothing says whether it is ready.");
        var (volumes, mounts) = Pods.Writable(container.Name, store.Writable);
        var lasting = container.Volumes.Count > 0;
        if (lasting && (container.Volumes.Count > 1 || store.Storage is null))
            throw new ConversionException($"Resource {container.Name}: it has a volume; say its size as stores: {{ {container.Name}: {{ storage: … }} }} (one volume is known).");
        if (lasting) mounts = [.. mounts, new V1VolumeMount { Name = "data", MountPath = container.Volumes[0].Target, ReadOnlyProperty = container.Volumes[0].ReadOnly ? true : null }];

        var spec = Pods.Spec(container.Name, store.StopSeconds + 5);
        spec.Volumes = volumes.Count > 0 ? volumes : null;
        spec.Containers = [Container(container, store, mounts, footprint)];
        var template = new V1PodTemplateSpec { Metadata = new V1ObjectMeta { Labels = Names.Selector(application, container.Name) }, Spec = spec };

        yield return Pods.ServiceAccount(application, container.Name);
        yield return lasting ? Lasting(container, store, template) : new V1Deployment
        {
            ApiVersion = "apps/v1",
            Kind = "Deployment",
            Metadata = Names.Meta(application, container.Name),
            Spec = new V1DeploymentSpec { Replicas = 1, RevisionHistoryLimit = 5, Selector = Names.Select(application, container.Name), Strategy = new V1DeploymentStrategy { Type = "RollingUpdate", RollingUpdate = new V1RollingUpdateDeployment { MaxUnavailable = 0, MaxSurge = 1 } }, Template = template },
        };
        yield return new V1Service
        {
            ApiVersion = "v1",
            Kind = "Service",
            Metadata = Names.Meta(application, container.Name),
            Spec = new V1ServiceSpec
            {
                Type = "ClusterIP",
                Selector = Names.Selector(application, container.Name),
                Ports = [.. container.Bindings.Select(binding => new V1ServicePort { Name = binding.Key, Port = resolver.ServicePort(container, binding.Key), TargetPort = binding.Key, Protocol = binding.Value.Protocol.ToUpperInvariant() })],
            },
        };
    }

    private V1StatefulSet Lasting(ContainerResource container, StoreValues store, V1PodTemplateSpec template) => new()
    {
        ApiVersion = "apps/v1",
        Kind = "StatefulSet",
        Metadata = Names.Meta(values.Application, container.Name),
        Spec = new V1StatefulSetSpec
        {
            Replicas = 1,
            ServiceName = container.Name,
            RevisionHistoryLimit = 5,
            Selector = Names.Select(values.Application, container.Name),
            Template = template,
            // Nobody's data goes because an object was deleted or scaled.
            PersistentVolumeClaimRetentionPolicy = new V1StatefulSetPersistentVolumeClaimRetentionPolicy { WhenDeleted = "Retain", WhenScaled = "Retain" },
            VolumeClaimTemplates =
            [
                new V1PersistentVolumeClaim
                {
                    ApiVersion = "v1",
                    Kind = "PersistentVolumeClaim",
                    Metadata = Names.Meta(values.Application, "data", of: container.Name),
                    Spec = new V1PersistentVolumeClaimSpec
                    {
                        AccessModes = ["ReadWriteOnce"],
                        Resources = new V1VolumeResourceRequirements { Requests = new Dictionary<string, ResourceQuantity> { ["storage"] = new(store.Storage!) } },
                    },
                },
            ],
        },
    };

    private V1Container Container(ContainerResource container, StoreValues store, IList<V1VolumeMount> mounts, Footprint footprint)
    {
        var image = container.Image;
        if (!image[(image.LastIndexOf('/') + 1)..].Contains(':', StringComparison.Ordinal) || image.EndsWith(":latest", StringComparison.Ordinal))
            throw new ConversionException($"Resource {container.Name}: the image {image} has no tag that says which.");
        var variables = environment.Build(container, footprint);
        foreach (var (name, value) in store.Settings.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (container.Environment.ContainsKey(name)) throw new ConversionException($"The values, settings of {container.Name}: {name} comes from the manifest.");
            variables.Add(new V1EnvVar { Name = name, Value = value });
        }

        var first = container.Bindings.Keys.First();
        V1Probe Probe(int period, int failures, bool deep) => new()
        {
            PeriodSeconds = period,
            FailureThreshold = failures,
            TimeoutSeconds = 5,
            Exec = deep && store.Ready.Count > 0 ? new V1ExecAction { Command = store.Ready } : null,
            TcpSocket = deep && store.Ready.Count > 0 ? null : new V1TCPSocketAction { Port = first },
        };
        return new V1Container
        {
            Name = container.Name,
            Image = image,
            ImagePullPolicy = "IfNotPresent",
            Command = container.EntryPoint is { } entry ? [entry] : null,
            Args = environment.Arguments(container, footprint),
            Env = variables.Count > 0 ? variables : null,
            Ports = [.. container.Bindings.Select(binding => new V1ContainerPort { Name = binding.Key, ContainerPort = resolver.TargetPort(container, binding.Key), Protocol = binding.Value.Protocol.ToUpperInvariant() })],
            StartupProbe = Probe(period: 2, failures: 60, deep: true),
            ReadinessProbe = Probe(period: 5, failures: 3, deep: true),
            LivenessProbe = Probe(period: 20, failures: 3, deep: false),
            Resources = Pods.Resources(store.Resources, $"stores: {container.Name}"),
            SecurityContext = Pods.Restricted(),
            VolumeMounts = mounts.Count > 0 ? mounts : null,
        };
    }
}
