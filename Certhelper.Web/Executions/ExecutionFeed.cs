namespace Certhelper.Web.Executions;

/// <summary>
/// The one reader of a watched execution in this process. It looks when told that there is something new, and once a
/// second in any case; right after new lines sooner, so that live output is live without Redis, too.
/// </summary>
internal sealed partial class ExecutionFeed : IDisposable
{
    private const int KeptLines = 5_000;
    private const int KeptBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(250);

    // Ten looks a second show everything soon enough, however often workers write.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly long id;
    private readonly ExecutionReading reading;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim hint = new(0, 1);
    private volatile FeedView view = FeedView.Empty();

    public ExecutionFeed(long id, ExecutionReading reading, TimeProvider time, ILogger logger)
    {
        this.id = id;
        this.reading = reading;
        this.time = time;
        this.logger = logger;
        var token = stop.Token;
        _ = Task.Run(() => RunAsync(token), CancellationToken.None);
    }

    public FeedView View => view;

    /// <summary>How many watch it; kept by the registry, under its lock.</summary>
    public int Watchers { get; set; }

    /// <summary>There is something new.</summary>
    public void Hint()
    {
        try
        {
            if (hint.CurrentCount == 0) hint.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else said so at the same moment.
        }
        catch (ObjectDisposedException)
        {
            // Nobody watches any more.
        }
    }

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
        hint.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var wait = Idle;
                try
                {
                    if (await LookAsync(cancellationToken)) wait = Busy;
                    if (view is { Looked: true, Now: null or { Ended: true } }) return;
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    // The database is away for a moment; watchers keep what they have.
                    LogUnread(exception, id);
                }

                await Task.Delay(Pause, time, cancellationToken);
                await hint.WaitAsync(wait, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // Nobody watches any more.
        }
    }

    /// <returns>Whether there were new lines.</returns>
    private async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        // The state first: lines up to its last are written with it, so that what is read has no gap.
        var now = await reading.NowAsync(id, cancellationToken);
        var before = view;
        if (!before.Looked || now is null)
        {
            if (!before.Looked || before.Now is not null) Show(now, null);
            return false;
        }

        var any = false;
        while (view.Last < now.LastLine)
        {
            var lines = await reading.LinesAsync(id, view.Last, now.LastLine, cancellationToken);
            if (lines.Count == 0) break;
            any = true;
            var block = LineBlock.Of(view.Last, lines, full: false);
            // The end is told with the last lines, not before them.
            Show(block.Last < now.LastLine ? view.Now : now, block);
        }

        if (view.Now != now) Show(now, null);
        return any;
    }

    private void Show(ExecutionNow? now, LineBlock? block)
    {
        var before = view;
        view = before.With(now, block, KeptLines, KeptBytes);
        before.Replaced();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Execution {Id} could not be read for its watchers; the next look is in a second")]
    private partial void LogUnread(Exception exception, long id);
}
