using Certhelper.OpenShift.Kinds;

namespace Certhelper.OpenShift.Objects;

/// <summary>When somebody should look. Only metrics that the processes have, by the names that Prometheus gives them.</summary>
internal static class Alerts
{
    public static PrometheusRule Rule(string application) => new()
    {
        Metadata = Names.SharedMeta(application, application),
        Spec = new PrometheusRuleSpec
        {
            Groups =
            [
                new RuleGroup
                {
                    Name = application,
                    Rules =
                    [
                        Alert("ProcessAway", "up{job=~\"web|jobs\"} == 0", "5m", "critical", "{{ $labels.pod }} does not answer."),
                        Alert("PagesFail", "sum(rate(http_server_request_duration_seconds_count{job=\"web\",http_response_status_code=~\"5..\"}[5m])) / sum(rate(http_server_request_duration_seconds_count{job=\"web\"}[5m])) > 0.02", "5m", "critical", "More than 2 % of the answers are errors."),
                        Alert("PagesSlow", "histogram_quantile(0.95, sum by (le) (rate(http_server_request_duration_seconds_bucket{job=\"web\",http_route!=\"/hubs/executions\"}[10m]))) > 2", "10m", "warning", "One answer in twenty takes more than 2 s."),
                        Alert("OutsideServiceFails", "sum by (server_address) (rate(http_client_request_duration_seconds_count{error_type!=\"\"}[15m])) / sum by (server_address) (rate(http_client_request_duration_seconds_count[15m])) > 0.5", "15m", "warning", "{{ $labels.server_address }} fails more often than not; people certify by hand meanwhile."),
                        Alert("DatabaseConnectionsWait", "sum by (pod) (db_client_connection_npgsql_pending_requests) > 5", "5m", "warning", "Requests of {{ $labels.pod }} wait for a connection to the database."),
                        Alert("MemoryGrows", "max by (pod) (dotnet_process_memory_working_set_bytes) > 650 * 1024 * 1024", "15m", "warning", "{{ $labels.pod }} nears the limit of its memory."),
                    ],
                },
            ],
        },
    };

    private static AlertRule Alert(string name, string expression, string duration, string severity, string words) => new()
    {
        Alert = "Certhelper" + name,
        Expr = expression,
        For = duration,
        Labels = new Dictionary<string, string> { ["severity"] = severity },
        Annotations = new Dictionary<string, string> { ["summary"] = words },
    };
}
