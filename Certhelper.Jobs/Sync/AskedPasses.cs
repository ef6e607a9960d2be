using System.Data.Common;
using Certhelper.Core.References;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Storage;
using Hangfire;

namespace Certhelper.Jobs.Sync;

/// <summary>Starts a job as soon as somebody has asked for what it does, instead of at its next turn.</summary>
internal sealed partial class AskedPasses(
    IServiceScopeFactory scopes, IRecurringJobManager manager, TimeProvider time, ILogger<AskedPasses> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await LookAsync(stoppingToken);
    }

    /// <summary>One look. What goes wrong is told and waits for the next look, or for the job's own turn.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CerthelperDbContext>();
            if (await ApvModesMarks.TakeAsync(db, time.GetUtcNow(), cancellationToken)) manager.Trigger(ApvModesPass.Name);
            if (await RegistryQuestions.TakeAsync(db, time.GetUtcNow(), cancellationToken)) manager.Trigger(CertifiedDatasets.Name);
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or TimeoutException or BackgroundJobClientException)
        {
            Log.NotSeen(logger, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Whether somebody has asked for something cannot be seen now: {Problem}")]
        public static partial void NotSeen(ILogger logger, string problem);
    }
}
