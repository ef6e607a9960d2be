using System.Text.Json;
using System.Text.Json.Serialization;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Core.Storage.Configurations;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Certification;

/// <content>Whose a certification is, and the end of one.</content>
public sealed partial class CertificationDesk
{
    private static readonly JsonSerializerOptions BodyOptions = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Gives a living certification to somebody else who certifies: one's own, or anybody's by those who may change it.</summary>
    /// <param name="certificationId">The certification.</param>
    /// <param name="expectedVersion">Its version when the person decided.</param>
    /// <param name="toUserId">Who gets it.</param>
    /// <param name="why">Why, for the history.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<SaveResult> HandOverAsync(
        int certificationId, uint expectedVersion, int toUserId, string? why, Actor actor, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var item = await LoadAsync(certificationId, cancellationToken);
        if (item is null or { DeletedAt: not null }) return new SaveResult.NotFound();
        if (!MayChange(item, actor)) return NotYours(item);
        if (item.Version != expectedVersion) return await ConflictAsync(item.Id, null, null, cancellationToken);

        var to = await db.Users.SingleOrDefaultAsync(user => user.Id == toUserId, cancellationToken);
        if (to is null || await db.PersonAsync(toUserId, time.GetUtcNow(), cancellationToken) is not { } known || !known.May(Permission.Certify))
            return new SaveResult.Invalid([new FieldError("ToUserId", "Choose somebody who certifies.")]);
        if (to.Id == item.OwnerId) return new SaveResult.Invalid([new FieldError("ToUserId", $"It is {to.Name}'s already.")]);

        var from = item.Owner!.Name;
        item.OwnerId = to.Id;
        item.Owner = to;
        Append(item, RevisionKind.HandedOver, actor, why, [new FieldChange("Shifter", from, to.Name)]);
        return await SaveAsync(item, null, null, cancellationToken);
    }

    /// <summary>
    /// Removes a deleted certification for good. What it said, with its history, stays readable for administrators as
    /// a <see cref="RemovedCertification"/>; other certifications and references are not touched.
    /// </summary>
    /// <param name="certificationId">The certification; it must be deleted already.</param>
    /// <param name="typedName">What the person typed to confirm: <c>380115 express</c>.</param>
    /// <param name="why">Why.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<SaveResult> RemoveForGoodAsync(
        int certificationId, string? typedName, string? why, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.RemoveForGood)) return Refuse(Permission.RemoveForGood);
        db.ChangeTracker.Clear();
        var item = await db.Certifications.IgnoreQueryFilters([Filters.Living])
            .Include(row => row.Owner).Include(row => row.BadReason).Include(row => row.RunReconstruction)
            .Include(row => row.Problems).Include(row => row.Answers).Include(row => row.Revisions).Include(row => row.Evidence)
            .AsSplitQuery().SingleOrDefaultAsync(row => row.Id == certificationId, cancellationToken);
        if (item is null) return new SaveResult.NotFound();
        if (item.DeletedAt is null) return new SaveResult.Refused("Only a deleted certification can be removed for good. Delete it first.");

        var of = item.RunReconstruction!;
        var changes = await db.FactChanges.Where(row => row.CertificationId == item.Id).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        List<FieldError> errors = [];
        if (!string.Equals(typedName?.Trim(), of.Name(), StringComparison.OrdinalIgnoreCase))
            errors.Add(new FieldError("TypedName", $"Type {of.Name()} to confirm."));
        if (string.IsNullOrWhiteSpace(why)) errors.Add(new FieldError("Why", "Say why; it stays with what is kept."));
        if (errors.Count > 0) return new SaveResult.Invalid(errors);

        db.RemovedCertifications.Add(new RemovedCertification
        {
            CertificationId = item.Id,
            RunNumber = of.RunNumber,
            Reconstruction = of.Reconstruction,
            Owner = item.Owner!.Login,
            RemovedAt = time.GetUtcNow(),
            RemovedById = actor.UserId,
            Why = Texts.Fit(why!.Trim(), 2_000),
            Body = BodyOf(item, changes),
        });
        db.RemoveRange(item.Answers);
        db.RemoveRange(item.Revisions);
        db.RemoveRange(item.Evidence);
        db.RemoveRange(changes);
        db.Remove(item);
        try
        {
            await db.SaveOnceAsync(
                token => db.RemovedCertifications.AnyAsync(row => row.CertificationId == certificationId, token), cancellationToken);
            return new SaveResult.Saved(certificationId, Created: false);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return new SaveResult.Refused("Somebody changed it at the same moment. Look at it again.");
        }
    }

    private static string BodyOf(TrackerCertification item, IEnumerable<FactChange> changes) => JsonSerializer.Serialize(
        new
        {
            fields = CertificationFields.Of(item).ToDictionary(field => field.Title, field => field.Value),
            item.CreatedAt,
            item.DeletedAt,
            item.Confirmed,
            answers = item.Answers.Select(answer => new { answer.ChecklistVersionId, answer.ItemKey, answer.Value, answer.NotApplicableBecause, answer.ById, answer.At }),
            history = item.Revisions.OrderBy(revision => revision.Number)
                .Select(revision => new { revision.Number, revision.Kind, revision.At, revision.ById, revision.Why, revision.Changes }),
            evidence = item.Evidence.OrderBy(evidence => evidence.RevisionNumber)
                .Select(evidence => new { evidence.RevisionNumber, evidence.At, evidence.Facts, evidence.Datasets }),
            changedFacts = changes.Select(change => new { change.Fact, change.Old, change.New, change.State, change.DetectedAt, change.DecidedAt, change.DecidedById, change.Why }),
        },
        BodyOptions);

    private static bool MayChange(TrackerCertification item, Actor actor) =>
        (item.OwnerId == actor.UserId && actor.May(Permission.Certify)) || actor.May(Permission.EditOthersCertifications);

    private static SaveResult.Refused NotYours(TrackerCertification item) =>
        new($"This certification belongs to {item.Owner!.Name}; only its owner, shift leaders, experts and administrators change it.");
}
