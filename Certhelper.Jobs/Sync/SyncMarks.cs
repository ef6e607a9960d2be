using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Jobs.Sync;

/// <summary>How far each synchronisation has come, so that the next pass goes on from there.</summary>
public sealed class SyncMarks(CerthelperDbContext db, TimeProvider time)
{
    /// <summary>The newest change that has been taken over; null before the first.</summary>
    public async Task<DateTimeOffset?> UntilAsync(string name, CancellationToken cancellationToken) =>
        await db.SyncMarks.Where(mark => mark.Name == name).Select(mark => mark.Until).SingleOrDefaultAsync(cancellationToken);

    /// <summary>Moves the mark; never back, and never beyond now: a wrong time in the source must not hide what comes after.</summary>
    public Task MoveAsync(string name, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var to = until < now ? until : now;
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO sync_marks (name, until) VALUES ({name}, {to})
            ON CONFLICT (name) DO UPDATE SET until = greatest(sync_marks.until, excluded.until)
            """,
            cancellationToken);
    }

    /// <summary>Notes what a pass did, in words.</summary>
    public Task NoteAsync(string name, string result, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var words = result.Length <= 2_000 ? result : result[..2_000];
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO sync_marks (name, last_run_at, last_result) VALUES ({name}, {now}, {words})
            ON CONFLICT (name) DO UPDATE SET last_run_at = excluded.last_run_at, last_result = excluded.last_result
            """,
            cancellationToken);
    }
}
