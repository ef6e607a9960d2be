using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Checklists;

/// <summary>The leader's checklist for one week.</summary>
/// <param name="List">What is asked now.</param>
/// <param name="Answers">The newest answer to each item that has one.</param>
/// <param name="History">All answers of the week, the newest first.</param>
/// <param name="Seen">The last answer that this shows; goes into the form and comes back.</param>
public sealed record WeeklyChecklist(
    AskedChecklist List, IReadOnlyDictionary<string, WeeklyAnswer> Answers, IReadOnlyList<WeeklyAnswer> History, int Seen);

/// <summary>How saving a week's answers ended.</summary>
public abstract record WeeklyResult
{
    private WeeklyResult()
    {
    }

    /// <param name="Count">How many answers are new or changed.</param>
    public sealed record Saved(int Count) : WeeklyResult;

    /// <summary>Nothing was saved.</summary>
    /// <param name="Errors">At the item's key.</param>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : WeeklyResult;

    /// <summary>Somebody else answered the same items meanwhile; nothing was saved.</summary>
    /// <param name="By">Who.</param>
    public sealed record Conflict(string By) : WeeklyResult;

    public sealed record Refused(string Reason) : WeeklyResult;
}

/// <summary>Reads and keeps the answers to the shift leader's checklist, week by week.</summary>
public sealed class WeeklyChecklistDesk(CerthelperDbContext db, TimeProvider time)
{
    /// <summary>The checklist's short name.</summary>
    public const string Key = "shiftleader";

    /// <summary>The checklist with the answers of the week; null when nobody has written it, or it is retired.</summary>
    public async Task<WeeklyChecklist?> ReadAsync(DateOnly monday, CancellationToken cancellationToken)
    {
        var list = await db.ChecklistVersions
            .Where(version => version.Checklist!.Key == Key && version.Checklist.RetiredAt == null
                && version.Number == version.Checklist.Versions.Max(other => other.Number))
            .Select(version => new AskedChecklist(
                version.ChecklistId, version.Checklist!.Key, version.Checklist.Title, version.Checklist.Component, version.Id, version.Number, version.Content))
            .SingleOrDefaultAsync(cancellationToken);
        if (list is null) return null;
        var history = await db.WeeklyAnswers.AsNoTracking().Include(answer => answer.By)
            .Where(answer => answer.Monday == monday).OrderByDescending(answer => answer.Id).ToListAsync(cancellationToken);
        var newest = history.GroupBy(answer => answer.ItemKey).ToDictionary(group => group.Key, group => group.First());
        return new WeeklyChecklist(list, newest, history, history.Count == 0 ? 0 : history[0].Id);
    }

    /// <summary>Keeps what changed. Items may stay open: a leader answers them as the week goes on.</summary>
    /// <param name="monday">First day of the week.</param>
    /// <param name="answers">By item.</param>
    /// <param name="seen">The last answer that the person saw.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<WeeklyResult> SaveAsync(
        DateOnly monday, IReadOnlyDictionary<string, AnswerInput> answers, int seen, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.LeadShifts)) return new WeeklyResult.Refused("Only shift leaders, experts and administrators answer this checklist.");
        if (Period.WeekOf(monday).From != monday) return new WeeklyResult.Refused("A week begins on a Monday.");
        if (await ReadAsync(monday, cancellationToken) is not { } week) return new WeeklyResult.Refused("The checklist does not exist any more.");

        List<FieldError> errors = [];
        List<(ChecklistItem Item, AnswerReading.Given? Given)> changed = [];
        foreach (var item in week.List.Items)
        {
            if (!answers.TryGetValue(item.Key, out var sent)) continue;
            var reading = AnswerRules.Read(item, sent);
            if (reading is AnswerReading.Wrong wrong) errors.Add(new FieldError(item.Key, wrong.Message));
            var given = reading as AnswerReading.Given;
            var stored = week.Answers.GetValueOrDefault(item.Key);
            if (stored?.Value != given?.Value || stored?.NotApplicableBecause != given?.Because) changed.Add((item, given));
        }

        if (errors.Count > 0) return new WeeklyResult.Invalid(errors);
        // A form that was opened earlier says nothing about an item that somebody else has answered since.
        var newer = changed.Select(change => week.Answers.GetValueOrDefault(change.Item.Key)).FirstOrDefault(answer => answer?.Id > seen);
        if (newer is not null) return new WeeklyResult.Conflict(newer.By?.Name ?? "Somebody");
        db.WeeklyAnswers.AddRange(changed.Select(change => new WeeklyAnswer
        {
            Monday = monday,
            ChecklistVersionId = week.List.VersionId,
            ItemKey = change.Item.Key,
            Value = Texts.FitOrNull(change.Given?.Value),
            NotApplicableBecause = Texts.FitOrNull(change.Given?.Because),
            ById = actor.UserId,
            At = time.GetUtcNow(),
        }));
        await db.SaveChangesAsync(cancellationToken);
        return new WeeklyResult.Saved(changed.Count);
    }
}
