using Certhelper.Core.Metrics;
using Certhelper.Core.People;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Core.Storage.Configurations;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Certification;

/// <content>The rows behind the acts: reading, writing, history, conflicts.</content>
public sealed partial class CertificationDesk
{
    private async Task<SaveResult> SaveAsync(
        TrackerCertification item, IReadOnlyList<CertificationFields.InWords>? wanted, int? seenRevision, CancellationToken cancellationToken)
    {
        var number = item.Revisions[^1].Number;
        var at = item.Revisions[^1].At;
        var by = item.Revisions[^1].ById;
        try
        {
            await db.SaveOnceAsync(
                token => db.CertificationRevisions.AnyAsync(
                    row => row.CertificationId == item.Id && row.Number == number && row.At == at && row.ById == by, token),
                cancellationToken);
            Measures.CountSave(item.Revisions[^1].Kind, VerdictRule.IsGood(item));
            return new SaveResult.Saved(item.Id, Created: false);
        }
        catch (DbUpdateException exception)
            when (exception is DbUpdateConcurrencyException || exception.IsDuplicateIn("certification_revisions", "certification_evidence", "checklist_answers"))
        {
            return await ConflictAsync(item.Id, wanted, seenRevision, cancellationToken);
        }
    }

    private async Task<SaveResult> ConflictAsync(
        int id, IReadOnlyList<CertificationFields.InWords>? wanted, int? seenRevision, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var current = await LoadAsync(id, cancellationToken);
        if (current is null or { DeletedAt: not null }) return new SaveResult.NotFound();
        var since = await db.CertificationRevisions.AsNoTracking().Include(row => row.By)
            .Where(row => row.CertificationId == id && (row.Number > seenRevision || row.Number == current.Revisions[0].Number))
            .OrderBy(row => row.Number).ToListAsync(cancellationToken);
        // What a field was when the person opened the form: the old value of the first change after that.
        var before = seenRevision is null ? [] : since.SelectMany(row => row.Changes).GroupBy(change => change.Field)
            .ToDictionary(group => group.Key, group => group.First().Old);
        var differences = wanted is null ? [] : CertificationFields.Differences(wanted, CertificationFields.Of(current))
            .ConvertAll(difference => difference with { OnlyTheirs = before.TryGetValue(difference.Title, out var old) && old == difference.Yours });
        db.ChangeTracker.Clear();
        return new SaveResult.Conflict(id, differences, current.Version, current.Revisions[0].Number, since[^1].By?.Name, since[^1].At);
    }

    private Task<TrackerCertification?> LoadAsync(int id, CancellationToken cancellationToken) => db.Certifications
        .IgnoreQueryFilters([Filters.Living])
        .Include(item => item.Owner)
        .Include(item => item.BadReason)
        .Include(item => item.Problems)
        .Include(item => item.Answers)
        .Include(item => item.RunReconstruction).ThenInclude(of => of!.Run)
        .Include(item => item.Reference).ThenInclude(reference => reference!.RunReconstruction)
        .Include(item => item.Revisions.OrderByDescending(revision => revision.Number).Take(1))
        .AsSplitQuery()
        .SingleOrDefaultAsync(item => item.Id == id, cancellationToken);

    private Task<SaveResult.AlreadyCertified?> LivingAsync(int runNumber, Reconstruction reconstruction, CancellationToken cancellationToken) =>
        db.Certifications
            .Where(row => row.RunReconstruction!.RunNumber == runNumber && row.RunReconstruction.Reconstruction == reconstruction)
            .Select(row => new SaveResult.AlreadyCertified(row.Id, row.Owner!.Name))
            .SingleOrDefaultAsync(cancellationToken);

    /// <summary>What keeps the input from being saved; null when nothing does. Mistakes first: a second look at nonsense helps nobody.</summary>
    private async Task<(SaveResult? Problem, IReadOnlyList<Finding> Findings)> LookAsync(CertificationInput input, CertificationCase of, CancellationToken cancellationToken)
    {
        var errors = await ErrorsAsync(input, of, cancellationToken);
        if (errors.Count > 0) return (new SaveResult.Invalid(errors), []);
        var findings = await secondLook.FindAsync(input, of, cancellationToken);
        return (SecondLook.Open(findings, input, of.Existing?.Confirmed ?? []).Count > 0 ? new SaveResult.SecondLook(findings) : null, findings);
    }

