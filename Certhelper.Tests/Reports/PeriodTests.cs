using Certhelper.Core.Reports;

namespace Certhelper.Tests.Reports;

public sealed class PeriodTests
{
    [Theory]
    [InlineData("2018-05-14", "2018-05-14", "2018-05-20")]
    [InlineData("2018-05-20", "2018-05-14", "2018-05-20")] // a Sunday ends its week (D-87)
    [InlineData("2025-01-01", "2024-12-30", "2025-01-05")]
    [InlineData("2024-03-31", "2024-03-25", "2024-03-31")] // clocks go forward
    public void A_week_goes_from_Monday_to_Sunday(string day, string from, string to)
    {
        var week = Period.WeekOf(DateOnly.Parse(day, null));

        Assert.Equal(new Period(DateOnly.Parse(from, null), DateOnly.Parse(to, null)), week);
        Assert.True(week.IsWeek);
        Assert.Equal(7, week.Days.Count());
    }

    [Theory]
    [InlineData("2019-06-10", "2019-06-10", "Week 24")]
    [InlineData("2019-06-10", "2019-07-10", "Weeks 24-28")]
    [InlineData("2024-12-30", "2025-01-05", "Week 1")]
    [InlineData("2024-12-23", "2025-01-05", "Weeks 52/2024-1/2025")]
    public void Calendar_weeks_are_said_as_ISO_8601_counts_them(string from, string to, string text) =>
        Assert.Equal(text, new Period(DateOnly.Parse(from, null), DateOnly.Parse(to, null)).WeekText());

    [Fact]
    public void Before_and_after_are_as_long_and_touch_it()
    {
        var period = new Period(new DateOnly(2024, 10, 28), new DateOnly(2024, 10, 30));

        Assert.Equal(new Period(new DateOnly(2024, 10, 25), new DateOnly(2024, 10, 27)), period.Before());
        Assert.Equal(period, period.Before().After());
    }
}
