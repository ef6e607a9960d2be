using Certhelper.Core.Oms;
using Certhelper.Core.Storage;
using Certhelper.Web.TagHelpers;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Shell;

/// <summary>How an outside service does, for the dot in the bar and the panel below it.</summary>
public sealed record SourceState(string Name, StatusKind Kind, DateTimeOffset? LastGoodAt, DateTimeOffset? LastFailureAt, string? Problem)
{
    private static readonly TimeSpan LongAgo = TimeSpan.FromHours(1);

    /// <summary>Bad when the last try failed; stale when nobody has asked for long; unknown when nobody ever has.</summary>
    public static SourceState Of(string name, SourceContact? contact, DateTimeOffset now)
    {
        if (contact is null || (contact.LastGoodAt is null && contact.LastFailureAt is null))
            return new SourceState(name, StatusKind.Unknown, null, null, null);
        var failed = contact.LastFailureAt > (contact.LastGoodAt ?? DateTimeOffset.MinValue);
        var kind = failed ? StatusKind.Bad : now - contact.LastGoodAt > LongAgo ? StatusKind.Stale : StatusKind.Good;
        return new SourceState(name, kind, contact.LastGoodAt, contact.LastFailureAt, failed ? contact.LastFailure : null);
    }

    /// <summary>The state in a word.</summary>
    public string Word => Kind switch
    {
        StatusKind.Good => "answers",
        StatusKind.Bad => "does not answer",
        StatusKind.Stale => "not asked for an hour",
        _ => "not asked yet",
    };
}

/// <summary>The dots of the bar; one small query per page.</summary>
public sealed class SourceDots(CerthelperDbContext db, TimeProvider time) : ViewComponent
{
    private static readonly string[] Sources = [SourceContact.Oms, SourceContact.RunRegistry, SourceContact.Ebutz];

    private static readonly object Key = new();

    public async Task<IViewComponentResult> InvokeAsync() => View(await ReadAsync(HttpContext, db, time));

    /// <summary>Read once for a page, however often it shows them.</summary>
    internal static async Task<IReadOnlyList<SourceState>> ReadAsync(HttpContext context, CerthelperDbContext db, TimeProvider time)
    {
        if (context.Items[Key] is IReadOnlyList<SourceState> known) return known;
        var contacts = await db.SourceContacts.AsNoTracking().ToDictionaryAsync(contact => contact.Source, context.RequestAborted);
        var now = time.GetUtcNow();
        List<SourceState> states = [.. Sources.Select(name => SourceState.Of(name, contacts.GetValueOrDefault(name), now))];
        context.Items[Key] = states;
        return states;
    }
}