    private async Task<IReadOnlyList<FieldError>> ErrorsAsync(CertificationInput input, CertificationCase of, CancellationToken cancellationToken)
    {
        var keptReferenceId = of.Existing?.ReferenceId;
        var errors = CertificationRules.Check(input, ExperimentDay.Today(time)).ToList();
        if (input.ReferenceId is { } reference && reference != keptReferenceId
            && !await db.References.AnyAsync(row => row.Id == reference && row.RetiredAt == null, cancellationToken))
            errors.Add(new FieldError(nameof(input.ReferenceId), "This reference does not exist or has been retired; choose another."));
        if (input.BadReasonId is { } reason && reason != of.Existing?.BadReasonId
            && !await db.BadReasons.AnyAsync(row => row.Id == reason && row.RetiredAt == null, cancellationToken))
            errors.Add(new FieldError(nameof(input.BadReasonId), "This reason does not exist any more; choose another."));
        var kept = of.Existing?.Problems.Select(problem => problem.Id).ToList() ?? [];
        var wanted = input.ProblemIds.Distinct().Except(kept).ToList();
        if (wanted.Count > 0
            && await db.ComponentProblems.CountAsync(row => wanted.Contains(row.Id) && row.RetiredAt == null, cancellationToken) != wanted.Count)
            errors.Add(new FieldError(nameof(input.ProblemIds), "One of the problems does not exist any more; choose again."));
        if (await DatasetProblemAsync(input.DatasetName, of, cancellationToken) is { } problem)
            errors.Add(new FieldError(nameof(input.DatasetName), problem));
        errors.AddRange(await checklists.CheckAsync(input, of, cancellationToken));
        return errors;
    }

    private async Task<string?> DatasetProblemAsync(string? name, CertificationCase of, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(name) || name == of.Existing?.DatasetName) return null;
        var known = await db.RegistryDatasets.Where(row => row.RunNumber == of.RunNumber).Select(row => row.Name).ToListAsync(cancellationToken);
        return DatasetRule.Problem(name, of.Reconstruction, known);
    }

    private async Task WriteAsync(
        TrackerCertification item, CertificationInput input, IReadOnlyList<Finding> findings, Actor actor, CancellationToken cancellationToken)
    {
        item.DatasetName = Texts.FitOrNull(input.DatasetName);
        item.Pixel = input.Pixel!.Value;
        item.PixelLowStatistics = input.PixelLowStatistics;
        item.Strip = input.Strip!.Value;
        item.StripLowStatistics = input.StripLowStatistics;
        item.Tracking = input.Tracking!.Value;
        item.TrackingLowStatistics = input.TrackingLowStatistics;
        item.TrackerMap = input.TrackerMap!.Value;
        item.Date = input.Date!.Value;
        item.Comment = Texts.FitOrNull(input.Comment, CertificationRules.CommentLength);
        item.UpdatedAt = time.GetUtcNow();
        item.ReferenceId = input.ReferenceId;
        item.Reference = input.ReferenceId is { } reference
            ? await db.References.Include(row => row.RunReconstruction).SingleAsync(row => row.Id == reference, cancellationToken)
            : null;
        item.BadReasonId = input.BadReasonId;
        await WriteProblemsAsync(item, input, cancellationToken);
        item.Confirmed = SecondLook.Confirmed(findings, input, item.Confirmed, actor, time.GetUtcNow());
        item.BadReason = input.BadReasonId is { } reason ? await db.BadReasons.SingleAsync(row => row.Id == reason, cancellationToken) : null;
    }

    private async Task WriteProblemsAsync(TrackerCertification item, CertificationInput input, CancellationToken cancellationToken)
    {
        var wanted = input.ProblemIds.ToHashSet();
        item.Problems.RemoveAll(problem => !wanted.Contains(problem.Id));
        wanted.ExceptWith(item.Problems.Select(problem => problem.Id));
        if (wanted.Count > 0)
            item.Problems.AddRange(await db.ComponentProblems.Where(row => wanted.Contains(row.Id)).ToListAsync(cancellationToken));
    }

    private void Append(TrackerCertification item, RevisionKind kind, Actor? actor, string? why, List<FieldChange> changes)
    {
        var now = time.GetUtcNow();
        item.UpdatedAt = now;
        var last = item.Revisions.Count == 0 ? 0 : item.Revisions.Max(revision => revision.Number);
        item.Revisions.Add(new CertificationRevision
        {
            Number = last + 1,
            Kind = kind,
            At = now,
            ById = actor?.UserId,
            Why = Texts.FitOrNull(why, 2_000),
            Changes = changes,
        });
    }

    private static SaveResult.Refused Refuse(Permission permission) =>
        new($"You may not do this: {PermissionTable.Describe(permission).ToLowerInvariant()} needs one of the roles "
            + string.Join(", ", PermissionTable.RolesFor(permission).Select(role => role.Title().ToLowerInvariant())) + ".");
}
