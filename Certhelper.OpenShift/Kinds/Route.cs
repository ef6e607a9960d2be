using k8s;
using k8s.Models;

namespace Certhelper.OpenShift.Kinds;

/// <summary>OpenShift's <c>route.openshift.io/v1</c>, the part that is used here.</summary>
internal sealed record Route : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "route.openshift.io/v1";

    public string Kind { get; set; } = "Route";

    public V1ObjectMeta Metadata { get; set; } = new();

    public RouteSpec Spec { get; set; } = new();
}

internal sealed record RouteSpec
{
    public string? Host { get; set; }

    public string? Path { get; set; }

    public RoutePort? Port { get; set; }

    public TlsConfig? Tls { get; set; }

    public RouteTarget To { get; set; } = new();

    public string? WildcardPolicy { get; set; }
}

internal sealed record RoutePort
{
    public string TargetPort { get; set; } = "";
}

internal sealed record TlsConfig
{
    public string Termination { get; set; } = "";

    public string? InsecureEdgeTerminationPolicy { get; set; }
}

internal sealed record RouteTarget
{
    public string Kind { get; set; } = "Service";

    public string Name { get; set; } = "";

    public int Weight { get; set; } = 100;
}
