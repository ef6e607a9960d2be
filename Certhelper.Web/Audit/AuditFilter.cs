using Certhelper.Core.Audit;
using Certhelper.Core.Lists;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Audit;

/// <summary>Which entries of the audit a list shows. Page and export read it from the same parameters.</summary>
public sealed class AuditFilter : ListFilter
{
    private static readonly Dictionary<string, AuditEvent> Events =
        Enum.GetValues<AuditEvent>().ToDictionary(Word, StringComparer.OrdinalIgnoreCase);

    private readonly IReadOnlyList<AuditEvent> events;
    private readonly string? person;
    private readonly string? kind;
    private readonly string? subject;
    private readonly string? text;
    private readonly string? trace;

    private AuditFilter(FilterReader reader, DateOnly today)
        : base(reader, DayRange.Read(reader, today), today)
    {
        events = reader.Choices("event", Events);
        person = reader.Text("person", 100);
        kind = reader.Text("kind", 100);
        subject = reader.Text("id", 200);
        text = reader.Text("text", 200);
        trace = reader.Text("trace", 40);
    }

    public static IReadOnlyList<FilterParameter> Parameters { get; } =
    [
        .. DayRange.Parameters("on which it happened"),
        new("event", "What happened.", "signed-in", Events.Keys, Several: true),
        new("person", "Login name, or the name of a job.", "sara.shifter"),
        new("kind", "Sort of row, by its name.", "TrackerCertification"),
        new("id", "Key of the row.", "12"),
        new("text", "Words that occur in what was said or changed, in any order.", "HV trip"),
        new("trace", "Reference number of a request, as error pages tell it.", "4bf92f3577b34da6a3ce929d0e0e4736"),
    ];

    protected override IReadOnlyList<FilterParameter> Known => Parameters;

    /// <summary>Events for a form.</summary>
    public static IReadOnlyList<Choice> Choices { get; } = [.. Events.Select(pair => new Choice(pair.Key, pair.Value.Title(), null))];

    public static AuditFilter Read(IQueryCollection query, DateOnly today) => new(query.Reader(), today);

    /// <summary>The entries that fit; none when something could not be understood.</summary>
    public IQueryable<AuditEntry> Apply(CerthelperDbContext db)
    {
        var query = db.AuditEntries.AsNoTracking();
        if (Problems.Count > 0) return query.Where(item => false);
        if (Days.Start is { } start) query = query.Where(item => item.At >= start);
        if (Days.End is { } end) query = query.Where(item => item.At < end);
        if (events.Count > 0) query = query.Where(item => events.Contains(item.Event));
        if (person is not null) query = query.Where(item => item.By == person);
        if (kind is not null) query = query.Where(item => item.Kind == kind);
        if (subject is not null) query = query.Where(item => item.Subject == subject);
        if (trace is not null) query = query.Where(item => item.Trace == trace);
        return text is null ? query : query.Holding(item => item.Words, text);
    }

    protected override string Say(string name, string value) => (name, value) switch
    {
        ("event", _) when Events.TryGetValue(value, out var happened) => char.ToUpperInvariant(happened.Title()[0]) + happened.Title()[1..],
        ("person", _) => "By " + value,
        ("kind", _) => value,
        ("id", _) => "Number " + value,
        ("text", _) => "Has " + value,
        ("trace", _) => "Request " + value,
        _ => SayRun(name, value),
    };

    // SignedIn is signed-in in an address.
    private static string Word(AuditEvent happened) =>
        string.Concat(happened.ToString().Select((letter, at) => at > 0 && char.IsUpper(letter) ? "-" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));
}
