using Certhelper.Core.Lists;
using Certhelper.Core.Reports;
using Certhelper.Web.Lists;
using Certhelper.Web.Shell;

namespace Certhelper.Web.Leader;

/// <summary>The bar that says which days a page is about and leads to others; everything else in the address is kept.</summary>
/// <param name="Request">The page's request.</param>
/// <param name="Days">The days it is about; ends may be open.</param>
/// <param name="Today">The day it is now at the experiment.</param>
public sealed record PeriodBar(HttpRequest Request, DayRange Days, DateOnly Today)
{
    /// <summary>Says that no day is meant. An address that says nothing at all means this week.</summary>
    public const string DaysParameter = "days";

    public const string AllDays = "all";

    /// <summary>The parameters that say which days are meant.</summary>
    public static IReadOnlyList<string> Parameters { get; } = ["from", "to", "when", DaysParameter];

    /// <summary>The days when both ends are known.</summary>
    public Period? Period => PeriodOf(Days);

    /// <summary>What is shown in large letters: <c>Week 24</c>, <c>All days</c>.</summary>
    public string Title => (Days.From, Days.To) switch
    {
        ({ } from, { } to) => new Period(from, to).WeekText(),
        ({ } from, null) => "Since " + Clock.Iso(from),
        (null, { } to) => "Until " + Clock.Iso(to),
        (null, null) => "All days",
    };

    /// <summary>The days with their names: <c>Mon 2024-06-10 – Sun 2024-06-16</c>; null when an end is open.</summary>
    public string? Says => Period is not { } period
        ? null
        : period.Length == 1 ? Day(period.From) : $"{Day(period.From)} – {Day(period.To)}";

    public string? Earlier => Period is { } period ? To(period.Before()) : null;

    public string? Later => Period is { } period ? To(period.After()) : null;

    public string LastWeek => Named("last-week");

    public string ThisWeek => Named("this-week");

    public string TodayOnly => Named("today");

    public string All => With(null, null, null, AllDays);

    /// <summary>Whether exactly these days are shown.</summary>
    public bool Is(Period period) => Period == period;

    public bool IsAll => Days is { From: null, To: null };

    public static Period? PeriodOf(DayRange days) => days is { From: { } from, To: { } to } && from <= to ? new Period(from, to) : null;

    private string Named(string name) => With(null, null, name, null);

    private string To(Period period) => With(Clock.Iso(period.From), Clock.Iso(period.To), null, null);

    private string With(string? from, string? to, string? when, string? days) =>
        Request.With(("from", from), ("to", to), ("when", when), (DaysParameter, days));

    private static string Day(DateOnly day) => FormattableString.Invariant($"{day:ddd} {day:yyyy-MM-dd}");
}
