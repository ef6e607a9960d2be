using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Certhelper.Core.Scripts;

/// <summary>
/// Says through Redis that there is something new, to make it seen sooner. Everything is in the database: a hint that is
/// lost costs a second, because whoever waits for one looks by itself too.
/// </summary>
public sealed partial class ExecutionHints(IConnectionMultiplexer redis, ILogger<ExecutionHints> logger)
{
    private static readonly RedisChannel ToWorkersChannel = RedisChannel.Literal("certhelper:executions:wanted");
    private static readonly RedisChannel ToWatchersChannel = RedisChannel.Literal("certhelper:executions:changed");

    /// <summary>Something waits for a worker: a new execution, or a wish to stop one.</summary>
    public void TellWorkers(long executionId) => Publish(ToWorkersChannel, executionId);

    /// <summary>An execution has new lines or another state.</summary>
    public void TellWatchers(long executionId) => Publish(ToWatchersChannel, executionId);

    /// <summary>Calls back for each hint to workers, until the process ends.</summary>
    public Task ListenAsWorkerAsync(Action<long> heard) => ListenAsync(ToWorkersChannel, heard);

    /// <summary>Calls back for each hint to watchers, until the process ends.</summary>
    public Task ListenAsWatcherAsync(Action<long> heard) => ListenAsync(ToWatchersChannel, heard);

    private void Publish(RedisChannel channel, long executionId)
    {
        if (!redis.IsConnected) return;
        try
        {
            redis.GetSubscriber().Publish(channel, executionId, CommandFlags.FireAndForget);
        }
        catch (RedisException exception)
        {
            LogUnsaid(exception);
        }
    }

    private async Task ListenAsync(RedisChannel channel, Action<long> heard)
    {
        try
        {
            await redis.GetSubscriber().SubscribeAsync(channel, (_, value) =>
            {
                if (value.TryParse(out long id)) heard(id);
            });
        }
        catch (RedisException exception)
        {
            // The library subscribes by itself when the connection comes.
            LogUnsaid(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Redis does not take or give hints about executions now")]
    private partial void LogUnsaid(Exception exception);
}
