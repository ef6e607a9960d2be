using Certhelper.OpenShift.Configuration;
using Certhelper.OpenShift.Manifest;
using Certhelper.OpenShift.Resolving;
using k8s.Models;

namespace Certhelper.OpenShift.Objects;

/// <summary>
/// Who may talk to whom: what the model references, and nothing else. Everything of the application is closed first; each
/// policy then opens the doors of one workload.
/// </summary>
internal sealed class Network(ApplicationManifest manifest, EffectiveValues values, Resolver resolver)
{
    public V1NetworkPolicy Closed() => new()
    {
        ApiVersion = "networking.k8s.io/v1",
        Kind = "NetworkPolicy",
        Metadata = Names.SharedMeta(values.Application, "closed"),
        Spec = new V1NetworkPolicySpec { PodSelector = Names.SelectAll(values.Application), PolicyTypes = ["Ingress", "Egress"] },
    };

    /// <param name="running">Whose doors.</param>
    /// <param name="footprints">What each workload refers to, by its name.</param>
    public V1NetworkPolicy Doors(RunningResource running, IReadOnlyDictionary<string, Footprint> footprints)
    {
        var ingress = new List<V1NetworkPolicyIngressRule>();
        foreach (var binding in running.Bindings.Where(binding => Resolver.IsServed(running, binding.Key)))
        {
            var callers = footprints.Where(entry => entry.Key != running.Name && entry.Value.Reaches.Contains((running.Name, binding.Key))).Select(entry => entry.Key).Order(StringComparer.Ordinal);
            var from = callers.Select(Peer).ToList();
            if (binding.Value.External) from.Add(Namespace(values.All.Network.Routers, "routers"));
            if (from.Count > 0) ingress.Add(new V1NetworkPolicyIngressRule { FromProperty = from, Ports = [Port(resolver.TargetPort(running, binding.Key), binding.Value.Protocol)] });
        }

        var egress = footprints.TryGetValue(running.Name, out var footprint) ? Egress(running.Name, footprint) : [];
        return Policy(running.Name, ingress, egress);
    }

    /// <summary>Doors of something that nobody calls.</summary>
    public V1NetworkPolicy Outgoing(string name, Footprint footprint) => Policy(name, [], Egress(name, footprint));

    /// <summary>What reads metrics may read them, from whoever has some.</summary>
    public V1NetworkPolicy Metrics(IEnumerable<int> ports) => new()
    {
        ApiVersion = "networking.k8s.io/v1",
        Kind = "NetworkPolicy",
        Metadata = Names.SharedMeta(values.Application, "metrics"),
        Spec = new V1NetworkPolicySpec
        {
            PodSelector = Names.SelectAll(values.Application),
            PolicyTypes = ["Ingress"],
            Ingress = [new V1NetworkPolicyIngressRule { FromProperty = [Namespace(values.All.Network.Monitoring, "monitoring")], Ports = [.. ports.Distinct().Order().Select(port => Port(port, "tcp"))] }],
        },
    };

    private List<V1NetworkPolicyEgressRule> Egress(string name, Footprint footprint)
    {
        var rules = new List<V1NetworkPolicyEgressRule>();
        foreach (var (resource, binding) in footprint.Reaches.Where(reach => reach.Resource != name))
        {
            var target = (RunningResource)manifest.Resources[resource];
            rules.Add(values.Outside.TryGetValue(resource, out var outside)
                ? new V1NetworkPolicyEgressRule { To = [.. outside.Networks.Select(network => new V1NetworkPolicyPeer { IpBlock = new V1IPBlock { Cidr = network } })], Ports = [Port(outside.Port, "tcp")] }
                : new V1NetworkPolicyEgressRule { To = [Peer(resource)], Ports = [Port(resolver.TargetPort(target, binding), target.Bindings[binding].Protocol)] });
        }

        if (footprint.OutsidePorts.Count > 0)
        {
            rules.Add(new V1NetworkPolicyEgressRule
            {
                // A policy knows no host names: outside services are wherever the cluster is not.
                To = [new V1NetworkPolicyPeer { IpBlock = new V1IPBlock { Cidr = values.All.Network.Outside, Except = values.All.Network.Inside } }],
                Ports = [.. footprint.OutsidePorts.Select(port => Port(port, "tcp"))],
            });
        }

        if (rules.Count > 0)
        {
            rules.Insert(0, new V1NetworkPolicyEgressRule
            {
                To = [Namespace(values.All.Network.NameService, "nameService")],
                Ports = [.. values.All.Network.NameServicePorts.SelectMany(port => (V1NetworkPolicyPort[])[Port(port, "tcp"), Port(port, "udp")])],
            });
        }

        return rules;
    }

    private V1NetworkPolicy Policy(string name, List<V1NetworkPolicyIngressRule> ingress, List<V1NetworkPolicyEgressRule> egress) => new()
    {
        ApiVersion = "networking.k8s.io/v1",
        Kind = "NetworkPolicy",
        Metadata = Names.Meta(values.Application, name),
        Spec = new V1NetworkPolicySpec
        {
            PodSelector = Names.Select(values.Application, name),
            PolicyTypes = ["Ingress", "Egress"],
            Ingress = ingress.Count > 0 ? ingress : null,
            Egress = egress.Count > 0 ? egress : null,
        },
    };

    private V1NetworkPolicyPeer Peer(string name) => new() { PodSelector = Names.Select(values.Application, name) };

    private static V1NetworkPolicyPeer Namespace(Dictionary<string, string> labels, string key) => labels.Count > 0
        ? new V1NetworkPolicyPeer { NamespaceSelector = new V1LabelSelector { MatchLabels = labels } }
        : throw new ConversionException($"The values, network: {key} is missing; an empty selector would let everybody in.");

    private static V1NetworkPolicyPort Port(int port, string protocol) => new() { Port = port, Protocol = protocol.ToUpperInvariant() };
}
