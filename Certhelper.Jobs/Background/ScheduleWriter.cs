using Hangfire;

namespace Certhelper.Jobs.Background;

/// <summary>Writes the schedule as soon as the database can take it, and does not keep the process from starting.</summary>
internal sealed partial class ScheduleWriter(
    JobStorage storage, IRecurringJobManager manager, TimeProvider time, ILogger<ScheduleWriter> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What follows blocks; the host must not wait for it.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Schedule.Write(storage, manager);
                Log.Written(logger);
                return;
            }
            // Whatever the database says: it may be there in five seconds, and nothing else depends on this.
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.NotYet(logger, exception.Message);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The schedule of recurring jobs is written")]
        public static partial void Written(ILogger logger);

        [LoggerMessage(LogLevel.Warning, "The schedule of recurring jobs cannot be written yet: {Problem}")]
        public static partial void NotYet(ILogger logger, string problem);
    }
}
