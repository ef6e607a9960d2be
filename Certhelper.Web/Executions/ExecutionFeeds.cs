using System.Runtime.CompilerServices;
using Certhelper.Core.Scripts;
using StackExchange.Redis;

namespace Certhelper.Web.Executions;

/// <summary>All feeds of this process. A feed begins with its first watcher and ends soon after its last.</summary>
internal sealed partial class ExecutionFeeds(ExecutionReading reading, IServiceProvider services, TimeProvider time, ILogger<ExecutionFeeds> logger) : BackgroundService
{
    // A reload of the page comes back before that.
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RedisAgain = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Dictionary<long, ExecutionFeed> feeds = [];

    /// <summary>Whether an execution is read here.</summary>
    public bool Watches(long id)
    {
        lock (gate) return feeds.ContainsKey(id);
    }

    /// <summary>Somebody says that there is something new.</summary>
    public void Heard(long id)
    {
        ExecutionFeed? feed;
        lock (gate) feeds.TryGetValue(id, out feed);
        feed?.Hint();
    }

    /// <summary>
    /// Everything that follows a line, until the execution has ended and all of it was handed out. The watcher pulls: one
    /// that is slow gets the next portion later, and nothing waits for it in memory.
    /// </summary>
    /// <param name="id">The execution. One that there is not ends at once.</param>
    /// <param name="after">Number of the last line that the watcher has; 0 for none.</param>
    /// <param name="known">The change that the watcher knows: its state is not told again. -1 for none.</param>
    /// <param name="cancellationToken">The watcher has gone.</param>
    public async IAsyncEnumerable<ExecutionPortion> FollowAsync(long id, long after, long known, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var feed = Enter(id);
        try
        {
            after = Math.Max(0, after);
            long told = -1;
            while (true)
            {
                var view = feed.View;
                if (!view.Looked)
                {
                    await view.Changed.WaitAsync(cancellationToken);
                    continue;
                }

                if (view.Now is not { } now) yield break;
                var state = view.Version != told && (told >= 0 || now.Change != known) ? (ReadOnlyMemory<byte>)view.State : default;
                // A watcher who comes from another replica may be ahead of what was read here: it waits until this is further.
                if (after < view.Last)
                {
                    var block = view.BlockAfter(after, out var upTo) ?? await reading.BlockAsync(id, after, upTo, cancellationToken);
                    if (block.Count > 0)
                    {
                        after = block.Last;
                        told = view.Version;
                        yield return new ExecutionPortion(block.Json, state, after);
                        continue;
                    }
                }

                told = view.Version;
                if (!state.IsEmpty)
                {
                    yield return new ExecutionPortion(default, state, after);
                    continue;
                }

                if (now.Ended) yield break;
                await view.Changed.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            Leave(id, feed);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Connecting to a Redis that is away takes seconds; the start of the process does not wait for it.
        await Task.Yield();
        while (true)
        {
            try
            {
                await services.GetRequiredService<ExecutionHints>().ListenAsWatcherAsync(Heard);
                return;
            }
            catch (RedisException exception)
            {
                LogUnheard(exception);
                await Task.Delay(RedisAgain, time, stoppingToken);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            foreach (var feed in feeds.Values) feed.Dispose();
            feeds.Clear();
        }

        await base.StopAsync(cancellationToken);
    }

    private ExecutionFeed Enter(long id)
    {
        lock (gate)
        {
            // One that ended reads no more; an execution that was not there a moment ago may be there now.
            if (!feeds.TryGetValue(id, out var feed) || feed.View is { Looked: true, Now: null }) feeds[id] = feed = new ExecutionFeed(id, reading, time, logger);
            feed.Watchers++;
            return feed;
        }
    }

    private void Leave(long id, ExecutionFeed feed)
    {
        lock (gate)
        {
            if (--feed.Watchers > 0) return;
        }

        _ = LingerAsync(id, feed);
    }

    private async Task LingerAsync(long id, ExecutionFeed feed)
    {
        await Task.Delay(Linger, time, CancellationToken.None);
        lock (gate)
        {
            if (feed.Watchers > 0 || !feeds.TryGetValue(id, out var current) || current != feed) return;
            feeds.Remove(id);
        }

        feed.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis is away: live output is looked for and not announced")]
    private partial void LogUnheard(Exception exception);
}
