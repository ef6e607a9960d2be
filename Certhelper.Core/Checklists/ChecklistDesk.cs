using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Checklists;

/// <summary>Which checklists a certification needs, whether they are answered, and keeping the answers.</summary>
public sealed class ChecklistDesk(CerthelperDbContext db, TimeProvider time)
{
    private const int NamedStrangers = 3;

    // What is checked is what is kept, even if somebody publishes a new version between the two.
    private (CertificationCase Of, IReadOnlyList<AskedChecklist> Lists)? asked;

    /// <summary>The checklists that are asked for, in the order of the form. A retired one is not, nor one that nobody has written.</summary>
    /// <param name="reconstruction">The reconstruction that is certified.</param>
    /// <param name="type">The run's type; an undecided run is asked what collisions are asked: the strict way.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<AskedChecklist>> AskedAsync(Reconstruction reconstruction, RunType? type, CancellationToken cancellationToken)
    {
        var current = await db.ChecklistVersions
            .Where(version => version.Checklist!.OnForm && version.Checklist.RetiredAt == null
                && version.Number == version.Checklist.Versions.Max(other => other.Number))
            .OrderBy(version => version.Checklist!.Position).ThenBy(version => version.ChecklistId)
            .Select(version => new AskedChecklist(
                version.ChecklistId, version.Checklist!.Key, version.Checklist.Title, version.Checklist.Component,
                version.Id, version.Number, version.Content))
            .ToListAsync(cancellationToken);
        return [.. current.Where(list => list.Content.AppliesTo(reconstruction, type))];
    }

    /// <summary>The answers of a certification, as the form takes them.</summary>
    public async Task<Dictionary<string, AnswerInput>> AnswersAsync(int certificationId, CancellationToken cancellationToken)
    {
        var rows = await db.ChecklistAnswers
            .Where(answer => answer.CertificationId == certificationId)
            .OrderBy(answer => answer.At)
            .Select(answer => new { answer.ChecklistVersion!.Checklist!.Key, answer.ItemKey, answer.Value, answer.NotApplicableBecause })
            .ToListAsync(cancellationToken);
        return rows.GroupBy(row => AskedChecklist.KeyOf(row.Key, row.ItemKey)).ToDictionary(
            group => group.Key,
            group => new AnswerInput
            {
                Value = group.Last().Value,
                NotApplicable = group.Last().NotApplicableBecause is not null,
                Because = group.Last().NotApplicableBecause,
            });
    }

    /// <summary>
    /// What is missing or wrong in the answers, at <c>Answers[checklist:item]</c>. A new certification must answer all that
    /// is required; a change need not, but what was answered once is not left open again.
    /// </summary>
    public async Task<IReadOnlyList<FieldError>> CheckAsync(CertificationInput input, CertificationCase of, CancellationToken cancellationToken)
    {
        var lists = await AskedAsync(of, cancellationToken);
        var kept = await KeptAsync(of.Existing, cancellationToken);
        List<FieldError> errors = [];
        HashSet<string> known = [];
        foreach (var list in lists)
        {
            foreach (var item in list.Items)
            {
                var key = list.KeyOf(item);
                known.Add(key);
                if (Problem(item, key) is { } problem)
                    errors.Add(new FieldError($"{nameof(input.Answers)}[{key}]", NameOf(list.Title, item) + problem));
            }
        }

        var strangers = input.Answers.Where(answer => !known.Contains(answer.Key) && !SaysNothing(answer.Value)
            && !(kept.TryGetValue(answer.Key, out var stored) && IsSame(stored, answer.Value)));
        errors.AddRange(strangers.Take(NamedStrangers).Select(answer => new FieldError(
            nameof(input.Answers), $"“{Texts.Fit(answer.Key, 60)}” is not asked for this certification: the checklists may have changed since you opened the form.")));
        return errors;

        string? Problem(ChecklistItem item, string key)
        {
            var stored = kept.GetValueOrDefault(key);
            if (stored is not null && (!input.Answers.TryGetValue(key, out var sent) || IsSame(stored, sent))) return null;
            return AnswerRules.Read(item, input.Answers.GetValueOrDefault(key)) switch
            {
                AnswerReading.Wrong wrong => wrong.Message,
                AnswerReading.Open when item.Required && stored is not null => "it was answered and cannot be left open again.",
                AnswerReading.Open when item.Required && of.Existing is null => "not answered yet.",
                _ => null,
            };
        }
    }

