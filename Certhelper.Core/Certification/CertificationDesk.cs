using Certhelper.Core.Checklists;
using Certhelper.Core.Metrics;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Certification;

/// <summary>
/// Makes, changes, deletes and restores certifications. Every act appends to the history and is guarded against lost
/// updates; expected outcomes are values.
/// </summary>
public sealed partial class CertificationDesk(
    CerthelperDbContext db, ChecklistDesk checklists, SecondLook secondLook, EvidenceKeeper evidence, FactChangeDetector detector, TimeProvider time)
{
    /// <summary>Certifies a run reconstruction that nobody has certified. Makes rows of run and reconstruction where needed.</summary>
    public async Task<SaveResult> CreateAsync(
        int runNumber, Reconstruction reconstruction, CertificationInput input, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.Certify)) return Refuse(Permission.Certify);
        if (RunNumbers.Problem(runNumber) is { } nonsense) return new SaveResult.Refused(nonsense);
        if (!Reconstructions.Certifiable.Contains(reconstruction))
            return new SaveResult.Refused($"The {reconstruction.Title().ToLowerInvariant()} reconstruction is not certified.");

        db.ChangeTracker.Clear();
        // Whoever loses a race for the one living certification finds the winner's in the next turn.
        return await db.RepeatOnRaceAsync(() => TryCreateAsync(runNumber, reconstruction, input, actor, cancellationToken));
    }

    /// <summary>Changes a living certification: one's own, or anybody's by those who may.</summary>
    /// <param name="certificationId">The certification.</param>
    /// <param name="seen">What the person saw when the form was opened.</param>
    /// <param name="input">All fields as they are to be.</param>
    /// <param name="why">Why, for the history; optional.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<SaveResult> EditAsync(
        int certificationId, EditBase seen, CertificationInput input, string? why, Actor actor, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var item = await LoadAsync(certificationId, cancellationToken);
        if (item is null or { DeletedAt: not null }) return new SaveResult.NotFound();
        if (!MayChange(item, actor)) return NotYours(item);

        var of = new CertificationCase(item.RunReconstruction!.RunNumber, item.RunReconstruction.Reconstruction, item);
        var (problem, findings) = await LookAsync(input, of, cancellationToken);
        if (problem is not null) return problem;

        var stored = CertificationFields.Of(item);
        var confirmed = item.Confirmed;
        await WriteAsync(item, input, findings, actor, cancellationToken);
        var wanted = CertificationFields.Of(item);
        List<FieldChange> changes =
        [
            .. CertificationFields.Changes(stored, wanted),
            .. await checklists.WriteAsync(item, input, of, actor, cancellationToken),
            .. CertificationFields.Confirmations(confirmed, item.Confirmed),
        ];
        if (changes.Count == 0) return new SaveResult.Saved(item.Id, Created: false);
        if (item.Version != seen.Version) return await ConflictAsync(item.Id, wanted, seen.Revision, cancellationToken);

        Append(item, RevisionKind.Edited, actor, why, changes);
        await evidence.AddAsync(item, of, cancellationToken);
        return await SaveAsync(item, wanted, seen.Revision, cancellationToken);
    }

    /// <summary>Deletes softly: it disappears from lists and reports, its history stays, and it can be restored.</summary>
    public async Task<SaveResult> DeleteAsync(
        int certificationId, uint expectedVersion, string? why, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.DeleteCertifications)) return Refuse(Permission.DeleteCertifications);
        db.ChangeTracker.Clear();
        var item = await LoadAsync(certificationId, cancellationToken);
        if (item is null or { DeletedAt: not null }) return new SaveResult.NotFound();
        if (item.Version != expectedVersion) return await ConflictAsync(item.Id, null, null, cancellationToken);

        item.DeletedAt = time.GetUtcNow();
        Append(item, RevisionKind.Deleted, actor, why, []);
        return await SaveAsync(item, null, null, cancellationToken);
    }

    /// <summary>Takes a deletion back, unless the run reconstruction has been certified again meanwhile.</summary>
    public async Task<SaveResult> RestoreAsync(int certificationId, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.DeleteCertifications)) return Refuse(Permission.DeleteCertifications);
        db.ChangeTracker.Clear();
        return await db.RepeatOnRaceAsync(async () =>
        {
            var item = await LoadAsync(certificationId, cancellationToken);
            if (item is null) return new SaveResult.NotFound();
            if (item.DeletedAt is null) return new SaveResult.Saved(item.Id, Created: false);
            var of = item.RunReconstruction!;
            if (await LivingAsync(of.RunNumber, of.Reconstruction, cancellationToken) is { } other) return other;

            item.DeletedAt = null;
            Append(item, RevisionKind.Restored, actor, null, []);
            return await SaveAsync(item, null, null, cancellationToken);
        });
    }

    /// <summary>Notes that the facts of the run have come from OMS after all. Called by a job, so the history names no person.</summary>
    /// <param name="certificationId">The certification.</param>
    /// <param name="changes">Which facts changed by that.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether there was anything to note.</returns>
    public async Task<bool> FactsCompletedAsync(
        int certificationId, IReadOnlyList<FieldChange> changes, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        return await db.RepeatOnRaceAsync(async () =>
        {
            var item = await LoadAsync(certificationId, cancellationToken);
            if (item is null or { DeletedAt: not null } or { FactsComplete: true }) return false;
            item.FactsComplete = true;
            Append(item, RevisionKind.FactsCompleted, null, null, [new FieldChange("Facts of the run", "incomplete", "from OMS"), .. changes]);
            return await SaveAsync(item, null, null, cancellationToken) is SaveResult.Saved ? true : throw new DbUpdateConcurrencyException();
        });
    }

    private async Task<SaveResult> TryCreateAsync(
        int runNumber, Reconstruction reconstruction, CertificationInput input, Actor actor, CancellationToken cancellationToken)
    {
        if (await LivingAsync(runNumber, reconstruction, cancellationToken) is { } other) return other;
        var newCase = new CertificationCase(runNumber, reconstruction, null);
        var (problem, findings) = await LookAsync(input, newCase, cancellationToken);
        if (problem is not null) return problem;

        var run = await db.Runs.Include(row => row.Fill).SingleOrDefaultAsync(row => row.RunNumber == runNumber, cancellationToken);
        if (run is null) db.Runs.Add(run = new Run { RunNumber = runNumber });
        var of = await db.RunReconstructions
            .SingleOrDefaultAsync(row => row.RunNumber == runNumber && row.Reconstruction == reconstruction, cancellationToken);
        if (of is null) db.RunReconstructions.Add(of = new RunReconstruction { RunNumber = runNumber, Run = run, Reconstruction = reconstruction });

        var now = time.GetUtcNow();
        var item = new TrackerCertification
        {
            RunReconstruction = of,
            OwnerId = actor.UserId,
            Pixel = input.Pixel!.Value,
            Strip = input.Strip!.Value,
            Tracking = input.Tracking!.Value,
            TrackerMap = input.TrackerMap!.Value,
            Date = input.Date!.Value,
            FactsComplete = run.FactsAreComplete,
            CreatedAt = now,
        };
        await WriteAsync(item, input, findings, actor, cancellationToken);
        db.Certifications.Add(item);
        var fields = CertificationFields.Of(item);
        Append(item, RevisionKind.Created, actor, null,
        [
            .. CertificationFields.Changes([.. fields.Select(field => field with { Value = null })], fields),
            .. await checklists.WriteAsync(item, input, newCase, actor, cancellationToken),
            .. CertificationFields.Confirmations([], item.Confirmed),
        ]);
        await evidence.AddAsync(item, newCase, cancellationToken);
        await db.SaveOnceAsync(
            token => db.Certifications.AnyAsync(
                row => row.OwnerId == actor.UserId && row.CreatedAt == now
                    && row.RunReconstruction!.RunNumber == runNumber && row.RunReconstruction.Reconstruction == reconstruction,
                token),
            cancellationToken);
        var id = item.Id;
        if (id <= 0) id = (await LivingAsync(runNumber, reconstruction, cancellationToken))!.Id;
        Measures.CountSave(RevisionKind.Created, VerdictRule.IsGood(item));
        return new SaveResult.Saved(id, Created: true);
    }
}
