using System.Text.Json;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Scripts;

/// <summary>How changing a script ended.</summary>
public abstract record ScriptResult
{
    private ScriptResult()
    {
    }

    /// <param name="Key">The script.</param>
    /// <param name="Number">The version in use now.</param>
    public sealed record Done(string Key, int Number) : ScriptResult;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : ScriptResult;

    /// <summary>Somebody changed it since the page was opened; nothing was saved.</summary>
    public sealed record Overtaken(int Number, string? ByName, DateTimeOffset At, string? Note) : ScriptResult;

    /// <summary>Somebody changed title or place since the page was opened; nothing was saved.</summary>
    /// <param name="Title">As it is.</param>
    /// <param name="Position">As it is.</param>
    /// <param name="RowVersion">To save over, once the person has seen them.</param>
    public sealed record Moved(string Title, int Position, uint RowVersion) : ScriptResult;

    public sealed record Refused : ScriptResult;

    public sealed record NotFound : ScriptResult;
}

/// <summary>Makes, changes and retires scripts. A change is a new version; executions keep the one that they ran.</summary>
public sealed class ScriptKeeper(CerthelperDbContext db, TimeProvider time)
{
    /// <summary>Makes a script with its first version.</summary>
    public async Task<ScriptResult> CreateAsync(string? key, string? title, ScriptDefinition definition, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageScripts)) return new ScriptResult.Refused();
        var errors = Check(title, definition, null);
        errors.AddRange(await CheckKeyAsync(key, cancellationToken));
        if (errors.Count > 0) return new ScriptResult.Invalid(errors);

        var last = await db.Scripts.MaxAsync(script => (int?)script.Position, cancellationToken) ?? 0;
        key = key!.Trim().ToLowerInvariant();
        var script = new Script { Key = key, Title = title!.Trim(), Position = last + 10 };
        script.Versions.Add(NewVersion(1, definition, "First version.", actor));
        db.Scripts.Add(script);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return new ScriptResult.Done(key, 1);
        }
        catch (DbUpdateException exception) when (exception.IsDuplicateIn("scripts"))
        {
            db.ChangeTracker.Clear();
            return new ScriptResult.Invalid([TakenKey()]);
        }
    }

    /// <summary>Makes the next version, unless the definition did not change; title and place change at once.</summary>
    /// <param name="key">The script.</param>
    /// <param name="from">Number of the version that was changed.</param>
    /// <param name="seen">Row version of the script that the page showed; null for whatever it is.</param>
    /// <param name="title">New title.</param>
    /// <param name="position">Place in the list.</param>
    /// <param name="definition">What it is to be.</param>
    /// <param name="note">What changed and why.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ScriptResult> ChangeAsync(
        string key, int from, uint? seen, string? title, int position, ScriptDefinition definition, string? note, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageScripts)) return new ScriptResult.Refused();
        db.ChangeTracker.Clear();
        var script = await db.Scripts.SingleOrDefaultAsync(row => row.Key == key, cancellationToken);
        if (script is null) return new ScriptResult.NotFound();
        var last = await LastAsync(script.Id, cancellationToken);
        if (last.Number != from) return Overtaken(last);
        if (seen is { } version) db.Entry(script).Property(row => row.RowVersion).OriginalValue = version;

        var errors = Check(title, definition, note);
        var isNew = JsonSerializer.Serialize(last.Definition) != JsonSerializer.Serialize(definition);
        if (isNew && string.IsNullOrWhiteSpace(note)) errors.Add(new FieldError("Note", "Say what changes and why; it stays with the version."));
        if (errors.Count > 0) return new ScriptResult.Invalid(errors);

        (script.Title, script.Position) = (title!.Trim(), position);
        if (isNew)
        {
            var next = NewVersion(last.Number + 1, definition, note, actor);
            db.ScriptVersions.Add(next);
            db.Entry(next).Property(row => row.ScriptId).CurrentValue = script.Id;
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return new ScriptResult.Done(key, isNew ? last.Number + 1 : last.Number);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            var now = await db.Scripts.AsNoTracking().SingleAsync(row => row.Key == key, cancellationToken);
            return new ScriptResult.Moved(now.Title, now.Position, now.RowVersion);
        }
        catch (DbUpdateException exception) when (exception.IsDuplicateIn("script_versions"))
        {
            db.ChangeTracker.Clear();
            return Overtaken(await LastAsync(script.Id, cancellationToken));
        }
    }

    /// <summary>Takes a script out of use, or brings it back. Its executions stay, and those under way go on.</summary>
    public async Task<ScriptResult> RetireAsync(string key, bool retired, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageScripts)) return new ScriptResult.Refused();
        var script = await db.Scripts.SingleOrDefaultAsync(row => row.Key == key, cancellationToken);
        if (script is null) return new ScriptResult.NotFound();
        script.RetiredAt = retired ? script.RetiredAt ?? time.GetUtcNow() : null;
        await db.SaveChangesAsync(cancellationToken);
        return new ScriptResult.Done(key, (await LastAsync(script.Id, cancellationToken)).Number);
    }

    /// <summary>What is wrong with the short name of a new script.</summary>
    public async Task<IReadOnlyList<FieldError>> CheckKeyAsync(string? key, CancellationToken cancellationToken)
    {
        key = key?.Trim().ToLowerInvariant();
        if (!DefinitionRules.IsKey(key)) return [new FieldError("Key", "The short name is of small letters, digits and dashes, at most 40, such as “tracker-maps”.")];
        return await db.Scripts.AnyAsync(script => script.Key == key, cancellationToken) ? [TakenKey()] : [];
    }

    /// <summary>What is wrong with a title.</summary>
    public static IReadOnlyList<FieldError> CheckTitle(string? title)
    {
        if (string.IsNullOrWhiteSpace(title)) return [new FieldError("Title", "Give it a title.")];
        return title.Trim().Length > DefinitionRules.TitleLength ? [new FieldError("Title", "The title is longer than 60 characters.")] : [];
    }

    private Task<ScriptVersion> LastAsync(int scriptId, CancellationToken cancellationToken) => db.ScriptVersions.AsNoTracking().Include(version => version.CreatedBy)
        .Where(version => version.ScriptId == scriptId).OrderByDescending(version => version.Number).FirstAsync(cancellationToken);

    private ScriptVersion NewVersion(int number, ScriptDefinition definition, string? note, Actor actor) => new()
    {
        Number = number,
        Definition = definition,
        CreatedAt = time.GetUtcNow(),
        CreatedById = actor.UserId,
        Note = Texts.FitOrNull(note),
    };

    private static ScriptResult.Overtaken Overtaken(ScriptVersion last) => new(last.Number, last.CreatedBy?.Name, last.CreatedAt, last.Note);

    private static FieldError TakenKey() => new("Key", "There is a script of this short name already.");

    private static List<FieldError> Check(string? title, ScriptDefinition definition, string? note)
    {
        List<FieldError> errors = [.. CheckTitle(title), .. DefinitionRules.Check(definition)];
        if (note?.Length > DefinitionRules.NoteLength) errors.Add(new FieldError("Note", "At most 500 characters."));
        return errors;
    }
}
