using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Npgsql;
using NpgsqlTypes;

namespace Certhelper.Jobs.Scripts;

/// <summary>The right to work on an execution. Another worker may take it when its lease is over; then ours is worth nothing.</summary>
/// <param name="Id">The execution.</param>
/// <param name="Fence">Counts the workers: what an older one writes is refused.</param>
internal sealed record Ticket(long Id, int Fence);

/// <summary>Another worker has taken the execution: this one must leave it alone.</summary>
internal sealed class TicketLostException() : Exception("Another worker has this execution now.");

/// <summary>What a heartbeat brings back.</summary>
internal sealed record Beat(DateTimeOffset? StopRequestedAt, DateTimeOffset Deadline);

/// <summary>
/// All that workers write about executions. Each statement names the fence, so that a worker that was thought dead and
/// comes back cannot write a line twice. Leases go by the database's clock, which all workers share.
/// </summary>
internal sealed class ExecutionBook(IServiceScopeFactory scopes, ExecutionHints hints, TimeProvider time)
{
    /// <summary>Without a heartbeat for so long, a worker counts as dead.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    /// <summary>What waits for a worker: not in the hands of one, allowed to begin, and not handed out a moment ago.</summary>
    public async Task<IReadOnlyList<long>> HandOutAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Db(scope).Database.SqlQuery<long>(
            $"""
            UPDATE executions AS e SET dispatched_at = now()
            WHERE e.id IN (
                SELECT o.id FROM executions AS o
                WHERE o.ended_at IS NULL
                  AND (o.lease_until IS NULL OR o.lease_until < now())
                  AND (o.not_before IS NULL OR o.not_before <= now() OR o.stop_requested_at IS NOT NULL)
                  AND (o.dispatched_at IS NULL OR o.dispatched_at < now() - interval '30 seconds' OR o.dispatched_at < o.lease_until)
                  AND (o.remote_folder IS NOT NULL OR o.side > (
                      SELECT count(*) FROM executions AS other
                      WHERE other.script_id = o.script_id AND other.side_key = o.side_key AND other.ended_at IS NULL
                        AND other.id <> o.id AND (other.id < o.id OR other.remote_folder IS NOT NULL)))
                ORDER BY o.id LIMIT 50 FOR UPDATE SKIP LOCKED)
            RETURNING e.id AS "Value"
            """).ToListAsync(cancellationToken);
    }

    /// <summary>Takes an execution, unless another worker has it or it must wait for others of its kind.</summary>
    public async Task<Ticket?> TakeAsync(long id, string owner, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = Db(scope);
        var folder = $"{id}-{Guid.NewGuid():N}";
        return await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var script = await db.Executions.Where(row => row.Id == id).Select(row => (int?)row.ScriptId).SingleOrDefaultAsync(cancellationToken);
            if (script is null) return null;
            // Who may begin is counted under the same lock under which executions are asked for.
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(7301, {script})", cancellationToken);
            var fences = await db.Database.SqlQuery<int>(
                $"""
                UPDATE executions AS e
                SET fence = fence + 1, lease_owner = {owner}, lease_until = now() + {Lease}, change = change + 1,
                    remote_folder = COALESCE(remote_folder, {folder})
                WHERE e.id = {id} AND e.ended_at IS NULL AND (e.lease_until IS NULL OR e.lease_until < now())
                  AND (e.remote_folder IS NOT NULL OR e.side > (
                      SELECT count(*) FROM executions AS other
                      WHERE other.script_id = e.script_id AND other.side_key = e.side_key AND other.ended_at IS NULL
                        AND other.id <> e.id AND (other.id < e.id OR other.remote_folder IS NOT NULL)))
                RETURNING e.fence AS "Value"
                """).ToListAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return fences.Count == 1 ? new Ticket(id, fences[0]) : null;
        });
    }

    /// <summary>The execution as it is in the database, with its definition.</summary>
    public async Task<Execution> ReadAsync(Ticket ticket, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Db(scope).Executions.AsNoTracking().Include(row => row.ScriptVersion)
            .SingleOrDefaultAsync(row => row.Id == ticket.Id && row.Fence == ticket.Fence, cancellationToken) ?? throw new TicketLostException();
    }

    /// <summary>Says that the worker lives, and hears whether a person wants it to stop.</summary>
    public async Task<Beat> BeatAsync(Ticket ticket, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var beats = await Db(scope).Database.SqlQuery<Beat>(
            $"""
            UPDATE executions SET lease_until = now() + {Lease} WHERE id = {ticket.Id} AND fence = {ticket.Fence} AND ended_at IS NULL
            RETURNING stop_requested_at, deadline
            """).ToListAsync(cancellationToken);
        return beats.Count == 1 ? beats[0] : throw new TicketLostException();
    }

    /// <summary>Gives it back, for another worker to take at once. The ticket ends with it: a heartbeat that is under way does not renew the lease.</summary>
    public Task ReleaseAsync(Ticket ticket, CancellationToken cancellationToken) => TryWriteAsync(ticket, null, set => set
        .SetProperty(row => row.Fence, row => row.Fence + 1)
        .SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null)
        .SetProperty(row => row.DispatchedAt, (DateTimeOffset?)null), cancellationToken);

    /// <summary>Keeps a batch of lines, and how far the log is read, in one transaction: neither without the other.</summary>
    /// <param name="ticket">The right to do so.</param>
    /// <param name="firstNumber">Number of the first line.</param>
    /// <param name="lines">The lines; may be empty.</param>
    /// <param name="reading">How far the log is read after them.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task AppendAsync(Ticket ticket, long firstNumber, IReadOnlyList<CutLine> lines, LogReading reading, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = Db(scope);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await connection.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var update = new NpgsqlCommand(
            """
            UPDATE executions SET last_line = $3, log_offset = $4, output_bytes = $5, tail = $6, percent = $7, pattern_found = $8, truncated = $9, change = change + 1
            WHERE id = $1 AND fence = $2 AND ended_at IS NULL
            """, connection, transaction))
        {
            foreach (var value in new object?[] { ticket.Id, ticket.Fence, firstNumber + lines.Count - 1, reading.Offset, reading.Bytes, reading.Tail, reading.Percent, reading.PatternFound, reading.Truncated })
                update.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
            if (await update.ExecuteNonQueryAsync(cancellationToken) != 1) throw new TicketLostException();
        }

        if (lines.Count > 0)
        {
            var now = time.GetUtcNow();
            await using var copy = await connection.BeginBinaryImportAsync("COPY execution_lines (execution_id, number, text, ends, at) FROM STDIN (FORMAT BINARY)", cancellationToken);
            for (var i = 0; i < lines.Count; i++)
            {
                await copy.StartRowAsync(cancellationToken);
                await copy.WriteAsync(ticket.Id, NpgsqlDbType.Bigint, cancellationToken);
                await copy.WriteAsync(firstNumber + i, NpgsqlDbType.Bigint, cancellationToken);
                await copy.WriteAsync(lines[i].Text, NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(lines[i].Ends, NpgsqlDbType.Boolean, cancellationToken);
                await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, cancellationToken);
            }

            await copy.CompleteAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        hints.TellWatchers(ticket.Id);
    }

    /// <summary>Changes the execution and notes what happened.</summary>
    /// <exception cref="TicketLostException">Another worker has it.</exception>
    public async Task WriteAsync(Ticket ticket, string? happened, Action<UpdateSettersBuilder<Execution>> set, CancellationToken cancellationToken)
    {
        if (!await TryWriteAsync(ticket, happened, set, cancellationToken)) throw new TicketLostException();
    }

    /// <summary>Adds files to the execution; maps of the same name that were made before step back.</summary>
    public async Task AddFilesAsync(Ticket ticket, IReadOnlyList<ExecutionFile> files, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = Db(scope);
        await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (await db.Executions.Where(row => row.Id == ticket.Id && row.Fence == ticket.Fence).ExecuteUpdateAsync(set => set.SetProperty(row => row.Change, row => row.Change + 1), cancellationToken) != 1)
                throw new TicketLostException();
            foreach (var maps in files.Where(file => file.MapType is not null).GroupBy(file => (file.RunNumber, file.MapType)))
            {
                var names = maps.Select(map => map.Name).ToList();
                await db.ExecutionFiles.Where(file => file.RunNumber == maps.Key.RunNumber && file.MapType == maps.Key.MapType && names.Contains(file.Name) && !file.Superseded)
                    .ExecuteUpdateAsync(set => set.SetProperty(file => file.Superseded, true), cancellationToken);
            }

            // A worker before us may have added some of them already.
            await db.ExecutionFiles.Where(file => file.ExecutionId == ticket.Id).ExecuteDeleteAsync(cancellationToken);
            db.ExecutionFiles.AddRange(files);
            await db.SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        });
        hints.TellWatchers(ticket.Id);
    }

    private async Task<bool> TryWriteAsync(
        Ticket ticket, string? happened, Action<UpdateSettersBuilder<Execution>> set, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = Db(scope);
        var written = await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var rows = await db.Executions.Where(row => row.Id == ticket.Id && row.Fence == ticket.Fence && row.EndedAt == null)
                .ExecuteUpdateAsync(
                    setters =>
                    {
                        set(setters);
                        setters.SetProperty(row => row.Change, row => row.Change + 1);
                    },
                    cancellationToken);
            if (rows != 1) return false;
            if (happened is not null)
            {
                db.ExecutionEvents.Add(new ExecutionEvent { ExecutionId = ticket.Id, At = time.GetUtcNow(), Text = happened.Length > 1000 ? happened[..1000] : happened });
                await db.SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
            return true;
        });
        hints.TellWatchers(ticket.Id);
        return written;
    }

    private static CerthelperDbContext Db(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<CerthelperDbContext>();
}

/// <summary>How far an execution's log is read.</summary>
/// <param name="Offset">Bytes of the remote log that are in kept lines.</param>
/// <param name="Bytes">Bytes printed so far.</param>
/// <param name="Tail">What follows the last line break.</param>
/// <param name="Percent">As printed last.</param>
/// <param name="PatternFound">Whether the mark of success was seen.</param>
/// <param name="Truncated">Whether lines were left out.</param>
internal sealed record LogReading(long Offset, long Bytes, string? Tail, int? Percent, bool PatternFound, bool Truncated);
