using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Certhelper.Web.Executions;

/// <summary>
/// Reads executions and their lines for watchers. Lines are never changed, so that what many read from the same place on
/// (after a rollout, all of them) is read once.
/// </summary>
internal sealed class ExecutionReading(IServiceScopeFactory scopes) : IDisposable
{
    /// <summary>Lines that are read at once.</summary>
    public const int MostLines = 1_000;

    /// <summary>Characters' bytes that are read at once; one line more may be over it.</summary>
    private const int MostBytes = 256 * 1024;

    private const int KeptBytes = 16 * 1024 * 1024;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = KeptBytes });

    // Newcomers must not take all connections of the pages.
    private readonly SemaphoreSlim turns = new(4);

    public void Dispose()
    {
        kept.Dispose();
        turns.Dispose();
    }

    /// <summary>How it stands; null when there is none.</summary>
    public async Task<ExecutionNow?> NowAsync(long id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CerthelperDbContext>();
        return await db.Executions.AsNoTracking().Where(row => row.Id == id)
            .Select(row => new ExecutionNow(
                row.State, row.Trouble, row.Attempt, row.StartedAt, row.EndedAt, row.ExitCode, row.LastLine, row.OutputBytes, row.Tail, row.Percent,
                row.Truncated, row.StopRequestedAt == null ? null : row.StopRequestedBy!.Name, row.Files.Count, row.Events.Count, row.Change))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The lines from <paramref name="after"/> on, as far as <paramref name="last"/> and as many as fit.</summary>
    public async Task<LineBlock> BlockAsync(long id, long after, long last, CancellationToken cancellationToken)
    {
        var key = (id, after);
        if (kept.TryGetValue(key, out LineBlock? known) && known!.Last <= last) return known;
        await turns.WaitAsync(cancellationToken);
        try
        {
            // Whoever waited for the same portion finds it now.
            if (kept.TryGetValue(key, out known) && known!.Last <= last) return known;
            var lines = await LinesAsync(id, after, last, cancellationToken);
            var end = lines.Count == 0 ? last : lines[^1].Number;
            var block = LineBlock.Of(after, lines, full: end < last);
            if (block.Full) kept.Set(key, block, new MemoryCacheEntryOptions { Size = block.Json.Length, SlidingExpiration = Kept });
            return block;
        }
        finally
        {
            turns.Release();
        }
    }

    /// <summary>The lines themselves, in their order.</summary>
    public async Task<IReadOnlyList<OutputLine>> LinesAsync(long id, long after, long last, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CerthelperDbContext>();
        // The size is counted in the statement: a thousand of the longest lines would be 32 MB.
        return await db.Database.SqlQuery<OutputLine>($"""
            SELECT number, text, ends FROM (
              SELECT number, text, ends, sum(octet_length(text)) OVER (ORDER BY number) - octet_length(text) AS before FROM (
                SELECT number, text, ends FROM execution_lines
                WHERE execution_id = {id} AND number > {after} AND number <= {last} ORDER BY number LIMIT {MostLines}) AS part) AS counted
            WHERE before < {MostBytes} ORDER BY number
            """).ToListAsync(cancellationToken);
    }

    /// <summary>The last lines, for a page without script.</summary>
    public async Task<IReadOnlyList<OutputLine>> EndAsync(long id, long last, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CerthelperDbContext>();
        var lines = await db.Database.SqlQuery<OutputLine>($"""
            SELECT number, text, ends FROM (
              SELECT number, text, ends, sum(octet_length(text)) OVER (ORDER BY number DESC) - octet_length(text) AS before FROM (
                SELECT number, text, ends FROM execution_lines
                WHERE execution_id = {id} AND number <= {last} ORDER BY number DESC LIMIT {MostLines}) AS part) AS counted
            WHERE before < {MostBytes} ORDER BY number
            """).ToListAsync(cancellationToken);
        return lines;
    }
}
