using System.Globalization;
using Certhelper.Core.Reports;

namespace Certhelper.Tests.Reports;

/// <summary>When schedules are due, and how that is said.</summary>
public sealed class ScheduleTimesTests
{
    [Theory]
    [InlineData("0 8 * * MON", "on Mondays at 08:00")]
    [InlineData("30 7 * * 1-5", "on Monday to Friday at 07:30")]
    [InlineData("0 8,16 * * *", "every day at 08:00 and 16:00")]
    [InlineData("15 * * * *", "every hour at minute 15")]
    [InlineData("0 */6 * * *", "every 6 hours at minute 0")]
    [InlineData("0 8-18 * * SAT,SUN", "on Saturdays and Sundays every hour from 08:00 to 18:00")]
    [InlineData("0 9 1 * *", "on day 1 of the month at 09:00")]
    [InlineData("0 9 L 12 *", "on the last day of the month in December at 09:00")]
    [InlineData("0 9 * * 7", "on Sundays at 09:00")]
    [InlineData("0 9 * * MON#1", "on Monday number 1 of the month at 09:00")]
    public void Times_are_said_in_plain_words(string cron, string words) => Assert.Equal(words, CronWords.Say(cron));

    [Fact]
    public void Next_times_follow_the_clocks_of_the_zone_over_both_changes_of_the_clock()
    {
        var times = Times("30 2 * * *", "Europe/Zurich", "2024-03-29T12:00:00Z");

        // 2:30 does not exist on March 31: it is due when the gap is over.
        Assert.Equal(["2024-03-30T01:30Z", "2024-03-31T01:00Z", "2024-04-01T00:30Z"], Said(times.Next(At("2024-03-29T12:00:00Z"), 3)));
        // 2:30 exists twice on October 27: it is due once.
        Assert.Equal(["2024-10-26T00:30Z", "2024-10-27T00:30Z", "2024-10-28T01:30Z"], Said(times.Next(At("2024-10-25T12:00:00Z"), 3)));
    }

    [Fact]
    public void A_Monday_report_is_due_on_Mondays_over_the_turn_of_the_year()
    {
        var times = Times("0 8 * * MON", "Europe/Zurich", "2024-12-24T00:00:00Z");

        Assert.Equal(["2024-12-30T07:00Z", "2025-01-06T07:00Z"], Said(times.Next(At("2024-12-24T00:00:00Z"), 2)));
    }

    [Theory]
    [InlineData("0 8 * *", "Europe/Zurich", "Cron", "Five fields")]
    [InlineData("0 25 * * *", "Europe/Zurich", "Cron", "cannot be read")]
    [InlineData("often please do it now", "Europe/Zurich", "Cron", "cannot be read")]
    [InlineData("", "Europe/Zurich", "Cron", "Five fields")]
    [InlineData("0 0 30 2 *", "Europe/Zurich", "Cron", "never due")]
    [InlineData("*/5 * * * *", "Europe/Zurich", "Cron", "At most one report an hour")]
    [InlineData("0 8 * * *", "Middle/Earth", "TimeZone", "no such time zone")]
    [InlineData("0 8 * * *", null, "TimeZone", "no such time zone")]
    public void What_is_wrong_is_said_with_the_field(string cron, string? zone, string field, string words)
    {
        var times = ScheduleTimes.Parse(cron, zone, At("2024-10-01T00:00:00Z"), out var problem);

        Assert.Null(times);
        Assert.Equal(field, problem!.Field);
        Assert.Contains(words, problem.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SchedulePeriod.LastWeek, "2025-01-06T07:00:00Z", "2024-12-30", "2025-01-05")]
    [InlineData(SchedulePeriod.ThisWeek, "2025-01-05T22:59:00Z", "2024-12-30", "2025-01-05")]
    // After midnight at the experiment, and before it in UTC.
    [InlineData(SchedulePeriod.ThisWeek, "2025-01-05T23:01:00Z", "2025-01-06", "2025-01-12")]
    [InlineData(SchedulePeriod.Yesterday, "2024-06-30T22:30:00Z", "2024-06-30", "2024-06-30")]
    [InlineData(SchedulePeriod.Today, "2024-06-30T22:30:00Z", "2024-07-01", "2024-07-01")]
    public void A_period_is_counted_from_the_day_at_the_experiment(SchedulePeriod period, string due, string from, string to) => Assert.Equal(
        new Period(DateOnly.Parse(from, CultureInfo.InvariantCulture), DateOnly.Parse(to, CultureInfo.InvariantCulture)), ScheduleRules.Of(period, At(due)));

    [Fact]
    public void Failed_attempts_are_repeated_with_growing_pauses_and_then_given_up() => Assert.Equal(
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), null], Enumerable.Range(1, 5).Select(ScheduleRules.Pause));

    [Theory]
    [InlineData("a@cern.ch, b@cern.ch;a@CERN.ch\n c@cern.ch", "a@cern.ch|b@cern.ch|c@cern.ch")]
    [InlineData("", "")]
    public void Addresses_are_read_as_people_type_them(string text, string expected)
    {
        var read = Addresses.Read(text, out var problem);

        Assert.Null(problem);
        Assert.Equal(expected, string.Join('|', read));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("Sara <sara@cern.ch>")]
    [InlineData("a@cern.ch\r\nBcc:b")]
    [InlineData("a@localhost")]
    public void What_is_no_address_is_refused(string text)
    {
        Assert.Empty(Addresses.Read(text, out var problem));
        Assert.Contains("is no e-mail address", problem, StringComparison.Ordinal);
    }

    private static ScheduleTimes Times(string cron, string zone, string now)
    {
        var times = ScheduleTimes.Parse(cron, zone, At(now), out var problem);
        Assert.Null(problem);
        return times!;
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Said(IEnumerable<DateTimeOffset> times) => times.Select(time => time.ToString("yyyy-MM-ddTHH:mmZ", CultureInfo.InvariantCulture));
}
