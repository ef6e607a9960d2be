using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Certhelper.ServiceDefaults;

/// <summary>
/// OpenTelemetry traces, metrics and logs; exported when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set. Metrics can also be
/// read, at a port of their own, which no route leads to.
/// </summary>
public static class Telemetry
{
    private const string MetricsPort = "Metrics:Port";
    private const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Whether metrics leave this process by any way.</summary>
    public static bool AreMetricsRead(this IHostApplicationBuilder builder) =>
        builder.Configuration.GetValue(MetricsPort, 0) > 0 || !string.IsNullOrWhiteSpace(builder.Configuration[Collector]);

    internal static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter("Npgsql", "Certhelper"))
            .WithTracing(tracing => tracing
                .AddSource(builder.Environment.ApplicationName, "Certhelper.*")
                // Probes every few seconds would bury the traces that people look for.
                .AddAspNetCoreInstrumentation(options => options.Filter = context => !Probes.IsProbe(context.Request.Path))
                .AddHttpClientInstrumentation()
                .AddNpgsql());

        if (builder.Configuration.GetValue(MetricsPort, 0) is > 0 and var port)
        {
            builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddPrometheusHttpListener(options =>
            {
                options.Port = port;
                options.ScrapeEndpointPath = "/metrics";
                options.ConfigureHttpListener = (_, listener) =>
                {
                    // By whatever name or address the pod is asked.
                    listener.Prefixes.Clear();
                    listener.Prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"http://*:{port}/metrics/"));
                };
            }));
        }

        if (!string.IsNullOrWhiteSpace(builder.Configuration[Collector]))
            builder.Services.AddOpenTelemetry().UseOtlpExporter();
    }
}
