using System.Globalization;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Certification;

/// <content>What is decided about facts that changed after certifying.</content>
public sealed partial class CertificationDesk
{
    private const string NothingToDecide = "There is nothing to decide any more: somebody has, or the facts are again what they were.";

    /// <summary>
    /// The verdict holds with the facts as they are now: they become what the certification is based on. For those who lead
    /// shifts; the owner may say it of what was given back.
    /// </summary>
    /// <param name="certificationId">The certification.</param>
    /// <param name="seen">The changes that the person saw, as <see cref="SeenChanges"/> writes them.</param>
    /// <param name="why">Why it holds, for the history; optional.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<SaveResult> AcceptFactsAsync(int certificationId, string? seen, string? why, Actor actor, CancellationToken cancellationToken)
    {
        var (item, changes, problem) = await UndecidedAsync(certificationId, seen, cancellationToken);
        if (problem is not null) return problem;
        var isGivenBack = changes.Exists(change => change.State == FactChangeState.Reopened);
        if (!actor.May(Permission.LeadShifts) && !(isGivenBack && MayChange(item!, actor))) return Refuse(Permission.LeadShifts);

        Append(item!, RevisionKind.FactsAccepted, actor, why, [.. changes.Select(change => new FieldChange(change.Fact, change.Old, change.New))]);
        await evidence.AddAsync(item!, new CertificationCase(item!.RunReconstruction!.RunNumber, item.RunReconstruction.Reconstruction, item), cancellationToken);
        foreach (var change in changes) Decide(change, FactChangeState.Accepted, why, actor);
        return await SaveAsync(item, null, null, cancellationToken);
    }

    /// <summary>Gives a certification back to its shifter, who is to look at it again with the facts as they are now.</summary>
    /// <inheritdoc cref="AcceptFactsAsync"/>
    public async Task<SaveResult> ReopenAsync(int certificationId, string? seen, string? why, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.LeadShifts)) return Refuse(Permission.LeadShifts);
        if (string.IsNullOrWhiteSpace(why)) return new SaveResult.Invalid([new FieldError("Why", "Say what is to be looked at; the shifter reads it.")]);
        var (item, changes, problem) = await UndecidedAsync(certificationId, seen, cancellationToken);
        if (problem is not null) return problem;

        Append(item!, RevisionKind.Reopened, actor, why, [.. changes.Select(change => new FieldChange(change.Fact, change.Old, change.New))]);
        foreach (var change in changes) Decide(change, FactChangeState.Reopened, why, actor);
        return await SaveAsync(item!, null, null, cancellationToken);
    }

    /// <summary>Which changes somebody saw, so that nobody decides about others: goes into the form and comes back.</summary>
    public static string SeenChanges(IEnumerable<FactChange> changes) => string.Join(',', changes.OrderBy(change => change.Id)
        .Select(change => string.Create(CultureInfo.InvariantCulture, $"{change.Id}:{change.Version}")));

    // What is stored now is compared first: who accepts must have seen what becomes the basis.
    private async Task<(TrackerCertification? Item, List<FactChange> Changes, SaveResult? Problem)> UndecidedAsync(
        int certificationId, string? seen, CancellationToken cancellationToken)
    {
        await detector.LookAsync([certificationId], cancellationToken);
        var item = await LoadAsync(certificationId, cancellationToken);
        if (item is null or { DeletedAt: not null }) return (null, [], new SaveResult.NotFound());
        var changes = await db.FactChanges
            .Where(row => row.CertificationId == certificationId && (row.State == FactChangeState.Open || row.State == FactChangeState.Reopened))
            .ToListAsync(cancellationToken);
        if (changes.Count == 0) return (item, changes, new SaveResult.Refused(NothingToDecide));
        return SeenChanges(changes) == seen
            ? (item, changes, null)
            : (item, changes, new SaveResult.Refused("The facts have changed again, or somebody decided meanwhile. Look at them as they are now."));
    }

    private void Decide(FactChange change, FactChangeState state, string? why, Actor actor)
    {
        change.State = state;
        change.DecidedAt = time.GetUtcNow();
        change.DecidedById = actor.UserId;
        change.Why = Texts.FitOrNull(why, 2_000);
    }
}
