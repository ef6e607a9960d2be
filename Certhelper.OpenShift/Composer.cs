using Certhelper.OpenShift.Configuration;
using Certhelper.OpenShift.Kinds;
using Certhelper.OpenShift.Manifest;
using Certhelper.OpenShift.Objects;
using Certhelper.OpenShift.Resolving;
using k8s.Models;

namespace Certhelper.OpenShift;

/// <summary>All objects of the application, as they are with the values of one overlay or of the base.</summary>
internal sealed class Composer
{
    private const string StandIns = "Certhelper.Standins";
    private readonly ApplicationManifest manifest;
    private readonly EffectiveValues values;
    private readonly Resolver resolver;
    private readonly EnvironmentBuilder environment;
    private readonly Network network;

    private Composer(ApplicationManifest manifest, EffectiveValues values)
    {
        this.manifest = manifest;
        this.values = values;
        resolver = new Resolver(manifest, values);
        environment = new EnvironmentBuilder(resolver, values);
        network = new Network(manifest, values, resolver);
    }

    public static Composition Compose(ApplicationManifest manifest, EffectiveValues values) => new Composer(manifest, values).Compose();

    private Composition Compose()
    {
        foreach (var project in manifest.All<ProjectResource>())
        {
            if (project.Path.Contains(StandIns, StringComparison.Ordinal))
                throw new ConversionException($"Resource {project.Name}: {StandIns} plays outside services while developing, and has no place in a cluster.");
        }

        var footprints = Footprints();
        var everything = new Footprint();
        foreach (var footprint in footprints.Values) everything.Add(footprint);
        var settings = new V1ConfigMap { ApiVersion = "v1", Kind = "ConfigMap", Metadata = Names.SharedMeta(values.Application, Names.Settings), Data = everything.Settings };

        var workloads = new Workloads(manifest, values, resolver, environment);
        var common = new List<object> { settings, network.Closed() };
        common.AddRange(workloads.StepSettings());
        foreach (var project in workloads.Deployed())
        {
            common.AddRange(workloads.Build(project, settings, new Footprint()));
            common.Add(network.Doors(project, footprints));
        }

        common.AddRange(new Routes(manifest, values).Build());
        var components = new List<Component>();
        var stores = new Stores(values, resolver, environment);
        foreach (var container in manifest.All<ContainerResource>())
        {
            List<object> objects = [.. stores.Build(container, new Footprint()), network.Doors(container, footprints)];
            // What lasts may be somewhere else; what may be lost is always here.
            if (container.Volumes.Count > 0) components.Add(new Component(container.Name, objects));
            else common.AddRange(objects);
        }

        components.AddRange(Optional(workloads));
        return new Composition(common, components, [.. environment.LeftOut], Secrets(everything));
    }

    /// <summary>What each workload refers to, with what runs before it in its pods.</summary>
    private SortedDictionary<string, Footprint> Footprints()
    {
        var footprints = new SortedDictionary<string, Footprint>(StringComparer.Ordinal);
        foreach (var running in manifest.All<RunningResource>())
        {
            IEnumerable<string> places = running is ProjectResource && values.Workload(running.Name).InitOf is { Count: > 0 } before ? before : [running.Name];
            foreach (var place in places)
            {
                if (!footprints.TryGetValue(place, out var footprint)) footprints[place] = footprint = new Footprint();
                environment.Build(running, footprint);
                environment.Arguments(running, footprint);
                if (running is ProjectResource) footprint.OutsidePorts.UnionWith(values.Workload(running.Name).OutsidePorts);
            }
        }

        // The database lets the nightly dump in as well.
        if (values.All.Backup.Database.Length > 0) footprints[Backups.Name] = new Backups(manifest, values, resolver).Footprint();
        return footprints;
    }

    private IEnumerable<Component> Optional(Workloads workloads)
    {
        if (values.All.Backup.Database.Length > 0) yield return new Component("backup", [.. new Backups(manifest, values, resolver).Build(network)]);

        var scaled = workloads.Deployed().Where(project => values.Workload(project.Name).Autoscale is not null).Select(project => project.Name).ToList();
        if (scaled.Count > 0)
        {
            yield return new Component("autoscale", [.. scaled.Select(name => Scaling.Autoscaler(values, name, values.Workload(name).Autoscale!))], objects =>
            {
                // Two that decide would undo each other's decision at every apply.
                foreach (var deployment in objects.OfType<V1Deployment>().Where(deployment => scaled.Contains(deployment.Metadata.Name))) deployment.Spec.Replicas = null;
            });
            var byRequests = scaled.Where(name => values.Workload(name).Autoscale!.RequestsPerSecond > 0).ToList();
            yield return new Component("autoscale-requests", [], objects =>
            {
                foreach (var autoscaler in objects.OfType<V2HorizontalPodAutoscaler>().Where(autoscaler => byRequests.Contains(autoscaler.Metadata.Name)))
                    Scaling.AddRequests(autoscaler, values.Workload(autoscaler.Metadata.Name).Autoscale!);
            })
            { Needs = "autoscale" };
        }

        var measured = workloads.Deployed().Where(project => values.Workload(project.Name).MetricsPort > 0).ToList();
        if (measured.Count > 0)
        {
            yield return new Component("monitoring",
            [
                .. measured.Select(project => new ServiceMonitor
                {
                    Metadata = Names.Meta(values.Application, project.Name),
                    Spec = new ServiceMonitorSpec { Selector = Names.Select(values.Application, project.Name), Endpoints = [new MonitorEndpoint { Port = Names.Metrics, Path = "/metrics", Interval = "30s" }] },
                }),
                Alerts.Rule(values.Application),
                network.Metrics(measured.Select(project => values.Workload(project.Name).MetricsPort)),
            ]);
        }

        yield return new Component("builds", [.. new Builds(manifest, values).Build(values.All.BaseImage)]);
    }

    /// <summary>What people must put into the Secret, and how those come about that nobody needs to know.</summary>
    private List<SecretKey> Secrets(Footprint everything) =>
    [
        .. everything.Secrets.Select(name => manifest.Resources[name] switch
        {
            ParameterResource parameter => new SecretKey(name, parameter.Generate, UriOf: null),
            AnnotatedString annotated => new SecretKey(name, null, UriOf: annotated.Value.Trim('{', '}').Split('.')[0]),
            _ => throw new InvalidOperationException($"{name} is no secret."),
        }),
    ];
}

/// <param name="Common">The base.</param>
/// <param name="LeftOut">Variables of the manifest that are not in the cluster, with the reason.</param>
internal sealed record Composition(IReadOnlyList<object> Common, IReadOnlyList<Component> Components, IReadOnlyList<string> LeftOut, IReadOnlyList<SecretKey> Secrets);

/// <summary>A part that an overlay has or has not.</summary>
/// <param name="Change">What it changes in the other objects.</param>
internal sealed record Component(string Name, IReadOnlyList<object> Objects, Action<IReadOnlyList<object>>? Change = null)
{
    /// <summary>The component that must be there too.</summary>
    public string? Needs { get; init; }
}

/// <param name="Generate">How it is made; null: somebody knows it.</param>
/// <param name="UriOf">The key whose escaped form it is.</param>
internal sealed record SecretKey(string Name, GeneratedSecret? Generate, string? UriOf);
