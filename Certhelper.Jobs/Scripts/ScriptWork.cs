using Certhelper.Core.Scripts;
using Certhelper.Jobs.Background;
using Hangfire;
using Microsoft.Extensions.Options;

namespace Certhelper.Jobs.Scripts;

/// <summary>Registers the workers of executions.</summary>
internal static class ScriptWork
{
    public static void AddScriptWork(this IHostApplicationBuilder builder)
    {
        builder.AddScripts();
        builder.Services.AddSingleton<ExecutionBook>();
        builder.Services.AddSingleton<OutputCollector>();
        builder.Services.AddSingleton<ExecutionRunner>();
        builder.Services.AddTransient(services => new ExecutionJobs(services.GetRequiredService<ExecutionRunner>()));
        builder.Services.AddHostedService<ExecutionDispatcher>();
        // Executions last hours: they must not keep short jobs waiting.
        builder.Services.AddHangfireServer((services, server) =>
        {
            server.ServerName = BackgroundWork.ServerName + ":" + ExecutionJobs.Queue;
            server.Queues = [ExecutionJobs.Queue];
            server.WorkerCount = services.GetRequiredService<IOptions<ScriptsOptions>>().Value.Workers;
            server.HeartbeatInterval = TimeSpan.FromSeconds(15);
            server.ServerTimeout = TimeSpan.FromMinutes(2);
            server.StopTimeout = TimeSpan.FromSeconds(10);
            server.ShutdownTimeout = TimeSpan.FromSeconds(20);
        });
    }
}
