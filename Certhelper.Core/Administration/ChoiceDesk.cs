using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Administration;

/// <summary>An entry of a short list that people choose from while certifying.</summary>
public interface IChoice
{
    int Id { get; }

    string Name { get; set; }

    string Description { get; set; }

    /// <summary>Small numbers come first; equal ones by name.</summary>
    int Position { get; set; }

    /// <summary>Not offered any more since then; certifications that name it keep it.</summary>
    DateTimeOffset? RetiredAt { get; set; }

    uint Version { get; set; }
}

/// <summary>What an entry is to be.</summary>
public sealed record ChoiceInput(string? Name, string? Description, int Position, bool Retired, Component? Component);

/// <summary>
/// Keeps the lists of problems and of bad reasons. Entries are renamed, moved and retired, and never deleted: certifications name
/// them.
/// </summary>
public sealed class ChoiceDesk(CerthelperDbContext db, TimeProvider time)
{
    public const int NameLength = BadReasonDesk.NameLength;

    /// <summary>Makes an entry, or changes one. The component of a problem never changes: what was certified with it was about that.</summary>
    /// <typeparam name="T">Which list.</typeparam>
    public async Task<ChangeResult> SaveAsync<T>(int? id, uint version, ChoiceInput input, Actor actor, CancellationToken cancellationToken)
        where T : class, IChoice
    {
        if (!actor.May(Permission.ManageChoices)) return new ChangeResult.Refused();
        var name = string.Join(' ', (input.Name ?? "").Replace('\0', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var says = (input.Description ?? "").Replace("\0", "", StringComparison.Ordinal).Trim();
        var errors = Check(name, says, input.Position);
        db.ChangeTracker.Clear();
        var all = await db.Set<T>().ToListAsync(cancellationToken);
        var item = id is null ? null : all.Find(one => one.Id == id);
        if (id is not null && item is null) return new ChangeResult.NotFound();
        var component = (item as ComponentProblem)?.Component ?? input.Component;
        if (typeof(T) == typeof(ComponentProblem) && (component is not { } of || !Enum.IsDefined(of))) errors.Add(new FieldError("Component", "Choose the component that has such problems."));
        if (all.Exists(one => one.Id != id && (one as ComponentProblem)?.Component == (typeof(T) == typeof(ComponentProblem) ? component : null) && one.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            errors.Add(new FieldError("Name", "There is one of this name already."));
        if (errors.Count > 0) return new ChangeResult.Invalid(errors);
        if (item is not null && item.Version != version) return new ChangeResult.Overtaken();

        var now = time.GetUtcNow();
        if (item is null)
        {
            item = typeof(T) == typeof(ComponentProblem)
                ? (T)(IChoice)new ComponentProblem { Component = component!.Value, Name = name, Description = says }
                : (T)(IChoice)new BadReason { Name = name, Description = says, AddedById = actor.UserId, AddedAt = now };
            db.Add(item);
        }

        (item.Name, item.Description, item.Position) = (name, says, input.Position);
        item.RetiredAt = input.Retired ? item.RetiredAt ?? now : null;
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return new ChangeResult.Done();
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ChangeResult.Overtaken();
        }
        catch (DbUpdateException exception) when (exception.IsDuplicateIn("bad_reasons", "component_problems"))
        {
            return new ChangeResult.Invalid([new FieldError("Name", "There is one of this name already.")]);
        }
    }

    private static List<FieldError> Check(string name, string says, int position)
    {
        List<FieldError> errors = [];
        if (name.Length == 0) errors.Add(new FieldError("Name", "Give it a short name."));
        else if (name.Length > NameLength) errors.Add(new FieldError("Name", FormattableString.Invariant($"The name is longer than {NameLength} characters.")));
        if (says.Length == 0) errors.Add(new FieldError("Description", "Say what it means."));
        else if (says.Length > Texts.Width) errors.Add(new FieldError("Description", "The description is longer than 500 characters."));
        if (position is < 0 or > 10_000) errors.Add(new FieldError("Position", "The place is a number from 0 to 10,000."));
        return errors;
    }
}
