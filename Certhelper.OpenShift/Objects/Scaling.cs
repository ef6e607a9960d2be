using Certhelper.OpenShift.Configuration;
using k8s.Models;

namespace Certhelper.OpenShift.Objects;

/// <summary>How many pods there are, by what they have to do.</summary>
internal static class Scaling
{
    /// <summary>As OpenTelemetry names it for Prometheus, made a rate by the cluster's adapter.</summary>
    private const string RequestRate = "http_server_requests_per_second";

    public static V2HorizontalPodAutoscaler Autoscaler(EffectiveValues values, string workload, AutoscaleValues autoscale) => new()
    {
        ApiVersion = "autoscaling/v2",
        Kind = "HorizontalPodAutoscaler",
        Metadata = Names.Meta(values.Application, workload),
        Spec = new V2HorizontalPodAutoscalerSpec
        {
            ScaleTargetRef = new V2CrossVersionObjectReference { ApiVersion = "apps/v1", Kind = "Deployment", Name = workload },
            MinReplicas = values.Replicas(workload),
            MaxReplicas = autoscale.Max >= values.Replicas(workload) ? autoscale.Max : throw new ConversionException($"The values, workloads: {workload}: autoscale: max is below the number of replicas."),
            Metrics = [Cpu(autoscale)],
            // Up at once, down only after ten minutes: a pod that goes takes its watchers' connections with it.
            Behavior = new V2HorizontalPodAutoscalerBehavior { ScaleDown = new V2HPAScalingRules { StabilizationWindowSeconds = 600, Policies = [new V2HPAScalingPolicy { Type = "Pods", Value = 1, PeriodSeconds = 60 }] } },
        },
    };

    public static void AddRequests(V2HorizontalPodAutoscaler autoscaler, AutoscaleValues autoscale) => autoscaler.Spec.Metrics.Add(new V2MetricSpec
    {
        Type = "Pods",
        Pods = new V2PodsMetricSource { Metric = new V2MetricIdentifier { Name = RequestRate }, Target = new V2MetricTarget { Type = "AverageValue", AverageValue = new ResourceQuantity(FormattableString.Invariant($"{autoscale.RequestsPerSecond}")) } },
    });

    private static V2MetricSpec Cpu(AutoscaleValues autoscale) => new()
    {
        Type = "Resource",
        Resource = new V2ResourceMetricSource { Name = "cpu", Target = new V2MetricTarget { Type = "Utilization", AverageUtilization = autoscale.Cpu } },
    };
}
