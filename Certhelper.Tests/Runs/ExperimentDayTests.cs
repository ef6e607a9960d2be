using System.Globalization;
using Certhelper.Core.Certification;
using Certhelper.Core.Runs;
using Certhelper.Tests.Oms;

namespace Certhelper.Tests.Runs;

/// <summary>Around midnight there are two days; forms, rules and filters must mean the same one.</summary>
public sealed class ExperimentDayTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2024-06-03T21:59:59Z", "2024-06-03")]
    [InlineData("2024-06-03T22:00:00Z", "2024-06-04")]
    [InlineData("2024-12-31T22:59:59Z", "2024-12-31")]
    [InlineData("2024-12-31T23:00:00Z", "2025-01-01")]
    public void D77_the_day_changes_at_midnight_in_Zurich_in_summer_and_in_winter(string moment, string day) =>
        Assert.Equal(Day(day), ExperimentDay.Of(Moment(moment)));

    [Theory]
    [InlineData("2024-06-04", "2024-06-03T22:00:00Z")]
    [InlineData("2025-01-01", "2024-12-31T23:00:00Z")]
    public void A_day_starts_when_the_one_before_it_ends(string day, string moment)
    {
        Assert.Equal(Moment(moment), ExperimentDay.StartOf(Day(day)));
        Assert.Equal(Day(day), ExperimentDay.Of(ExperimentDay.StartOf(Day(day))));
        Assert.Equal(Day(day).AddDays(-1), ExperimentDay.Of(ExperimentDay.StartOf(Day(day)).AddTicks(-1)));
    }

    [Theory]
    [InlineData(11, 59, 0)]
    [InlineData(9, 59, -1)]
    public async Task A_certification_is_saved_by_the_day_at_the_experiment_and_not_by_that_of_UTC(int hours, int minutes, int shift)
    {
        await using var house = await SourceHouse.CreateAsync();
        // The house begins at noon UTC, 14:00 in Zurich: it is 01:59 there the next day, or still 23:59.
        house.Time.Advance(new TimeSpan(hours, minutes, 0));
        var sara = await house.PersonAsync("sara", "shifter");
        var tomorrow = new DateOnly(2024, 6, 5).AddDays(shift);

        var beyond = await house.Get<CertificationDesk>().CreateAsync(380_001, Reconstruction.Express, house.GoodInput() with { Date = tomorrow.AddDays(1) }, sara, Token);
        var saved = await house.Get<CertificationDesk>().CreateAsync(380_001, Reconstruction.Express, house.GoodInput() with { Date = tomorrow }, sara, Token);

        Assert.Equal("The date is in the future.", Assert.Single(Assert.IsType<SaveResult.Invalid>(beyond).Errors).Message);
        Assert.IsType<SaveResult.Saved>(saved);
    }

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
