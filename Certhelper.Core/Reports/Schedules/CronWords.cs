using System.Globalization;

namespace Certhelper.Core.Reports;

/// <summary>A cron expression as people say it: <c>on Mondays at 08:00</c>.</summary>
public static class CronWords
{
    private static readonly string[] DayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
    private static readonly string[] MonthNames = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    /// <summary>Says five fields that can be read; what has no simple words is said field by field.</summary>
    public static string Say(string cron)
    {
        var fields = cron.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (minute, hour, day, month, weekday) = (fields[0], fields[1], fields[2], fields[3], fields[4]);
        var when = Clock(minute, hour);
        var days = (IsAny(day), IsAny(weekday)) switch
        {
            (true, true) => "every day",
            (true, false) => Weekdays(weekday),
            (false, true) => MonthDays(day),
            // Both count: the day must be such a weekday and such a day of the month.
            _ => $"{Weekdays(weekday)}, if that is {MonthDays(day).Replace("on the", "the", StringComparison.Ordinal)}",
        };
        var months = IsAny(month) ? "" : " in " + Listed(month, 1, MonthNames, part => part);
        // “Every day every hour” says one thing twice.
        return days == "every day" && months.Length == 0 && when.StartsWith("every ", StringComparison.Ordinal) ? when : $"{days}{months} {when}";
    }

    private static bool IsAny(string field) => field is "*" or "?";

    private static string Clock(string minute, string hour)
    {
        if (Numbers(minute) is { } minutes && Numbers(hour) is { } hours && minutes.Count * hours.Count <= 6)
            return "at " + Joined([.. hours.SelectMany(h => minutes.Select(m => string.Create(CultureInfo.InvariantCulture, $"{h:00}:{m:00}")))]);
        if (Numbers(minute) is [var only])
        {
            if (IsAny(hour)) return string.Create(CultureInfo.InvariantCulture, $"every hour at minute {only}");
            if (hour.StartsWith("*/", StringComparison.Ordinal)) return string.Create(CultureInfo.InvariantCulture, $"every {hour[2..]} hours at minute {only}");
            if (Range(hour) is var (from, to)) return string.Create(CultureInfo.InvariantCulture, $"every hour from {from:00}:{only:00} to {to:00}:{only:00}");
        }

        return $"at minute {minute} of hour {hour}";
    }

    private static string Weekdays(string field)
    {
        if (field.EndsWith('L') && field.Length > 1) return $"on the last {Listed(field[..^1], 0, DayNames, part => part)} of the month";
        if (field.Split('#') is [var name, var which]) return $"on {Listed(name, 0, DayNames, part => part)} number {which} of the month";
        return "on " + Listed(field, 0, DayNames, part => part + "s");
    }

    private static string MonthDays(string field) => field switch
    {
        "L" => "on the last day of the month",
        "LW" => "on the last working day of the month",
        _ when field.EndsWith('W') => $"on the working day nearest to day {field[..^1]} of the month",
        _ when Numbers(field) is { Count: 1 } one => $"on day {one[0].ToString(CultureInfo.InvariantCulture)} of the month",
        _ => $"on days {Joined(field.Split(','))} of the month",
    };

    private static string Listed(string field, int first, string[] names, Func<string, string> each) => Joined([.. field.Split(',').Select(part =>
        part.Split('-') is [var from, var to] && !part.Contains('/', StringComparison.Ordinal) ? $"{Named(from, first, names)} to {Named(to, first, names)}" : each(Named(part, first, names)))]);

    private static string Named(string text, int first, string[] names)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            // 7 is Sunday too.
            var index = (number - first) % names.Length;
            return index >= 0 ? names[index] : text;
        }

        return names.FirstOrDefault(name => name.StartsWith(text, StringComparison.OrdinalIgnoreCase)) ?? text;
    }

    private static List<int>? Numbers(string field)
    {
        List<int> numbers = [];
        foreach (var part in field.Split(','))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
            numbers.Add(number);
        }

        return numbers;
    }

    private static (int From, int To)? Range(string field) =>
        field.Split('-') is [var a, var b] && int.TryParse(a, NumberStyles.None, CultureInfo.InvariantCulture, out var from) && int.TryParse(b, NumberStyles.None, CultureInfo.InvariantCulture, out var to) ? (from, to) : null;

    private static string Joined(string[] parts) => parts.Length == 1 ? parts[0] : string.Join(", ", parts[..^1]) + " and " + parts[^1];
}
