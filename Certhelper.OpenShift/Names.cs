using k8s.Models;

namespace Certhelper.OpenShift;

/// <summary>Names and labels that objects find each other by.</summary>
internal static class Names
{
    /// <summary>The Secret that people make; its keys are names of parameters.</summary>
    public const string Secret = "certhelper-secrets";

    /// <summary>A Secret of files that people may make: certificates, private keys.</summary>
    public const string SecretFiles = "certhelper-files";

    /// <summary>The ConfigMap of all parameters that are no secrets.</summary>
    public const string Settings = "settings";

    public const string Http = "http";
    public const string Metrics = "metrics";
    public const string SettingsHash = "certhelper.cern.ch/settings";
    private const string NameLabel = "app.kubernetes.io/name";
    private const string PartOfLabel = "app.kubernetes.io/part-of";

    /// <summary>The ConfigMap of one workload's own configuration.</summary>
    public static string SettingsOf(string workload) => workload + "-settings";

    public static Dictionary<string, string> Selector(string application, string name) => new() { [NameLabel] = name, [PartOfLabel] = application };

    public static V1LabelSelector Select(string application, string name) => new() { MatchLabels = Selector(application, name) };

    public static V1LabelSelector SelectAll(string application) => new() { MatchLabels = new Dictionary<string, string> { [PartOfLabel] = application } };

    public static V1ObjectMeta Meta(string application, string name, string? of = null) => new() { Name = name, Labels = Selector(application, of ?? name) };

    public static V1ObjectMeta SharedMeta(string application, string name) => new() { Name = name, Labels = new Dictionary<string, string> { [PartOfLabel] = application } };
}
