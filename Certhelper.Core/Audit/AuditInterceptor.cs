using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Certhelper.Core.Audit;

/// <summary>
/// Writes what a save changes, in the transaction of the save: just before it commits when the save has made it itself, right
/// after the save when the caller has. One statement for each save.
/// </summary>
internal sealed class AuditInterceptor : SaveChangesInterceptor, IDbTransactionInterceptor
{
    private static readonly ConditionalWeakTable<DbContext, List<PendingChange>> Pending = [];

    public static AuditInterceptor Instance { get; } = new();

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Collect(eventData.Context!);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Collect(eventData.Context!);
        return ValueTask.FromResult(result);
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        var db = eventData.Context!;
        if (db.Database.CurrentTransaction is not null) AuditWriter.Write(db, null, Notes(db));
        Forget(db);
        return result;
    }

    public override async ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        var db = eventData.Context!;
        try
        {
            if (db.Database.CurrentTransaction is not null) await AuditWriter.WriteAsync(db, null, Notes(db), cancellationToken);
        }
        finally
        {
            Forget(db);
        }

        return result;
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => Forget(eventData.Context!);

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Forget(eventData.Context!);
        return Task.CompletedTask;
    }

    public override void SaveChangesCanceled(DbContextEventData eventData) => Forget(eventData.Context!);

    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        Forget(eventData.Context!);
        return Task.CompletedTask;
    }

    public InterceptionResult TransactionCommitting(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result)
    {
        if (eventData.Context is { } db) AuditWriter.Write(db, transaction, Notes(db));
        return result;
    }

    public async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        // What is pending here belongs to a save under way: a save in the caller's transaction has forgotten its own by now.
        // It stays until the save has ended, because a commit that fails is tried again as a whole.
        if (eventData.Context is { } db) await AuditWriter.WriteAsync(db, transaction, Notes(db), cancellationToken);
        return result;
    }

    private static void Collect(DbContext db)
    {
        Forget(db);
        var changes = PendingChange.Of(db, AuditScope.Current);
        if (changes.Count == 0) return;
        Pending.Add(db, changes);
        // Else a save of a single statement would have no transaction to write into.
        db.Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
    }

    private static void Forget(DbContext db)
    {
        Pending.Remove(db);
        db.Database.AutoTransactionBehavior = AutoTransactionBehavior.WhenNeeded;
    }

    private static List<AuditNote> Notes(DbContext db) => Pending.TryGetValue(db, out var changes) ? [.. changes.Select(change => change.Note())] : [];
}
