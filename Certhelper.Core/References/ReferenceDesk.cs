using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.References;

/// <summary>Promotes and retires reference runs.</summary>
public sealed class ReferenceDesk(CerthelperDbContext db, TimeProvider time)
{
    /// <summary>Longest reason for retiring, characters.</summary>
    public const int ReasonLength = 500;

    /// <summary>Makes the run reconstruction of a living, good certification a reference, or one again that was retired.</summary>
    public async Task<ReferenceResult> PromoteAsync(int certificationId, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageReferences)) return MayNot();
        return await db.RepeatOnRaceAsync<ReferenceResult>(async () =>
        {
            var certification = await db.Certifications
                .Include(item => item.RunReconstruction).ThenInclude(item => item!.Run)
                .Include(item => item.RunReconstruction).ThenInclude(item => item!.Reference)
                .SingleOrDefaultAsync(item => item.Id == certificationId, cancellationToken);
            if (certification is null) return new ReferenceResult.NotFound();
            if (!VerdictRule.IsGood(certification))
                return new ReferenceResult.Refused("Only a run that is certified as good can become a reference.");

            var reconstruction = certification.RunReconstruction!;
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
            await db.SaveChangesAsync(cancellationToken);
            return new ReferenceResult.Done(reference.Id);
        });
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
        var reference = await db.References.SingleOrDefaultAsync(item => item.Id == referenceId, cancellationToken);
        if (reference is null) return new ReferenceResult.NotFound();
        if (reference.Version != version) return new ReferenceResult.Conflict(referenceId);
        if (reference.RetiredAt is not null) return new ReferenceResult.Refused("The reference is retired already.");

        reference.RetiredAt = time.GetUtcNow();
        reference.RetiredById = actor.UserId;
        reference.RetiredReason = Texts.Fit(reason.Trim(), ReasonLength);
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

    private static ReferenceResult.Refused MayNot() => new("Only shift leaders, experts and administrators manage references.");
}
