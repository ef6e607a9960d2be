using Certhelper.Core.Certification;

namespace Certhelper.Tests.Certification;

public sealed class CertificationRulesTests
{
    private static readonly DateOnly Today = new(2024, 6, 3);

    private static readonly CertificationInput Good = new()
    {
        Pixel = ComponentVerdict.Good,
        Strip = ComponentVerdict.Good,
        Tracking = ComponentVerdict.Good,
        TrackerMap = TrackerMapState.Exists,
        Date = Today,
    };

    [Fact]
    public void A_complete_input_passes() => Assert.Empty(CertificationRules.Check(Good, Today));

    [Fact]
    public void What_was_not_chosen_is_named() => Assert.Equal(
        ["Pixel", "Strip", "Tracking", "TrackerMap", "Date"],
        CertificationRules.Check(new CertificationInput(), Today).Select(error => error.Field));

    [Fact]
    public void A_bad_component_needs_a_reason()
    {
        var bad = Good with { Strip = ComponentVerdict.Bad };

        Assert.Equal("BadReasonId", Assert.Single(CertificationRules.Check(bad, Today)).Field);
        Assert.Empty(CertificationRules.Check(bad with { BadReasonId = 1 }, Today));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(-400, true)]
    public void The_day_may_be_tomorrow_somewhere_but_no_later(int days, bool allowed) =>
        Assert.Equal(allowed, CertificationRules.Check(Good with { Date = Today.AddDays(days) }, Today).Count == 0);

    [Fact]
    public void A_comment_without_end_is_refused() => Assert.Equal(
        "Comment",
        Assert.Single(CertificationRules.Check(Good with { Comment = new string('x', CertificationRules.CommentLength + 1) }, Today)).Field);
}
