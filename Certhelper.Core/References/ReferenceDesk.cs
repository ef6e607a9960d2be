using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.References;

/// <summary>Promotes and retires reference runs, and says what they are meant for. Every act is in the reference's history.</summary>
public sealed class ReferenceDesk(CerthelperDbContext db, TimeProvider time)
{
    /// <summary>Longest reason, characters.</summary>
    public const int ReasonLength = 500;

    private const int MostEras = 20;
    private const int EraLength = 40;

    /// <summary>Makes the run reconstruction of a living, good certification a reference, or one again that was retired.</summary>
    public Task<ReferenceResult> PromoteAsync(int certificationId, Actor actor, CancellationToken cancellationToken) =>
        PromoteAsync(Living.Where(item => item.Id == certificationId), actor, cancellationToken);

    /// <summary>The same by run and reconstruction. Nothing is made of a run that nobody has certified.</summary>
    public async Task<ReferenceResult> PromoteRunAsync(
        int runNumber, Reconstruction reconstruction, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageReferences)) return MayNot();
        if (RunNumbers.Problem(runNumber) is { } nonsense) return new ReferenceResult.Refused(nonsense);
        var result = await PromoteAsync(
            Living.Where(item => item.RunReconstruction!.RunNumber == runNumber && item.RunReconstruction.Reconstruction == reconstruction),
            actor,
            cancellationToken);
        if (result is not ReferenceResult.NotFound) return result;
        var name = Name(runNumber, reconstruction);
        return new ReferenceResult.Refused(await db.Runs.AnyAsync(run => run.RunNumber == runNumber, cancellationToken)
            ? $"{name} is not certified yet. Certify it as good first."
            : $"Run {runNumber} is not known here, so nobody has certified it. Look whether the number is right.");
    }

    /// <summary>Says what a reference is meant for.</summary>
    /// <param name="referenceId">The reference.</param>
    /// <param name="version">Its version when the person decided.</param>
    /// <param name="validity">Empty lists mean all.</param>
    /// <param name="why">For the history; optional.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ReferenceResult> ChangeValidityAsync(
        int referenceId, uint version, ReferenceValidity validity, string? why, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageReferences)) return MayNot();
        var wanted = new ReferenceValidity
        {
            RunTypes = [.. validity.RunTypes.Where(Enum.IsDefined).Distinct().Order()],
            Reconstructions = [.. validity.Reconstructions.Where(Reconstructions.Certifiable.Contains).Distinct().Order()],
            Eras = [.. validity.Eras.Select(era => era.Trim()).Where(era => era.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)],
        };
        if (wanted.Eras.Count > MostEras) return new ReferenceResult.Refused($"Name at most {MostEras} eras.");
        if (wanted.Eras.Any(era => era.Length > EraLength || era.Contains('\0', StringComparison.Ordinal)))
            return new ReferenceResult.Refused($"An era is at most {EraLength} characters, such as 2018D.");
        return await ChangeAsync(referenceId, version, reference =>
        {
            if (reference.Validity.InWords() == wanted.InWords()) return new ReferenceResult.Done(referenceId);
            reference.Validity = wanted;
            Note(reference, ReferenceAct.ValidityChanged, actor, why);
            return null;
        }, cancellationToken);
    }

    /// <summary>Takes a reference out of the choice for new certifications. Those that used it keep it.</summary>
    /// <param name="referenceId">The reference.</param>
    /// <param name="version">Its version when the person decided.</param>
    /// <param name="reason">Why; shown beside the reference.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ReferenceResult> RetireAsync(
        int referenceId, uint version, string reason, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageReferences)) return MayNot();
        if (string.IsNullOrWhiteSpace(reason)) return new ReferenceResult.Refused("Say why the reference is retired.");
        return await ChangeAsync(referenceId, version, reference =>
        {
            if (reference.RetiredAt is not null) return new ReferenceResult.Refused("The reference is retired already.");
            reference.RetiredAt = time.GetUtcNow();
            reference.RetiredById = actor.UserId;
            reference.RetiredReason = Texts.Fit(reason.Trim(), ReasonLength);
            Note(reference, ReferenceAct.Retired, actor, reason);
            return null;
        }, cancellationToken);
    }

    private IQueryable<TrackerCertification> Living => db.Certifications
        .Include(item => item.RunReconstruction).ThenInclude(item => item!.Run)
        .Include(item => item.RunReconstruction).ThenInclude(item => item!.Reference);

    private async Task<ReferenceResult> PromoteAsync(IQueryable<TrackerCertification> which, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageReferences)) return MayNot();
        return await db.RepeatOnRaceAsync<ReferenceResult>(async () =>
        {
            var certification = await which.SingleOrDefaultAsync(cancellationToken);
            if (certification is null) return new ReferenceResult.NotFound();
            var reconstruction = certification.RunReconstruction!;
            if (!VerdictRule.IsGood(certification))
                return new ReferenceResult.Refused(
                    $"{Name(reconstruction.RunNumber, reconstruction.Reconstruction)} is certified as bad. Only a run that is certified as good can become a reference.");

            var reference = reconstruction.Reference;
            if (reference is { RetiredAt: null }) return new ReferenceResult.AlreadyReference(reference.Id);
            if (reference is null)
            {
                reference = new Reference { RunReconstruction = reconstruction };
                db.References.Add(reference);
            }

            reference.PromotedAt = time.GetUtcNow();
            reference.PromotedById = actor.UserId;
            reference.RetiredAt = null;
            reference.RetiredById = null;
            reference.RetiredReason = null;
            Note(reference, ReferenceAct.Promoted, actor, null);
            await db.SaveChangesAsync(cancellationToken);
            return new ReferenceResult.Done(reference.Id);
        });
    }

    /// <summary>Changes a reference unless somebody else did meanwhile; <paramref name="change"/> says why not, or null.</summary>
    private async Task<ReferenceResult> ChangeAsync(
        int referenceId, uint version, Func<Reference, ReferenceResult?> change, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var reference = await db.References.SingleOrDefaultAsync(item => item.Id == referenceId, cancellationToken);
        if (reference is null) return new ReferenceResult.NotFound();
        if (reference.Version != version) return new ReferenceResult.Conflict(referenceId);
        if (change(reference) is { } answer) return answer;
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return new ReferenceResult.Done(referenceId);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return new ReferenceResult.Conflict(referenceId);
        }
    }

    private void Note(Reference reference, ReferenceAct act, Actor actor, string? why) => reference.Events.Add(new ReferenceEvent
    {
        Act = act,
        At = time.GetUtcNow(),
        ById = actor.UserId,
        Why = Texts.FitOrNull(why, ReasonLength),
        Validity = reference.Validity,
    });

    private static string Name(int runNumber, Reconstruction reconstruction) => FormattableString.Invariant($"{runNumber} {reconstruction.Code()}");

    private static ReferenceResult.Refused MayNot() => new("Only shift leaders, experts and administrators manage references.");
}
