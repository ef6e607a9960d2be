using System.Text.Json;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Checklists;

/// <summary>What of a checklist is not part of its versions.</summary>
public sealed record ChecklistSettings(string? Title, Component? Component, bool OnForm, int Position)
{
    public static ChecklistSettings Of(Checklist list) => new(list.Title, list.Component, list.OnForm, list.Position);
}

/// <summary>How changing a checklist ended.</summary>
public abstract record ChecklistResult
{
    private ChecklistResult()
    {
    }

    /// <param name="Key">The checklist.</param>
    /// <param name="Number">The version in use now; 0 when there is none yet.</param>
    public sealed record Done(string Key, int Number) : ChecklistResult;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : ChecklistResult;

    /// <summary>Somebody published a version since the page was opened; nothing was saved.</summary>
    public sealed record Overtaken(int Number, string? ByName, DateTimeOffset At, string? Note) : ChecklistResult;

    /// <summary>Somebody changed title or place since the page was opened; nothing was saved.</summary>
    /// <param name="Now">As they are.</param>
    /// <param name="RowVersion">To save over, once the person has seen them.</param>
    public sealed record Moved(ChecklistSettings Now, uint RowVersion) : ChecklistResult;

    public sealed record Refused : ChecklistResult;

    public sealed record NotFound : ChecklistResult;
}

/// <summary>Makes, changes and retires checklists. A change of what is asked is a new version; the old ones stay as they are.</summary>
public sealed class ChecklistKeeper(CerthelperDbContext db, TimeProvider time)
{
    /// <summary>Makes a checklist that asks nothing until its first version is published.</summary>
    public async Task<ChecklistResult> CreateAsync(string? key, string? title, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageChecklists)) return new ChecklistResult.Refused();
        var errors = CheckTitle(title);
        key = key?.Trim().ToLowerInvariant();
        if (!ChecklistRules.IsKey(key)) errors.Add(new FieldError("Key", "The short name is of small letters, digits and dashes, at most 30, such as “pixel-cosmics”."));
        else if (await db.Checklists.AnyAsync(list => list.Key == key, cancellationToken)) errors.Add(new FieldError("Key", "There is a checklist of this short name already."));
        if (errors.Count > 0) return new ChecklistResult.Invalid(errors);

        var last = await db.Checklists.MaxAsync(list => (int?)list.Position, cancellationToken) ?? 0;
        db.Checklists.Add(new Checklist { Key = key!, Title = title!.Trim(), Position = last + 10 });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsDuplicateIn("checklists"))
        {
            db.ChangeTracker.Clear();
            return new ChecklistResult.Invalid([new FieldError("Key", "There is a checklist of this short name already.")]);
        }

        return new ChecklistResult.Done(key!, 0);
    }

    /// <summary>Publishes a new version, unless what is asked did not change; title and place change at once.</summary>
    /// <param name="key">The checklist.</param>
    /// <param name="from">Number of the version that was changed; 0 when there was none.</param>
    /// <param name="seen">Row version of the checklist that the page showed; null for whatever it is.</param>
    /// <param name="settings">Title and place.</param>
    /// <param name="content">What it is to ask; items without a key get one.</param>
    /// <param name="note">What changed and why.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ChecklistResult> PublishAsync(
        string key, int from, uint? seen, ChecklistSettings settings, ChecklistContent content, string? note, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageChecklists)) return new ChecklistResult.Refused();
        db.ChangeTracker.Clear();
        var list = await db.Checklists.SingleOrDefaultAsync(row => row.Key == key, cancellationToken);
        if (list is null) return new ChecklistResult.NotFound();
        var versions = await db.ChecklistVersions.AsNoTracking().Include(version => version.CreatedBy)
            .Where(version => version.ChecklistId == list.Id).OrderByDescending(version => version.Number).ToListAsync(cancellationToken);
        var last = versions.FirstOrDefault();
        if (last is not null && last.Number != from) return Overtaken(last);
        if (seen is { } version) db.Entry(list).Property(row => row.RowVersion).OriginalValue = version;

        var errors = CheckTitle(settings.Title);
        errors.AddRange(ChecklistRules.Check(content, last?.Content));
        var used = versions.SelectMany(version => version.Content.Groups).SelectMany(group => group.Items).Select(item => item.Key).ToHashSet();
        var next = errors.Count > 0 ? content : Named(content, used);
        var asksTheSame = last is not null && JsonSerializer.Serialize(last.Content) == JsonSerializer.Serialize(next);
        if (!asksTheSame && string.IsNullOrWhiteSpace(note)) errors.Add(new FieldError("Note", "Say what changes and why; it stays with the version."));
        if (note?.Length > ChecklistRules.NoteLength) errors.Add(new FieldError("Note", "At most 500 characters."));
        if (errors.Count > 0) return new ChecklistResult.Invalid(errors);

        (list.Title, list.Component, list.OnForm, list.Position) = (settings.Title!.Trim(), settings.Component, settings.OnForm, settings.Position);
        var number = last?.Number ?? 0;
        if (!asksTheSame)
        {
            db.ChecklistVersions.Add(new ChecklistVersion
            {
                ChecklistId = list.Id,
                Number = ++number,
                Content = next,
                CreatedAt = time.GetUtcNow(),
                CreatedById = actor.UserId,
                Note = Texts.FitOrNull(note),
            });
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return new ChecklistResult.Done(key, number);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            var now = await db.Checklists.AsNoTracking().SingleAsync(row => row.Key == key, cancellationToken);
            return new ChecklistResult.Moved(ChecklistSettings.Of(now), now.RowVersion);
        }
        catch (DbUpdateException exception) when (exception.IsDuplicateIn("checklist_versions"))
        {
            db.ChangeTracker.Clear();
            return Overtaken(await db.ChecklistVersions.AsNoTracking().Include(version => version.CreatedBy)
                .Where(version => version.ChecklistId == list.Id).OrderByDescending(version => version.Number).FirstAsync(cancellationToken));
        }
    }

    /// <summary>Takes a checklist out of use, or brings it back. Its answers stay.</summary>
    public async Task<ChecklistResult> RetireAsync(string key, bool retired, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageChecklists)) return new ChecklistResult.Refused();
        var list = await db.Checklists.SingleOrDefaultAsync(row => row.Key == key, cancellationToken);
        if (list is null) return new ChecklistResult.NotFound();
        list.RetiredAt = retired ? list.RetiredAt ?? time.GetUtcNow() : null;
        await db.SaveChangesAsync(cancellationToken);
        var number = await db.ChecklistVersions.Where(version => version.ChecklistId == list.Id).MaxAsync(version => (int?)version.Number, cancellationToken);
        return new ChecklistResult.Done(key, number ?? 0);
    }

    private static ChecklistResult.Overtaken Overtaken(ChecklistVersion last) => new(last.Number, last.CreatedBy?.Name, last.CreatedAt, last.Note);

    private static List<FieldError> CheckTitle(string? title) => string.IsNullOrWhiteSpace(title)
        ? [new FieldError("Title", "Give it a title.")]
        : title.Trim().Length > ChecklistRules.TitleLength ? [new FieldError("Title", "The title is longer than 50 characters.")] : [];

    private static ChecklistContent Named(ChecklistContent content, HashSet<string> used) => content with
    {
        Groups =
        [
            .. content.Groups.Select(group => group with
            {
                Items = [.. group.Items.Select(item => item.Key.Length > 0 ? item : item with { Key = ChecklistRules.NewKey(item.Text, used) })],
            }),
        ],
    };
}
