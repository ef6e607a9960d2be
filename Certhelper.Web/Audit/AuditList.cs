using System.Globalization;
using System.Text.Json;
using Certhelper.Core.Audit;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Audit;

/// <summary>A page of entries, newest first, and where the next one begins.</summary>
/// <param name="Older">What <c>before</c> must say for the page after this one; null when there is none.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Items, string? Older);

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
        new("changes", "Changes", entry => entry.Changes is { } changes ? JsonSerializer.Serialize(changes) : null),
        new("trace", "Request", entry => entry.Trace),
    ];

    public async Task<AuditPage> PageAsync(AuditFilter filter, string? before, CancellationToken cancellationToken)
    {
        var query = filter.Apply(db);
        if (Parse(before) is { } mark)
            query = query.Where(item => EF.Functions.LessThan(ValueTuple.Create(item.At, item.Id), ValueTuple.Create(mark.At, mark.Id)));
        var items = await Newest(query).Take(Size + 1).ToListAsync(cancellationToken);
        if (items.Count <= Size) return new AuditPage(items, null);
        items.RemoveAt(Size);
        return new AuditPage(items, string.Create(CultureInfo.InvariantCulture, $"{items[^1].At.UtcTicks}-{items[^1].Id}"));
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
