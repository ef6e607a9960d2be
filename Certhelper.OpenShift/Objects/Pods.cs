using Certhelper.OpenShift.Configuration;
using k8s.Models;

namespace Certhelper.OpenShift.Objects;

/// <summary>What is alike in all pods: nothing of the cluster in them, any user id, nothing writable but what is named.</summary>
internal static class Pods
{
    public static V1ServiceAccount ServiceAccount(string application, string name) => new()
    {
        ApiVersion = "v1",
        Kind = "ServiceAccount",
        Metadata = Names.Meta(application, name),
        AutomountServiceAccountToken = false,
    };

    /// <summary>As OpenShift's <c>restricted-v2</c> wants it. There is no user id: the cluster gives each project its own.</summary>
    public static V1SecurityContext Restricted() => new()
    {
        AllowPrivilegeEscalation = false,
        Capabilities = new V1Capabilities { Drop = ["ALL"] },
        ReadOnlyRootFilesystem = true,
        RunAsNonRoot = true,
        SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" },
    };

    public static V1PodSecurityContext RestrictedPod() => new() { RunAsNonRoot = true, SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" } };

    public static V1ResourceRequirements Resources(ResourceValues values, string where)
    {
        foreach (var key in (string[])["cpu", "memory"])
        {
            if (!values.Requests.ContainsKey(key) || !values.Limits.ContainsKey(key))
                throw new ConversionException($"The values, {where}: resources need requests and limits of {key}.");
        }

        return new V1ResourceRequirements { Requests = Quantities(values.Requests), Limits = Quantities(values.Limits) };
    }

    public static V1PodSpec Spec(string serviceAccount, long graceSeconds) => new()
    {
        ServiceAccountName = serviceAccount,
        AutomountServiceAccountToken = false,
        EnableServiceLinks = false,
        SecurityContext = RestrictedPod(),
        TerminationGracePeriodSeconds = graceSeconds,
        Volumes = [],
    };

    /// <summary>A folder of its own for each path that is written.</summary>
    public static (IList<V1Volume> Volumes, IList<V1VolumeMount> Mounts) Writable(string name, Dictionary<string, string> paths)
    {
        var ordered = paths.OrderBy(entry => entry.Key, StringComparer.Ordinal).ToList();
        return (
            [.. ordered.Select(entry => new V1Volume { Name = VolumeName(name, entry.Key), EmptyDir = new V1EmptyDirVolumeSource { SizeLimit = new ResourceQuantity(entry.Value) } })],
            [.. ordered.Select(entry => new V1VolumeMount { Name = VolumeName(name, entry.Key), MountPath = entry.Key })]);
    }

    /// <summary>Pods on different machines and in different zones, where there are several.</summary>
    public static IList<V1TopologySpreadConstraint> Spread(string application, string name) =>
    [
        .. ((string[])["kubernetes.io/hostname", "topology.kubernetes.io/zone"]).Select(key => new V1TopologySpreadConstraint
        {
            MaxSkew = 1,
            TopologyKey = key,
            // Better two on one machine than one that waits.
            WhenUnsatisfiable = "ScheduleAnyway",
            LabelSelector = Names.Select(application, name),
        }),
    ];

    private static string VolumeName(string name, string path) => name + path.Replace('/', '-').Replace('_', '-').TrimEnd('-');

    private static Dictionary<string, ResourceQuantity> Quantities(Dictionary<string, string> values) =>
        values.OrderBy(entry => entry.Key, StringComparer.Ordinal).ToDictionary(entry => entry.Key, entry => new ResourceQuantity(entry.Value));
}
