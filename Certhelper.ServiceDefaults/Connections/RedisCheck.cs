using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Certhelper.ServiceDefaults;

/// <summary>
/// Says at once whether Redis is connected. A ping would wait for it as long as commands do, five seconds, which is longer than
/// probes wait: replicas would be taken out for a Redis that they can do without.
/// </summary>
internal sealed class RedisCheck(IConnectionMultiplexer redis) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(redis.IsConnected ? HealthCheckResult.Healthy() : new HealthCheckResult(context.Registration.FailureStatus));
}
