using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Certhelper.ServiceDefaults;

/// <summary>What every process does alike.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Telemetry, probes, service discovery and resilient HTTP.</summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.AddTelemetry();
        builder.AddProbes();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddServiceDiscovery();
        // Clients of outside services state their own resilience; all others get the standard one by service name.
        builder.Services.ConfigureHttpClientDefaults(http => http.AddServiceDiscovery());
        return builder;
    }

    /// <summary>The endpoints that probes and the application model ask, in every environment.</summary>
    public static void MapDefaultEndpoints(this WebApplication app) => app.MapProbes();
}
