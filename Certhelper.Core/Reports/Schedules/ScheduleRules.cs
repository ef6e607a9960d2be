using Certhelper.Core.Runs;

namespace Certhelper.Core.Reports;

/// <summary>What a period means on a day, and which periods a kind of report can have.</summary>
public static class ScheduleRules
{
    public static Period Of(SchedulePeriod period, DateTimeOffset due)
    {
        var day = ExperimentDay.Of(due);
        return period switch
        {
            SchedulePeriod.Today => new Period(day, day),
            SchedulePeriod.Yesterday => new Period(day.AddDays(-1), day.AddDays(-1)),
            SchedulePeriod.ThisWeek => Period.WeekOf(day),
            SchedulePeriod.LastWeek => Period.WeekOf(day).Before(),
        };
    }

    public static IReadOnlyList<SchedulePeriod> PeriodsOf(ReportKind kind) => kind switch
    {
        ReportKind.Daily => [SchedulePeriod.Today, SchedulePeriod.Yesterday],
        ReportKind.Weekly => [SchedulePeriod.LastWeek, SchedulePeriod.ThisWeek],
    };

    /// <summary>In words, for forms and lists.</summary>
    public static string Title(SchedulePeriod period) => period switch
    {
        SchedulePeriod.Today => "the day on which it is due",
        SchedulePeriod.Yesterday => "the day before",
        SchedulePeriod.ThisWeek => "the week in which it is due",
        SchedulePeriod.LastWeek => "the week before",
    };

    /// <summary>How long to wait after so many failed attempts; null when it is given up.</summary>
    public static TimeSpan? Pause(int attempts) => attempts switch
    {
        1 => TimeSpan.FromMinutes(1),
        2 => TimeSpan.FromMinutes(5),
        3 => TimeSpan.FromMinutes(30),
        4 => TimeSpan.FromHours(2),
        _ => null,
    };
}
