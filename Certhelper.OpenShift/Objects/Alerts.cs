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
                        // Every jobs process tells the same of queues and services.
                        Alert("JobsWait", "max by (certhelper_queue_name) (certhelper_job_queue_age_seconds) > 300", "5m", "warning", "A job of the queue {{ $labels.certhelper_queue_name }} has waited for more than 5 min: too few workers, or they hang."),
                        Alert("JobsFail", "sum by (certhelper_job_name) (increase(certhelper_job_failures_total[1h])) > 2", "5m", "warning", "{{ $labels.certhelper_job_name }} fails again and again; /hangfire says why."),
                        Alert("OutsideServiceDown", "min by (certhelper_service_name) (certhelper_outside_service_up) == 0", "30m", "warning", "{{ $labels.certhelper_service_name }} has not answered for 30 min."),
                        Alert("OutsideServiceUnheard", "min by (certhelper_service_name) (certhelper_outside_service_last_good_age_seconds{certhelper_service_name=~\"OMS|Run Registry\"}) > 3600", "5m", "warning", "Nothing was heard of {{ $labels.certhelper_service_name }} for an hour, although it is asked every 5 min."),
                        Alert("LinesLag", "histogram_quantile(0.95, sum by (le) (rate(certhelper_execution_line_lag_seconds_bucket[10m]))) > 5", "10m", "warning", "Output of scripts is stored more than 5 s after it came."),
                        Alert("SignInsFail", "sum by (error_type) (increase(certhelper_signin_failures_total{error_type=~\"unavailable|unexpected|nameless\"}[15m])) > 5", "5m", "critical", "People cannot sign in: {{ $labels.error_type }}."),
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
