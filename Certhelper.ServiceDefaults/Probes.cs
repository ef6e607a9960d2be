using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Certhelper.ServiceDefaults;

/// <summary>
/// <c>/alive</c>: the process answers. <c>/health</c>: it can do its work. Both are open, so the answer names checks
/// and states only: no host, no connection string, no exception.
/// </summary>
internal static class Probes
{
    private const string Alive = "/alive";
    private const string Health = "/health";
    private const string LiveTag = "live";

    public static bool IsProbe(PathString path) => path.StartsWithSegments(Alive) || path.StartsWithSegments(Health);

    public static void AddProbes(this IHostApplicationBuilder builder) => builder.Services
        .AddHealthChecks()
        .AddCheck("process", () => HealthCheckResult.Healthy(), [LiveTag]);

    public static void MapProbes(this WebApplication app)
    {
        app.MapHealthChecks(Alive, new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(LiveTag),
            ResponseWriter = WriteAsync,
        }).AllowAnonymous().DisableHttpMetrics();
        app.MapHealthChecks(Health, new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous().DisableHttpMetrics();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new
        {
            status = report.Status.ToString(),
            checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status.ToString()),
        },
        JsonSerializerOptions.Web,
        context.RequestAborted);
}
