using Certhelper.Core.Certification;

namespace Certhelper.Tests.Certification;

public sealed class CertificationRulesTests
{
    private static readonly DateOnly Today = new(2024, 6, 3);

    private static readonly CertificationInput Good = new()
    {
        Pixel = ComponentVerdict.Good,
        Strip = ComponentVerdict.Excluded,
        Tracking = ComponentVerdict.Good,
        TrackerMap = TrackerMapState.Missing,
        Date = Today,
    };

    [Fact]
    public void A_complete_form_passes() => Assert.Empty(CertificationRules.Check(Good, Today));

    [Fact]
    public void An_empty_form_names_everything_that_is_missing() => Assert.Equal(
        [nameof(Good.Pixel), nameof(Good.Strip), nameof(Good.Tracking), nameof(Good.TrackerMap), nameof(Good.Date)],
        CertificationRules.Check(new CertificationInput(), Today).Select(error => error.Field));

    [Theory]
    [InlineData(ComponentVerdict.Bad, ComponentVerdict.Good, ComponentVerdict.Good)]
    [InlineData(ComponentVerdict.Good, ComponentVerdict.Bad, ComponentVerdict.Good)]
    [InlineData(ComponentVerdict.Good, ComponentVerdict.Good, ComponentVerdict.Bad)]
    public void D43_bad_needs_a_reason_and_a_comment_on_the_server_too(ComponentVerdict pixel, ComponentVerdict strip, ComponentVerdict tracking)
    {
        var bad = Good with { Pixel = pixel, Strip = strip, Tracking = tracking, Comment = "   " };

        Assert.Equal([nameof(Good.BadReasonId), nameof(Good.Comment)], CertificationRules.Check(bad, Today).Select(error => error.Field));
        Assert.Equal(nameof(Good.Comment), Assert.Single(CertificationRules.Check(bad with { BadReasonId = 1 }, Today)).Field);
        Assert.Empty(CertificationRules.Check(bad with { BadReasonId = 1, Comment = "Ring 5 was off." }, Today));
    }

    [Theory]
    [InlineData("2024-06-04", true)]
    [InlineData("2024-06-05", false)]
    [InlineData("2009-12-31", false)]
    [InlineData("2018-05-14", true)]
    public void The_date_is_not_in_the_future_beyond_tomorrow(string date, bool accepted) => Assert.Equal(
        accepted, CertificationRules.Check(Good with { Date = DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture) }, Today).Count == 0);

    [Fact]
    public void A_comment_of_ten_thousand_characters_is_long_enough()
    {
        Assert.Empty(CertificationRules.Check(Good with { Comment = new string('x', 10_000) }, Today));
        Assert.Equal(
            nameof(Good.Comment), Assert.Single(CertificationRules.Check(Good with { Comment = new string('x', 10_001) }, Today)).Field);
    }

    [Fact]
    public void A_value_outside_of_the_list_is_no_verdict() => Assert.Equal(
        nameof(Good.Pixel), Assert.Single(CertificationRules.Check(Good with { Pixel = (ComponentVerdict)9 }, Today)).Field);
}
