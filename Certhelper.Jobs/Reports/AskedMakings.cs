using System.Data.Common;
using Certhelper.Core.Reports;
using Certhelper.Core.Storage;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Jobs.Reports;

/// <summary>Starts the job as soon as somebody has asked for a report, instead of at the next full minute.</summary>
internal sealed partial class AskedMakings(
    IServiceScopeFactory scopes, IRecurringJobManager manager, TimeProvider time, ILogger<AskedMakings> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await LookAsync(stoppingToken);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CerthelperDbContext>();
            // Once for each: while a worker is at it, it is not waiting any more, and what must wait is not due.
            var now = time.GetUtcNow();
            if (await db.ScheduledMakings.AnyAsync(row => row.EndedAt == null && row.State == MakingState.Waiting && row.Attempts == 0 && row.NotBefore <= now, cancellationToken))
                manager.Trigger(ScheduleJob.Name);
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or TimeoutException or BackgroundJobClientException)
        {
            Log.NotSeen(logger, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Whether somebody asks for a report cannot be seen now: {Problem}")]
        public static partial void NotSeen(ILogger logger, string problem);
    }
}
