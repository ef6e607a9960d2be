using System.Globalization;
using Certhelper.Core.Runs;

namespace Certhelper.Web.Shell;

/// <summary>Times as pages write them. The server knows Europe/Zurich, where the experiment is; a script adds the person's own zone.</summary>
public static class Clock
{
    /// <summary>ISO date and time in Europe/Zurich.</summary>
    public static string InZurich(DateTimeOffset time) =>
        ExperimentDay.Local(time).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>How long ago, in the largest unit that says it: <c>just now</c>, <c>12 min</c>, <c>3 h</c>, <c>5 days</c>.</summary>
    public static string Age(DateTimeOffset time, DateTimeOffset now)
    {
        var age = now - time;
        return age switch
        {
            { TotalMinutes: < 1 } => "just now",
            { TotalHours: < 1 } => Say(age.TotalMinutes, "min"),
            { TotalDays: < 2 } => Say(age.TotalHours, "h"),
            { TotalDays: < 60 } => Say(age.TotalDays, "days"),
            { TotalDays: < 730 } => Say(age.TotalDays / 30.44, "months"),
            _ => Say(age.TotalDays / 365.25, "years"),
        };
    }

    /// <summary>The same in a sentence: <c>just now</c>, <c>12 min ago</c>.</summary>
    public static string Ago(DateTimeOffset time, DateTimeOffset now) => now - time < TimeSpan.FromMinutes(1) ? Age(time, now) : Age(time, now) + " ago";

    /// <summary>ISO day.</summary>
    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Say(double value, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(value):F0} {unit}");
}
