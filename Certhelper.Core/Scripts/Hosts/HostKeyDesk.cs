using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Scripts;

/// <summary>What a host's key is worth.</summary>
public enum HostTrust
{
    /// <summary>It is the approved one.</summary>
    Trusted,

    /// <summary>No key of this host is approved yet.</summary>
    Unknown,

    /// <summary>Another key is approved, or this one was refused: somebody may be in between.</summary>
    Changed,
}

/// <summary>How a decision about a key ended.</summary>
public enum HostKeyDecision
{
    Done,
    NotFound,
    Refused,

    /// <summary>Somebody else decided at the same time; look again.</summary>
    Overtaken,
}

/// <summary>What somebody saw of a key before deciding.</summary>
/// <param name="State">How the key stood.</param>
/// <param name="ApprovedId">The approved key of the same host; null when there was none.</param>
public sealed record HostKeySight(HostKeyState State, int? ApprovedId);

/// <summary>Keys of hosts: seen by the workers, decided by administrators.</summary>
public sealed class HostKeyDesk(CerthelperDbContext db, TimeProvider time)
{
    /// <summary>Notes that a host showed this key, and says what it is worth. A new key waits for a decision.</summary>
    public async Task<HostTrust> SeeAsync(string host, int port, string algorithm, string fingerprint, CancellationToken cancellationToken)
    {
        var name = host.ToLowerInvariant();
        var now = time.GetUtcNow();
        await db.Database.ExecuteSqlAsync(
            // The first sight of a key is for the audit, in the same statement; later ones only move a time.
            $"""
            WITH seen AS (
                INSERT INTO host_keys (host, port, algorithm, fingerprint, state, first_seen_at, last_seen_at)
                VALUES ({name}, {port}, {Texts.Fit(algorithm, 100)}, {Texts.Fit(fingerprint, 100)}, 'Pending', {now}, {now})
                ON CONFLICT (host, port, fingerprint) DO UPDATE SET last_seen_at = {now}
                RETURNING id, host, port, fingerprint, xmax = 0 AS is_new)
            INSERT INTO audit_entries (at, event, kind, subject, details, words)
            SELECT {now}, 'Created', 'HostKey', id::text, 'shown by ' || host || ':' || port || ' for the first time: ' || fingerprint, 'HostKey ' || host || ' ' || fingerprint
            FROM seen WHERE is_new
            """,
            cancellationToken);
        var keys = await db.HostKeys.AsNoTracking().Where(key => key.Host == name && key.Port == port)
            .Select(key => new { key.Fingerprint, key.State }).ToListAsync(cancellationToken);
        var state = keys.Find(key => key.Fingerprint == fingerprint)?.State;
        if (state == HostKeyState.Approved) return HostTrust.Trusted;
        // A key that was refused or replaced does not become unknown again.
        return state == HostKeyState.Pending && keys.TrueForAll(key => key.State != HostKeyState.Approved) ? HostTrust.Unknown : HostTrust.Changed;
    }

    /// <summary>The fingerprint that a host must show; null when none is approved.</summary>
    public Task<string?> ApprovedAsync(string host, int port, CancellationToken cancellationToken)
    {
        var name = host.ToLowerInvariant();
        return db.HostKeys.Where(key => key.Host == name && key.Port == port && key.State == HostKeyState.Approved).Select(key => key.Fingerprint).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Approves a key: from now on it is the only one of its host. The one before is replaced.</summary>
    public Task<HostKeyDecision> ApproveAsync(int id, Actor actor, CancellationToken cancellationToken) => DecideAsync(id, HostKeyState.Approved, null, actor, cancellationToken);

    /// <summary>Refuses a key, also one that was approved.</summary>
    public Task<HostKeyDecision> RefuseAsync(int id, Actor actor, CancellationToken cancellationToken) => DecideAsync(id, HostKeyState.Refused, null, actor, cancellationToken);

    /// <summary>Approves or refuses a key as somebody saw it; when it stands otherwise by now, nothing is decided.</summary>
    /// <param name="id">The key.</param>
    /// <param name="state">Approved or refused.</param>
    /// <param name="seen">What the person saw; null decides whatever it is like.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<HostKeyDecision> DecideAsync(int id, HostKeyState state, HostKeySight? seen, Actor actor, CancellationToken cancellationToken)
    {
        if (state is not (HostKeyState.Approved or HostKeyState.Refused)) throw new ArgumentOutOfRangeException(nameof(state), state, "A key is approved or refused.");
        if (!actor.May(Permission.ManageScripts)) return HostKeyDecision.Refused;
        try
        {
            return await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
            {
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                // One decision about a host at a time; and a worker who sees the key at this moment does not look like one.
                var keys = await db.HostKeys.FromSql(
                    $"""
                    SELECT *, xmin FROM host_keys
                    WHERE (host, port) = (SELECT host, port FROM host_keys WHERE id = {id})
                    ORDER BY id FOR UPDATE
                    """).AsTracking().ToListAsync(cancellationToken);
                if (keys.Find(row => row.Id == id) is not { } key) return HostKeyDecision.NotFound;
                var approved = keys.Find(row => row.State == HostKeyState.Approved);
                if (seen is not null && seen != new HostKeySight(key.State, approved?.Id)) return HostKeyDecision.Overtaken;
                if (key.State == state) return HostKeyDecision.Done;
                if (state == HostKeyState.Approved && approved is not null)
                {
                    // Saved before: the index allows one approved key of a host at any time.
                    Decide(approved, HostKeyState.Replaced, actor);
                    await db.SaveChangesAsync(cancellationToken);
                }

                Decide(key, state, actor);
                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return HostKeyDecision.Done;
            });
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || exception.IsDuplicateIn("host_keys"))
        {
            return HostKeyDecision.Overtaken;
        }
    }

    private void Decide(HostKey key, HostKeyState state, Actor actor)
    {
        key.State = state;
        key.DecidedById = actor.UserId;
        key.DecidedAt = time.GetUtcNow();
    }
}
