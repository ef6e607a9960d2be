using Certhelper.Core.Reports;
using Certhelper.Core.Runs;

namespace Certhelper.Core.Lists;

/// <summary>Days at the experiment (Europe/Zurich), both ends included. A named range is worked out anew at every request.</summary>
public sealed record DayRange(DateOnly? From, DateOnly? To)
{
    private const string Today = "today";
    private const string Yesterday = "yesterday";
    private const string ThisWeek = "this-week";
    private const string LastWeek = "last-week";

    /// <summary>Ranges with a name, for a list that is kept.</summary>
    public static IReadOnlyList<string> Names { get; } = [Today, Yesterday, ThisWeek, LastWeek];

    public static IReadOnlyList<FilterParameter> Parameters(string of) =>
    [
        new("from", $"First day {of}.", "2024-10-01"),
        new("to", $"Last day {of}.", "2024-10-31"),
        new("when", $"A range of days {of} by its name; weeks go from Monday to Sunday.", ThisWeek, Names),
    ];

    /// <summary>The days that a name means on a day.</summary>
    public static DayRange Named(string name, DateOnly today) => name switch
    {
        Today => new DayRange(today, today),
        Yesterday => new DayRange(today.AddDays(-1), today.AddDays(-1)),
        LastWeek => Of(Period.WeekOf(today).Before()),
        _ => Of(Period.WeekOf(today)),
    };

    /// <summary>The moment at which the first day starts.</summary>
    public DateTimeOffset? Start => From is { } from ? ExperimentDay.StartOf(from) : null;

    /// <summary>The moment at which the last day is over.</summary>
    public DateTimeOffset? End => To is { } to ? ExperimentDay.StartOf(to.AddDays(1)) : null;

    public static DayRange Read(FilterReader reader, DateOnly today)
    {
        var from = reader.Day("from");
        var to = reader.Day("to");
        if (from > to) reader.Refuse("to", "The last day is before the first one.");
        if (reader.Word("when", Names) is not { } name) return new DayRange(from, to);
        var named = Named(name, today);
        return new DayRange(from > named.From ? from : named.From, to < named.To ? to : named.To);
    }

    private static DayRange Of(Period period) => new(period.From, period.To);
}
