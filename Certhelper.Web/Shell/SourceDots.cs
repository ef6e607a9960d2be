using Certhelper.Core.Administration;
using Certhelper.Core.Oms;
using Certhelper.Web.TagHelpers;
using Microsoft.AspNetCore.Mvc;

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

/// <summary>The dots of the bar; no page asks the database for them.</summary>
public sealed class SourceDots(SiteBoard board, TimeProvider time) : ViewComponent
{
    private static readonly string[] Sources = [SourceContact.Oms, SourceContact.RunRegistry, SourceContact.Ebutz];

    public IViewComponentResult Invoke() => View(StatesOf(board, time));

    internal static IReadOnlyList<SourceState> StatesOf(SiteBoard board, TimeProvider time)
    {
        var now = time.GetUtcNow();
        return [.. Sources.Select(name => SourceState.Of(name, board.Sources.GetValueOrDefault(name), now))];
    }
}
