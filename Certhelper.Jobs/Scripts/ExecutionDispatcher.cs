using Certhelper.Core.Scripts;
using Hangfire;
using Hangfire.States;
using Npgsql;

namespace Certhelper.Jobs.Scripts;

/// <summary>
/// Hands executions that no worker has to the queue: new ones, those whose delay is over, and those whose worker died. It
/// looks when it is told to and every second anyway, so it is right without Redis, and without ever being told.
/// </summary>
internal sealed partial class ExecutionDispatcher(ExecutionBook book, ExecutionHints hints, IBackgroundJobClientV2 queue, ILogger<ExecutionDispatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim told = new(0, 1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await hints.ListenAsWorkerAsync(_ => Wake());
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var id in await book.HandOutAsync(stoppingToken))
                    queue.Create<ExecutionJobs>(jobs => jobs.FollowAsync(id, CancellationToken.None), new EnqueuedState(ExecutionJobs.Queue));
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or InvalidOperationException or BackgroundJobClientException)
            {
                LogAway(exception);
            }

            try
            {
                using var turn = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                turn.CancelAfter(Pause);
                await told.WaitAsync(turn.Token);
            }
            catch (OperationCanceledException)
            {
                // Nobody told; look anyway.
            }
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        told.Dispose();
    }

    private void Wake()
    {
        try
        {
            told.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is about to look.
        }
        catch (ObjectDisposedException)
        {
            // The process is ending.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Executions cannot be handed out now")]
    private partial void LogAway(Exception exception);
}
