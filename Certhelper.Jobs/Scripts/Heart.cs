using Npgsql;

namespace Certhelper.Jobs.Scripts;

/// <summary>
/// Says once a second that the worker lives, whatever it waits for, and hears whether it must end. A database that is away
/// stops neither the worker nor the command: it goes on saying so until it is heard or told that another has taken over.
/// </summary>
internal sealed partial class Heart : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ExecutionBook book;
    private readonly Ticket ticket;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly CancellationTokenSource ending = new();
    private readonly CancellationTokenSource lost = new();
    private readonly Task beating;
    private volatile Beat last;

    public Heart(ExecutionBook book, Ticket ticket, DateTimeOffset deadline, DateTimeOffset? stopRequestedAt, TimeProvider time, ILogger logger)
    {
        (this.book, this.ticket, this.time, this.logger) = (book, ticket, time, logger);
        last = new Beat(stopRequestedAt, deadline);
        beating = BeatAsync();
    }

    /// <summary>Cancelled when another worker has taken the execution.</summary>
    public CancellationToken Lost => lost.Token;

    public bool StopRequested => last.StopRequestedAt is not null;

    public bool TimeIsUp => time.GetUtcNow() >= last.Deadline;

    /// <summary>Whether nothing more is to be begun.</summary>
    public bool MustEnd => StopRequested || TimeIsUp;

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await beating;
        ending.Dispose();
        lost.Dispose();
    }

    private async Task BeatAsync()
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Pause, time, ending.Token);
                last = await book.BeatAsync(ticket, ending.Token);
            }
            catch (TicketLostException)
            {
                await lost.CancelAsync();
                return;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or InvalidOperationException)
            {
                LogUnheard(ticket.Id, exception);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database does not hear the worker of execution {Id} now")]
    private partial void LogUnheard(long id, Exception exception);
}
