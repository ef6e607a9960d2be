using Hangfire;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Certhelper.Jobs.Background;

/// <summary>Unready while the workers of this process do not report that they live.</summary>
internal sealed class WorkersHealthCheck(JobStorage storage, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var alive = storage.GetMonitoringApi().Servers()
            .Any(server => server.Name.StartsWith(BackgroundWork.ServerName + ":", StringComparison.OrdinalIgnoreCase)
                && now - server.Heartbeat < Limit);
        return Task.FromResult(alive
            ? HealthCheckResult.Healthy("The workers report that they live.")
            : HealthCheckResult.Unhealthy("The workers have not reported for a minute."));
    }
}
