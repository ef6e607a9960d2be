using Certhelper.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

// The same names in the same namespace as the client integrations of Aspire, so that callers need not know which
// engine they were built for. This file is left out when those packages are in.
namespace Microsoft.Extensions.Hosting;

/// <summary>Connections to PostgreSQL and Redis with plain libraries.</summary>
public static class LocalConnections
{
    private const string PostgresSection = "Aspire:Npgsql:EntityFrameworkCore:PostgreSQL";
    private const string RedisSection = "Aspire:StackExchange:Redis";

    /// <summary>
    /// Registers a pooled context on <c>ConnectionStrings:&lt;connectionName&gt;</c>, with retries of transient failures
    /// and a health check.
    /// </summary>
    public static void AddNpgsqlDbContext<TContext>(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<NpgsqlSettings>? configureSettings = null,
        Action<DbContextOptionsBuilder>? configureDbContextOptions = null)
        where TContext : DbContext
    {
        var settings = new NpgsqlSettings { ConnectionString = builder.Configuration.GetConnectionString(connectionName) };
        builder.Configuration.GetSection(PostgresSection).Bind(settings);
        configureSettings?.Invoke(settings);
        var connectionString = Required(settings.ConnectionString, connectionName, "Host=…;Database=…;Username=…;Password=…");

        builder.Services.AddDbContextPool<TContext>(options =>
        {
            options.UseNpgsql(connectionString, npgsql =>
            {
                if (!settings.DisableRetry) npgsql.EnableRetryOnFailure();
                if (settings.CommandTimeout is { } seconds) npgsql.CommandTimeout(seconds);
            });
            configureDbContextOptions?.Invoke(options);
        });

        if (!settings.DisableHealthChecks)
            builder.Services.AddHealthChecks().AddNpgSql(connectionString, name: "database", timeout: TimeSpan.FromSeconds(5));
    }

    /// <summary>
    /// Registers an <see cref="IConnectionMultiplexer"/> on <c>ConnectionStrings:&lt;connectionName&gt;</c> that keeps
    /// trying in the background. Nothing that lasts is in Redis, so its absence degrades the process and no more.
    /// </summary>
    public static void AddRedisClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<RedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null)
    {
        var settings = new RedisSettings { ConnectionString = builder.Configuration.GetConnectionString(connectionName) };
        builder.Configuration.GetSection(RedisSection).Bind(settings);
        configureSettings?.Invoke(settings);
        var options = ConfigurationOptions.Parse(Required(settings.ConnectionString, connectionName, "host:6379,password=…"));
        options.AbortOnConnectFail = false;
        // Whoever asks first waits so long for a Redis that is away: less than probes do.
        options.ConnectTimeout = Math.Min(options.ConnectTimeout, 2_000);
        configureOptions?.Invoke(options);

        builder.Services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(options));
        if (!settings.DisableHealthChecks)
            builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
                "redis", services => new RedisCheck(services.GetRequiredService<IConnectionMultiplexer>()), HealthStatus.Degraded, tags: null, timeout: TimeSpan.FromSeconds(1)));
    }

    private static string Required(string? value, string name, string example) =>
        string.IsNullOrWhiteSpace(value)
            ? throw new InvalidOperationException($"ConnectionStrings:{name} is not set (example: ConnectionStrings__{name}=\"{example}\").")
            : value;
}

/// <summary>Settings of the connection to PostgreSQL; the names that Aspire uses.</summary>
public sealed class NpgsqlSettings
{
    public string? ConnectionString { get; set; }

    public bool DisableHealthChecks { get; set; }

    public bool DisableRetry { get; set; }

    /// <summary>Seconds; null means the library's default.</summary>
    public int? CommandTimeout { get; set; }
}

/// <summary>Settings of the connection to Redis; the names that Aspire uses.</summary>
public sealed class RedisSettings
{
    public string? ConnectionString { get; set; }

    public bool DisableHealthChecks { get; set; }
}
