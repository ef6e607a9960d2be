using System.Globalization;
using Certhelper.Core.Reports;

namespace Certhelper.Core.Plots;

/// <summary>How long a step along the axis of time is.</summary>
public enum PlotStep
{
    Day,
    Week,
    Month,
}

/// <summary>The steps that a period is cut into.</summary>
public static class PlotSteps
{
    /// <summary>More steps than that nobody tells apart.</summary>
    public const int Most = 400;

    /// <summary>Up to so many days are shown one by one when nobody asks for something else.</summary>
    private const int MostDays = 62;

    public static string Code(this PlotStep step) => step switch
    {
        PlotStep.Day => "day",
        PlotStep.Week => "week",
        PlotStep.Month => "month",
    };

    /// <summary>What an address asks for, when so many steps can be told apart; else the finest that suits the period.</summary>
    public static PlotStep Of(Period period, string? asked)
    {
        foreach (var step in Enum.GetValues<PlotStep>())
        {
            if (string.Equals(step.Code(), asked, StringComparison.OrdinalIgnoreCase) && IsReadable(period, step)) return step;
        }

        if (period.Length <= MostDays) return PlotStep.Day;
        return IsReadable(period, PlotStep.Week) && period.Length <= 2 * 366 ? PlotStep.Week : PlotStep.Month;
    }

    /// <summary>Whether a period has few enough of these steps.</summary>
    public static bool IsReadable(Period period, PlotStep step) => step switch
    {
        PlotStep.Day => period.Length <= Most,
        PlotStep.Week => period.Length <= Most * 7,
        PlotStep.Month => true,
    };

    /// <summary>The first day of the step that a day lies in.</summary>
    public static DateOnly StartOf(PlotStep step, DateOnly day) => step switch
    {
        PlotStep.Day => day,
        PlotStep.Week => Period.WeekOf(day).From,
        PlotStep.Month => new DateOnly(day.Year, day.Month, 1),
    };

    /// <summary>All steps of a period in order, each by its first day.</summary>
    public static IReadOnlyList<DateOnly> All(PlotStep step, Period period)
    {
        List<DateOnly> starts = [];
        for (var at = StartOf(step, period.From); at <= period.To; at = Next(step, at)) starts.Add(at);
        return starts;
    }

    /// <summary>What stands in the table: the day, the Monday, the month.</summary>
    public static string Name(PlotStep step, DateOnly start) =>
        start.ToString(step == PlotStep.Month ? "yyyy-MM" : "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>What stands at the axis; the year only when there are several.</summary>
    internal static string Short(PlotStep step, DateOnly start, bool severalYears) => start.ToString(
        (step, severalYears) switch
        {
            (PlotStep.Month, _) => "yyyy-MM",
            (_, true) => "yyyy-MM-dd",
            _ => "MM-dd",
        },
        CultureInfo.InvariantCulture);

    private static DateOnly Next(PlotStep step, DateOnly start) => step switch
    {
        PlotStep.Day => start.AddDays(1),
        PlotStep.Week => start.AddDays(7),
        PlotStep.Month => start.AddMonths(1),
    };
}
