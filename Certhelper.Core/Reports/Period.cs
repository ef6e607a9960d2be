using System.Globalization;

namespace Certhelper.Core.Reports;

/// <summary>Days at the experiment (Europe/Zurich) that leaders look at or report on; both ends belong to it.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
public sealed record Period(DateOnly From, DateOnly To)
{
    /// <summary>How many days it has.</summary>
    public int Length => To.DayNumber - From.DayNumber + 1;

    /// <summary>Whether it is one week from Monday to Sunday.</summary>
    public bool IsWeek => Length == 7 && From.DayOfWeek == DayOfWeek.Monday;

    /// <summary>Its days in order.</summary>
    public IEnumerable<DateOnly> Days => Enumerable.Range(0, Length).Select(From.AddDays);

    /// <summary>The week from Monday to Sunday that a day lies in.</summary>
    public static Period WeekOf(DateOnly day)
    {
        var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        return new Period(monday, monday.AddDays(6));
    }

    /// <summary>As many days, right before it.</summary>
    public Period Before() => new(From.AddDays(-Length), From.AddDays(-1));

    /// <summary>As many days, right after it.</summary>
    public Period After() => new(To.AddDays(1), To.AddDays(Length));

    public bool Contains(DateOnly day) => From <= day && day <= To;

    /// <summary>Its calendar week as people say it: <c>Week 24</c>, over several weeks <c>Weeks 24-28</c>, over the turn of the year <c>Weeks 52/2024-1/2025</c> (ISO 8601).</summary>
    public string WeekText()
    {
        var (first, firstYear) = IsoWeek(From);
        var (last, lastYear) = IsoWeek(To);
        if ((first, firstYear) == (last, lastYear)) return string.Create(CultureInfo.InvariantCulture, $"Week {first}");
        return firstYear == lastYear
            ? string.Create(CultureInfo.InvariantCulture, $"Weeks {first}-{last}")
            : string.Create(CultureInfo.InvariantCulture, $"Weeks {first}/{firstYear}-{last}/{lastYear}");
    }

    private static (int Week, int Year) IsoWeek(DateOnly day)
    {
        var moment = day.ToDateTime(TimeOnly.MinValue);
        return (ISOWeek.GetWeekOfYear(moment), ISOWeek.GetYear(moment));
    }
}