    /// <summary>Puts the answers into the certification, with who and when; those that did not change keep theirs.</summary>
    /// <returns>What changed, in words, for the history.</returns>
    public async Task<IReadOnlyList<FieldChange>> WriteAsync(
        TrackerCertification item, CertificationInput input, CertificationCase of, Actor actor, CancellationToken cancellationToken)
    {
        var lists = await AskedAsync(of, cancellationToken);
        var kept = await KeptAsync(of.Existing, cancellationToken);
        List<FieldChange> changes = [];
        foreach (var list in lists)
        {
            var before = list.Items.Count(question => kept.ContainsKey(list.KeyOf(question)));
            List<FieldChange> answers = [];
            var count = before;
            foreach (var question in list.Items)
            {
                var key = list.KeyOf(question);
                var stored = kept.GetValueOrDefault(key);
                if (!input.Answers.TryGetValue(key, out var sent) || (stored is not null && IsSame(stored, sent))) continue;
                var given = AnswerRules.Read(question, sent) as AnswerReading.Given;
                if (stored is null && given is null) continue;
                answers.Add(new FieldChange(
                    $"{list.Title}: {ChecklistWords.Plain(question.Text)}",
                    stored is null ? null : ChecklistWords.Of(stored.Value, stored.NotApplicableBecause, question.Unit),
                    given is null ? null : ChecklistWords.Of(given.Value, given.Because, question.Unit)));
                count += (given is null ? 0 : 1) - (stored is null ? 0 : 1);
                Keep(item, list, question, stored, given, actor);
            }

            // The first time it is enough to say that a list was done; later the history says which answer changed.
            if (before > 0) changes.AddRange(answers);
            else if (answers.Count > 0)
                changes.Add(new FieldChange($"Checklist {list.Title}", null, $"{count} of {list.Items.Count()} answered (version {list.Number})"));
        }

        return changes;
    }

    /// <summary>What a message about an item begins with, where it stands far from the item.</summary>
    public static string NameOf(string title, ChecklistItem item) => $"{title}, “{ChecklistWords.Plain(item.Text)}”: ";

    private void Keep(
        TrackerCertification item, AskedChecklist list, ChecklistItem question, ChecklistAnswer? stored, AnswerReading.Given? given, Actor actor)
    {
        var because = given?.Because is { } reason ? Texts.Fit(reason) : null;
        if (stored is not null && given is not null && stored.ChecklistVersionId == list.VersionId)
        {
            stored.Value = given.Value;
            stored.NotApplicableBecause = because;
            stored.ById = actor.UserId;
            stored.At = time.GetUtcNow();
            return;
        }

        if (stored is not null) db.ChecklistAnswers.Remove(stored);
        if (given is null) return;
        item.Answers.Add(new ChecklistAnswer
        {
            ChecklistVersionId = list.VersionId,
            ItemKey = question.Key,
            Value = given.Value,
            NotApplicableBecause = because,
            ById = actor.UserId,
            At = time.GetUtcNow(),
        });
    }

    private async Task<IReadOnlyList<AskedChecklist>> AskedAsync(CertificationCase of, CancellationToken cancellationToken)
    {
        if (asked is { } last && ReferenceEquals(last.Of, of)) return last.Lists;
        var type = await db.Runs.Where(run => run.RunNumber == of.RunNumber).Select(run => run.Type).SingleOrDefaultAsync(cancellationToken);
        var lists = await AskedAsync(of.Reconstruction, type, cancellationToken);
        asked = (of, lists);
        return lists;
    }

    /// <summary>What is stored, by <c>checklist:item</c>, whichever version it answered.</summary>
    private async Task<Dictionary<string, ChecklistAnswer>> KeptAsync(TrackerCertification? existing, CancellationToken cancellationToken)
    {
        if (existing is null || existing.Answers.Count == 0) return [];
        var ids = existing.Answers.Select(answer => answer.ChecklistVersionId).Distinct().ToList();
        var keys = await db.ChecklistVersions.Where(version => ids.Contains(version.Id))
            .Select(version => new { version.Id, version.Checklist!.Key })
            .ToDictionaryAsync(version => version.Id, version => version.Key, cancellationToken);
        return existing.Answers.GroupBy(answer => AskedChecklist.KeyOf(keys[answer.ChecklistVersionId], answer.ItemKey))
            .ToDictionary(group => group.Key, group => group.MaxBy(answer => answer.At)!);
    }

    private static bool IsSame(ChecklistAnswer stored, AnswerInput? input) => input is not null
        && (input.NotApplicable
            ? stored.NotApplicableBecause is not null && stored.NotApplicableBecause == input.Because?.Trim()
            : stored.Value is not null && stored.Value == input.Value?.Trim());

    private static bool SaysNothing(AnswerInput? input) => input is null || (!input.NotApplicable && string.IsNullOrWhiteSpace(input.Value));
}
