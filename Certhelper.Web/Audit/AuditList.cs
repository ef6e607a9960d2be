using System.Globalization;
using System.Text.Json;
using Certhelper.Core.Audit;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Audit;

/// <summary>A page of entries, newest first, and where the next one begins.</summary>
/// <param name="Older">What <c>before</c> must say for the page after this one; null when there is none.</param>
/// <param name="People">Names of the people that the entries are about, by their number.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Items, string? Older, IReadOnlyDictionary<string, string> People)
{
    /// <summary>What an entry is about: people by their name, all else by its number.</summary>
    public string SubjectOf(AuditEntry entry) => entry.Kind == nameof(User) && entry.Subject is { } key ? People.GetValueOrDefault(key, key) : entry.Subject ?? "";
}

/// <summary>
/// The audit, newest first. A page begins where the one before ended, not at a number: entries that come meanwhile move
/// nothing, and page 10,000 costs what page 1 costs.
/// </summary>
public sealed class AuditList(CerthelperDbContext db)
{
    public const int Size = 50;

    public static IReadOnlyList<ListColumn<AuditEntry>> Columns { get; } =
    [
        new("at", "When", entry => entry.At),
        new("event", "Event", entry => entry.Event.ToString()),
        new("by", "Who", entry => entry.By),
        new("address", "From", entry => entry.Address),
        new("kind", "Kind", entry => entry.Kind),
        new("id", "Number", entry => entry.Subject),
        new("details", "Details", entry => entry.Details),
        new("changes", "Changes", entry => entry.Changes is { } changes ? JsonSerializer.SerializeToElement(changes) : null),
        new("trace", "Request", entry => entry.Trace),
    ];

    public async Task<AuditPage> PageAsync(AuditFilter filter, string? before, CancellationToken cancellationToken)
    {
        var query = filter.Apply(db);
        if (Parse(before) is { } mark)
            query = query.Where(item => EF.Functions.LessThan(ValueTuple.Create(item.At, item.Id), ValueTuple.Create(mark.At, mark.Id)));
        var items = await Newest(query).Take(Size + 1).ToListAsync(cancellationToken);
        var more = items.Count > Size;
        if (more) items.RemoveAt(Size);
        var people = await PeopleAsync(items, cancellationToken);
        return new AuditPage(items, !more ? null : string.Create(CultureInfo.InvariantCulture, $"{items[^1].At.UtcTicks}-{items[^1].Id}"), people);
    }

    private async Task<Dictionary<string, string>> PeopleAsync(List<AuditEntry> items, CancellationToken cancellationToken)
    {
        List<int> ids = [.. items.Where(item => item.Kind == nameof(User)).Select(item => int.TryParse(item.Subject, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Distinct()];
        return await db.Users.Where(user => ids.Contains(user.Id)).ToDictionaryAsync(user => user.Id.ToString(CultureInfo.InvariantCulture), user => user.Name, cancellationToken);
    }

    /// <summary>Everything that fits, as it is read.</summary>
    public IAsyncEnumerable<AuditEntry> AllAsync(AuditFilter filter) => Newest(filter.Apply(db)).AsAsyncEnumerable();

    private static IQueryable<AuditEntry> Newest(IQueryable<AuditEntry> query) => query.OrderByDescending(item => item.At).ThenByDescending(item => item.Id);

    // Nonsense in the address is the first page.
    private static (DateTimeOffset At, long Id)? Parse(string? before)
    {
        var parts = before?.Split('-');
        return parts is [var ticks, var id]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.UtcTicks
            && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (new DateTimeOffset(at, TimeSpan.Zero), number)
            : null;
    }
}
