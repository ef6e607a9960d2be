using Npgsql;

namespace Certhelper.Jobs.Background;

/// <summary>
/// The right to do something that only one may do at a time, in all replicas. It is a session lock of PostgreSQL: it ends
/// with its connection, so a process that is killed leaves nothing behind.
/// </summary>
internal sealed class Turn : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;

    private Turn(NpgsqlConnection connection) => this.connection = connection;

    /// <summary>Takes the turn if nobody has it; null when somebody does.</summary>
    public static async Task<Turn?> TryTakeAsync(string connectionString, string name, CancellationToken cancellationToken)
    {
        var turn = await OpenAsync(connectionString, cancellationToken);
        try
        {
            if (await turn.AskAsync("SELECT pg_try_advisory_lock(hashtextextended($1, 0))", name, cancellationToken) is true) return turn;
        }
        catch
        {
            await turn.DisposeAsync();
            throw;
        }

        await turn.DisposeAsync();
        return null;
    }

    /// <summary>Takes the turn, waiting for whoever has it.</summary>
    public static async Task<Turn> TakeAsync(string connectionString, string name, CancellationToken cancellationToken)
    {
        var turn = await OpenAsync(connectionString, cancellationToken);
        try
        {
            await turn.AskAsync("SELECT pg_advisory_lock(hashtextextended($1, 0))", name, cancellationToken);
            return turn;
        }
        catch
        {
            await turn.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static async Task<Turn> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        // Unpooled: closing must end the session, and with it the lock.
        var own = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, KeepAlive = 30, CommandTimeout = 0 };
        var connection = new NpgsqlConnection(own.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return new Turn(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task<object?> AskAsync(string sql, string name, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddWithValue("certhelper:" + name);
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
