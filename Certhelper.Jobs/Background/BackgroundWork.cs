using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.ServiceDefaults;
using Hangfire;
using Hangfire.PostgreSql;

namespace Certhelper.Jobs.Background;

/// <summary>Hangfire: its storage, its workers and its dashboard.</summary>
internal static class BackgroundWork
{
    /// <summary>Hangfire's own schema in our database; the migrate step makes it.</summary>
    public const string SchemaName = "hangfire";

    private const string DashboardPath = "/hangfire";

    /// <summary>Name under which the workers of this process are listed.</summary>
    public static readonly string ServerName = $"{Environment.MachineName}:{Environment.ProcessId}";

    public static void AddBackgroundWork(this IHostApplicationBuilder builder)
    {
        var connectionString = builder.Configuration.GetConnectionString("certhelper")!;
        builder.Services.AddHangfire(hangfire => hangfire
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseFilter(new FailedJobsExpire())
            .UseFilter(new FailuresCounted())
            .UseJobDetailsRenderer(10, ProgressPanel.Render)
            .UsePostgreSqlStorage(
                storage => storage.UseNpgsqlConnection(connectionString),
                new PostgreSqlStorageOptions
                {
                    SchemaName = SchemaName,
                    PrepareSchemaIfNecessary = false,
                    QueuePollInterval = TimeSpan.FromSeconds(2),
                    // A worker that was killed gives its job back after this; one that lives keeps it however long it takes.
                    InvisibilityTimeout = TimeSpan.FromMinutes(2),
                    UseSlidingInvisibilityTimeout = true,
                }));
        builder.Services.AddHangfireServer(server =>
        {
            server.ServerName = ServerName;
            server.Queues = Schedule.Queues;
            server.WorkerCount = 4;
            server.HeartbeatInterval = TimeSpan.FromSeconds(15);
            server.ServerTimeout = TimeSpan.FromMinutes(2);
            server.ServerCheckInterval = TimeSpan.FromMinutes(1);
            // A job is asked to stop, then left behind, and only then does the process end.
            server.StopTimeout = TimeSpan.FromSeconds(15);
            server.ShutdownTimeout = TimeSpan.FromSeconds(30);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(60));
        builder.Services.AddHostedService<ScheduleWriter>();
        // Where nobody reads metrics, the database is not asked for them.
        if (builder.AreMetricsRead()) builder.Services.AddHostedService<StandingMeasures>();
        builder.Services.AddHealthChecks()
            .AddCheck<SchemaHealthCheck>("schema")
            .AddCheck<WorkersHealthCheck>("workers");
    }

    public static void MapJobsDashboard(this WebApplication app) => app.MapHangfireDashboardWithAuthorizationPolicy(
        nameof(Permission.ViewJobs),
        DashboardPath,
        new DashboardOptions
        {
            DashboardTitle = "Certhelper jobs",
            AppPath = "/",
            DisplayStorageConnectionString = false,
        });
}
