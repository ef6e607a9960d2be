using Certhelper.Core.Lists;
using Certhelper.Core.Reports;

namespace Certhelper.Tests.Web;

/// <summary>A filter as one text: what reports and schedules keep, and by which they are told apart.</summary>
public sealed class FilterTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("TYPE=Cosmics,collisions", "type=collisions,cosmics")]
    [InlineData("reconstruction=prompt&reconstruction=express,prompt", "reconstruction=express,prompt")]
    [InlineData("runs=380200,%20380115%20-%20380130%20380200", "runs=380115-380130, 380200")]
    [InlineData("problem=7,3,07", "problem=3,7")]
    [InlineData("reference=TRUE&verdict=GOOD", "reference=yes&verdict=good")]
    [InlineData("text=%20HV%20%20trip", "text=HV trip")]
    [InlineData("bfield=3.5%20..%203.9", "bfield=3.5..3.9")]
    [InlineData("era=2024I,2024A", "era=2024A,2024I")]
    [InlineData("from=2024-10-01&to=2024-10-05&when=today&deleted=yes&nonsense=1&map=missing", "map=missing")]
    public void The_same_choice_is_the_same_text_however_it_was_written(string written, string expected)
    {
        var filter = CertificationFilter.OfText(written);

        Assert.Empty(filter.Problems);
        Assert.Equal(expected, Uri.UnescapeDataString(filter.Text));
        Assert.Equal(filter.Text, CertificationFilter.OfText(filter.Text).Text);
    }

    [Fact]
    public void Whatever_people_type_comes_back_as_it_was()
    {
        const string typed = "a&b=c %41 + ü ' \" <b> ; -- \\ %";

        var filter = CertificationFilter.Narrowing(new FilterReader(name => name == "text" ? typed : null));

        Assert.Equal(typed, CertificationFilter.OfText(filter.Text)["text"]);
        Assert.DoesNotContain(filter.Text, letter => letter is > '~' or ' ' or '"');
    }

    [Theory]
    [InlineData("type=nonsense", "type")]
    [InlineData("runs=abc", "runs")]
    [InlineData("pixel=green", "pixel")]
    [InlineData("problem=x", "problem")]
    public void What_cannot_be_read_is_named_and_keeps_reports_from_being_made(string written, string parameter)
    {
        var filter = CertificationFilter.OfText(written);

        Assert.Equal(parameter, Assert.Single(filter.Problems).Parameter);
        Assert.StartsWith(parameter + ": ", ReportDesk.FilterProblem(filter), StringComparison.Ordinal);
    }

    [Fact]
    public void Filters_that_are_too_long_to_be_kept_say_so() =>
        Assert.Contains("too long", ReportDesk.FilterProblem(CertificationFilter.OfText("runs=" + string.Join(',', Enumerable.Range(0, 100).Select(at => 300_000 + 2 * at)))), StringComparison.Ordinal);
}
