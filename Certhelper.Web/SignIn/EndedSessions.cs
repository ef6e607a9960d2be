using Npgsql;

namespace Certhelper.Web.SignIn;

/// <summary>
/// The sessions that ended before their time, as this process knows them: read again when what it knows is five seconds old.
/// So every replica refuses a session a few seconds after it was ended anywhere, and a request costs nothing.
/// </summary>
internal sealed partial class EndedSessions(IConfiguration configuration, TimeProvider time, ILogger<EndedSessions> logger) : IDisposable
{
    internal static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim turn = new(1, 1);
    private Dictionary<string, DateTimeOffset> known = [];
    private DateTimeOffset readAt = DateTimeOffset.MinValue;

    public void Dispose() => turn.Dispose();

    /// <summary>Whether one of the keys was ended after the session began.</summary>
    public async ValueTask<bool> IsEndedAsync(IEnumerable<string> keys, DateTimeOffset began, CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() - readAt > Fresh) await ReadAsync(cancellationToken);
        return keys.Any(key => known.TryGetValue(key, out var ended) && ended >= began);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (now - readAt <= Fresh) return;
            Dictionary<string, DateTimeOffset> found = [];
            await using var connection = new NpgsqlConnection(configuration.GetConnectionString("certhelper"));
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("SELECT key, ended_at FROM ended_sessions WHERE forget_at > $1", connection);
            command.Parameters.Add(new NpgsqlParameter { Value = now });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken)) found[reader.GetString(0)] = await reader.GetFieldValueAsync<DateTimeOffset>(1, cancellationToken);
            known = found;
            readAt = now;
        }
        catch (NpgsqlException exception)
        {
            // Pages cannot be shown without the database either; what is known stays known.
            Log.NotRead(logger, exception);
        }
        finally
        {
            turn.Release();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Ended sessions could not be read; what was known before stays")]
        public static partial void NotRead(ILogger logger, Exception exception);
    }
}
