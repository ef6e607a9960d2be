using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Certhelper.Core.Storage;

/// <summary>Saving when others save too, and when the connection breaks at the worst moment.</summary>
internal static class SaveExtensions
{
    private const int Attempts = 4;

    /// <summary>
    /// Runs <paramref name="work"/> again from a clean context when somebody else inserted or changed the same row
    /// meanwhile. The work must read what it changes itself.
    /// </summary>
    public static async Task<T> RepeatOnRaceAsync<T>(this CerthelperDbContext db, Func<Task<T>> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (DbUpdateException exception) when (attempt < Attempts && IsRace(exception))
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    /// <summary>
    /// Saves in one transaction. When the connection breaks during the commit, <paramref name="wasSaved"/> tells
    /// whether it had gone through, so that a repetition does not see its own work as somebody else's.
    /// </summary>
    public static async Task SaveOnceAsync(
        this CerthelperDbContext db, Func<CancellationToken, Task<bool>> wasSaved, CancellationToken cancellationToken)
    {
        // Inside of a transaction of others, that one is repeated.
        if (db.Database.CurrentTransaction is not null) await db.SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken);
        else await db.Database.CreateExecutionStrategy().ExecuteInTransactionAsync(
            token => db.SaveChangesAsync(acceptAllChangesOnSuccess: false, token), wasSaved, cancellationToken);
        db.ChangeTracker.AcceptAllChanges();
    }

    /// <summary>Several statements as one, for those that the change tracker does not see. Repeated as a whole when the connection breaks.</summary>
    public static Task<T> InOneTransactionAsync<T>(this CerthelperDbContext db, Func<Task<T>> work, CancellationToken cancellationToken) =>
        db.InOneTransactionAsync(work, _ => true, cancellationToken);

    /// <summary>As above; what ends in a result that is not to be kept leaves nothing behind.</summary>
    public static Task<T> InOneTransactionAsync<T>(this CerthelperDbContext db, Func<Task<T>> work, Func<T, bool> isKept, CancellationToken cancellationToken) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var result = await work();
            if (isKept(result)) await transaction.CommitAsync(cancellationToken);
            else db.ChangeTracker.Clear();
            return result;
        });

    /// <summary>Whether a unique index of one of these tables refused the row.</summary>
    public static bool IsDuplicateIn(this DbUpdateException exception, params ReadOnlySpan<string> tables) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } inner && tables.Contains(inner.TableName);

    private static bool IsRace(DbUpdateException exception) => exception is DbUpdateConcurrencyException
        || exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
