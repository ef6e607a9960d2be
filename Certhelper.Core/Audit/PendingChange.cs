using System.Collections;
using System.Globalization;
using Certhelper.Core.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Certhelper.Core.Audit;

/// <summary>
/// A row that is being saved. Old values are read before the save, new ones and the key after the statements: only then
/// are they known.
/// </summary>
internal sealed class PendingChange
{
    private const string Hidden = "(not shown)";

    private readonly EntityEntry entry;
    private readonly EntityState state;
    private readonly List<(IProperty Property, string? Old)> fields = [];
    private readonly string? oldKey;

    private PendingChange(EntityEntry entry)
    {
        this.entry = entry;
        state = entry.State;
        foreach (var property in entry.Properties)
        {
            var about = property.Metadata;
            if (about.IsPrimaryKey() || about.IsConcurrencyToken || AuditedKinds.IsSilent(about.DeclaringType.ClrType, about.Name)) continue;
            if (state == EntityState.Modified && !property.IsModified) continue;
            fields.Add((about, state == EntityState.Added ? null : Say(about, property.OriginalValue)));
        }

        if (state == EntityState.Deleted) oldKey = Key();
    }

    private bool IsWorthATell => state != EntityState.Modified || fields.Count > 0;

    private AuditEvent Event => state switch
    {
        EntityState.Added => AuditEvent.Created,
        EntityState.Deleted => AuditEvent.Removed,
        _ when entry.Metadata.ClrType == typeof(User) && fields.Any(one => one.Property.Name == nameof(User.Roles)) => AuditEvent.RolesChanged,
        _ => AuditEvent.Changed,
    };

    /// <summary>What a context is about to save, as far as it is audited.</summary>
    public static List<PendingChange> Of(DbContext context, AuditScope? scope) =>
    [
        .. context.ChangeTracker.Entries()
            .Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
                && AuditedKinds.IsAudited(entry.Metadata.ClrType, scope))
            .Select(entry => new PendingChange(entry))
            .Where(change => change.IsWorthATell),
    ];

    /// <summary>For use after the statements have been sent.</summary>
    public AuditNote Note()
    {
        Dictionary<string, string?[]> changes = [];
        foreach (var (property, old) in fields)
        {
            var now = state == EntityState.Deleted ? null : Say(property, entry.Property(property).CurrentValue);
            // A new row says what it holds; what it does not hold is not worth a word.
            if (old is null && now is null) continue;
            changes[property.Name] = [old, now];
        }

        return new AuditNote(Event, entry.Metadata.ShortName(), oldKey ?? Key(), changes);
    }

    private string Key() => string.Join('/', entry.Metadata.FindPrimaryKey()!.Properties.Select(property => Text(entry.Property(property).CurrentValue)));

    private static string? Say(IProperty property, object? value) => value is null
        ? null
        : AuditedKinds.IsHidden(property.DeclaringType.ClrType, property.Name) ? Hidden : Text(Stored(property, value));

    // As the database holds it: enums are words, values of several parts are JSON.
    private static object Stored(IProperty property, object value) =>
        property.GetTypeMapping() is { Converter: { } converter, ElementTypeMapping: null } ? converter.ConvertToProvider(value) ?? value : value;

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "yes" : "no",
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        byte[] bytes => string.Create(CultureInfo.InvariantCulture, $"({bytes.Length} bytes)"),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable several => string.Join(", ", several.Cast<object?>().Select(Text)),
        _ => value.ToString() ?? "",
    };
}
