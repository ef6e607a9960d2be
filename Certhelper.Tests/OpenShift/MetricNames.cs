using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Certhelper.Tests.Oms;

namespace Certhelper.Tests.OpenShift;

/// <summary>Names of metrics, as Prometheus knows them.</summary>
internal static partial class MetricNames
{
    /// <summary>Those that the alerts and the dashboard ask for.</summary>
    public static IReadOnlyList<string> InUse()
    {
        var alerts = Deployments.Rendered("production").Single(item => (string)item["kind"]! == "PrometheusRule")["spec"]!["groups"]!.AsArray()
            .SelectMany(group => group!["rules"]!.AsArray()).Select(rule => (string)rule!["expr"]!);
        var panels = JsonNode.Parse(File.ReadAllText(Path.Combine(SharedData.Repository(), "deploy", "grafana", "certhelper.json")))!["panels"]!.AsArray()
            .SelectMany(panel => panel!["targets"]!.AsArray()).Select(target => (string)target!["expr"]!);
        return [.. alerts.Concat(panels).SelectMany(expression => Name().Matches(Labels().Replace(expression, " ")).Select(match => match.Value)).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Those of an answer to a scrape.</summary>
    public static IReadOnlySet<string> Of(string scraped) => scraped.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('{', ' ')[0]).ToHashSet();

    [GeneratedRegex(@"\b(http_server|http_client|db_client|dotnet|certhelper)_\w+")]
    private static partial Regex Name();

    /// <summary>Where labels stand, which look like metrics.</summary>
    [GeneratedRegex(@"\bby \([^)]*\)|\{[^}]*\}")]
    private static partial Regex Labels();
}
