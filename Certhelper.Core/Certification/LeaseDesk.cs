using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Certification;

/// <summary>Who has taken a run reconstruction, and until when.</summary>
/// <param name="HolderId">The person.</param>
/// <param name="HolderName">As people read it.</param>
/// <param name="Until">From then on it is free, unless the person does something.</param>
public sealed record LeaseState(int HolderId, string HolderName, DateTimeOffset Until);

/// <summary>How taking a run reconstruction ended.</summary>
public abstract record LeaseResult
{
    private LeaseResult()
    {
    }

    /// <summary>It is the person's until then.</summary>
    public sealed record Held(DateTimeOffset Until) : LeaseResult;

    /// <summary>Somebody else has it.</summary>
    public sealed record TakenBy(LeaseState Lease) : LeaseResult;

    /// <summary>The person may not, or there is no such thing to take.</summary>
    public sealed record Refused(string Reason) : LeaseResult;
}

/// <summary>
/// Who works on what, so that two people do not look at the same run. One statement decides, so that of any number who
/// take at the same moment exactly one gets it.
/// </summary>
public sealed class LeaseDesk(CerthelperDbContext db, TimeProvider time)
{
    /// <summary>How long a person may do nothing before others may take it.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(15);

    /// <summary>Takes it when it is free or the person's own already; from somebody else only with <paramref name="over"/>.</summary>
    /// <param name="runNumber">The run.</param>
    /// <param name="reconstruction">Its reconstruction.</param>
    /// <param name="actor">Who takes.</param>
    /// <param name="over">Take it from whoever has it; for those who may change certifications of others.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<LeaseResult> TakeAsync(
        int runNumber, Reconstruction reconstruction, Actor actor, bool over, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.Certify)) return new LeaseResult.Refused("Only people who certify take runs.");
        if (over && !actor.May(Permission.EditOthersCertifications))
            return new LeaseResult.Refused("Only shift leaders, experts and administrators take over what somebody else has taken.");
        if (RunNumbers.Problem(runNumber) is { } nonsense) return new LeaseResult.Refused(nonsense);

        var now = time.GetUtcNow();
        var until = now + Idle;
        var name = reconstruction.ToString();
        var written = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO leases AS held (run_number, reconstruction, holder_id, taken_at, expires_at)
            VALUES ({runNumber}, {name}, {actor.UserId}, {now}, {until})
            ON CONFLICT (run_number, reconstruction) DO UPDATE SET
                taken_at = CASE WHEN held.holder_id = excluded.holder_id AND held.expires_at > {now} THEN held.taken_at ELSE excluded.taken_at END,
                holder_id = excluded.holder_id,
                expires_at = excluded.expires_at
            WHERE held.holder_id = excluded.holder_id OR held.expires_at <= {now} OR {over}
            """,
            cancellationToken);
        if (written == 1) return new LeaseResult.Held(until);
        // Given back between the two statements: whoever asks again gets it.
        return await OfAsync(runNumber, reconstruction, cancellationToken) is { } other && other.HolderId != actor.UserId
            ? new LeaseResult.TakenBy(other)
            : new LeaseResult.Refused("Somebody gave it back at this very moment; take it again.");
    }

    /// <summary>Gives it back; does nothing when somebody else has it.</summary>
    /// <returns>Whether it was the person's.</returns>
    public async Task<bool> GiveBackAsync(int runNumber, Reconstruction reconstruction, Actor actor, CancellationToken cancellationToken) =>
        await db.Leases.Where(lease => lease.RunNumber == runNumber && lease.Reconstruction == reconstruction && lease.HolderId == actor.UserId)
            .ExecuteDeleteAsync(cancellationToken) > 0;

    /// <summary>Ends it, whoever has it: the reconstruction is certified.</summary>
    public Task EndAsync(int runNumber, Reconstruction reconstruction, CancellationToken cancellationToken) =>
        db.Leases.Where(lease => lease.RunNumber == runNumber && lease.Reconstruction == reconstruction).ExecuteDeleteAsync(cancellationToken);

    /// <summary>Who has it now; null when nobody has.</summary>
    public Task<LeaseState?> OfAsync(int runNumber, Reconstruction reconstruction, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return db.Leases
            .Where(lease => lease.RunNumber == runNumber && lease.Reconstruction == reconstruction && lease.ExpiresAt > now)
            .Select(lease => new LeaseState(lease.HolderId, lease.Holder!.Name, lease.ExpiresAt))
            .SingleOrDefaultAsync(cancellationToken);
    }
}
