using Certhelper.OpenShift.Configuration;
using Certhelper.OpenShift.Kinds;
using Certhelper.OpenShift.Manifest;
using Certhelper.OpenShift.Resolving;

namespace Certhelper.OpenShift.Objects;

/// <summary>The ways in from outside. TLS ends at the router; any replica answers, so nothing sticks.</summary>
internal sealed class Routes(ApplicationManifest manifest, EffectiveValues values)
{
    private const string Prefix = "haproxy.router.openshift.io/";

    public IEnumerable<Route> Build()
    {
        foreach (var (name, route) in values.All.Routes)
        {
            var project = (ProjectResource)manifest.Resources[route.Workload];
            var binding = project.Bindings.First(entry => entry.Value.External && Resolver.IsServed(project, entry.Key)).Key;
            var meta = Names.Meta(values.Application, name, of: route.Workload);
            meta.Annotations = new Dictionary<string, string>
            {
                [Prefix + "balance"] = "leastconn",
                [Prefix + "disable_cookies"] = "true",
                [Prefix + "hsts_header"] = "max-age=31536000",
                [Prefix + "timeout"] = route.Timeout,
                [Prefix + "timeout-tunnel"] = route.TunnelTimeout,
            };
            if (route.Allow.Length > 0) meta.Annotations[Prefix + "ip_whitelist"] = route.Allow;
            yield return new Route
            {
                Metadata = meta,
                Spec = new RouteSpec
                {
                    Host = values.Host,
                    Path = route.Path,
                    Port = new RoutePort { TargetPort = binding },
                    Tls = new TlsConfig { Termination = "edge", InsecureEdgeTerminationPolicy = "Redirect" },
                    To = new RouteTarget { Name = route.Workload },
                    WildcardPolicy = "None",
                },
            };
        }
    }
}
