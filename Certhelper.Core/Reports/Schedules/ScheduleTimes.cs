using Cronos;

namespace Certhelper.Core.Reports;

/// <summary>When a schedule is due: a cron expression of five fields, read by the clocks of a time zone.</summary>
/// <remarks>
/// When clocks go forward, a time that does not exist is due right after the gap; when they go back, a time that exists
/// twice is due once.
/// </remarks>
public sealed class ScheduleTimes
{
    /// <summary>Reports are for people: nobody reads one every few minutes, and each stays.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromHours(1);

    private const int Looked = 100;

    private readonly CronExpression cron;

    private ScheduleTimes(CronExpression cron, string text, TimeZoneInfo zone) => (this.cron, Text, Zone) = (cron, text, zone);

    /// <summary>The five fields with one space between them.</summary>
    public string Text { get; }

    public TimeZoneInfo Zone { get; }

    /// <summary>Reads it.</summary>
    /// <param name="text">Minute, hour, day of month, month, day of week.</param>
    /// <param name="zone">Name of the time zone, as <c>Europe/Zurich</c>.</param>
    /// <param name="now">The moment from which on it is looked at.</param>
    /// <param name="problem">What is wrong, in words; null when nothing is.</param>
    public static ScheduleTimes? Parse(string? text, string? zone, DateTimeOffset now, out ScheduleProblem? problem)
    {
        problem = null;
        if (string.IsNullOrWhiteSpace(zone) || !TimeZoneInfo.TryFindSystemTimeZoneById(zone.Trim(), out var found))
        {
            problem = new ScheduleProblem("TimeZone", "There is no such time zone. Names look like Europe/Zurich or UTC.");
            return null;
        }

        var fields = (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5)
        {
            problem = new ScheduleProblem("Cron", "Five fields are needed: minute, hour, day of month, month, day of week. Example: 0 8 * * MON for Mondays at 8:00.");
            return null;
        }

        var clean = string.Join(' ', fields);
        CronExpression cron;
        try
        {
            cron = CronExpression.Parse(clean);
        }
        catch (CronFormatException exception)
        {
            problem = new ScheduleProblem("Cron", $"This cannot be read: {exception.Message.TrimEnd('.')}. Example: 0 8 * * MON for Mondays at 8:00.");
            return null;
        }

        var times = new ScheduleTimes(cron, clean, found);
        var next = times.Next(now, Looked);
        if (next.Count == 0) problem = new ScheduleProblem("Cron", "It is never due: there is no such day.");
        else if (next.Zip(next.Skip(1)).Any(pair => pair.Second - pair.First < Shortest)) problem = new ScheduleProblem("Cron", "At most one report an hour.");
        return problem is null ? times : null;
    }

    /// <summary>The first time after a moment; null when there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after) => cron.GetNextOccurrence(after, Zone)?.ToUniversalTime();

    /// <summary>The first few times after a moment.</summary>
    public IReadOnlyList<DateTimeOffset> Next(DateTimeOffset after, int count)
    {
        List<DateTimeOffset> times = [];
        while (times.Count < count && Next(after) is { } next)
        {
            times.Add(next);
            after = next;
        }

        return times;
    }
}

/// <summary>What is wrong with a field of a schedule.</summary>
/// <param name="Field">Name of the field.</param>
/// <param name="Words">What is wrong, and what would be right.</param>
public sealed record ScheduleProblem(string Field, string Words);
