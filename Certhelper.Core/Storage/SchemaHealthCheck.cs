using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Certhelper.Core.Storage;

/// <summary>Unready until every migration that this build knows has been applied.</summary>
public sealed class SchemaHealthCheck(CerthelperDbContext db) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
        return pending == 0
            ? HealthCheckResult.Healthy("The schema is current.")
            : HealthCheckResult.Unhealthy($"{pending} migrations are not applied yet; run the migrate step.");
    }
}
