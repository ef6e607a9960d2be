using Certhelper.Web.Audit;

namespace Certhelper.Tests.Audit;

public sealed class AuditWordsTests
{
    [Theory]
    [InlineData("ScriptVersion", "Script version")]
    [InlineData("DeactivatedAt", "Deactivated at")]
    [InlineData("FillPeakLumiE30", "Fill peak lumi e30")]
    [InlineData("certifications", "certifications")]
    [InlineData(null, "")]
    public void Names_of_the_code_are_said_in_words(string? name, string words) => Assert.Equal(words, AuditWords.Name(name));

    [Theory]
    [InlineData("2026-11-29T17:14:08Z", "2026-11-29 18:14")]
    [InlineData("2026-07-01T22:30:00Z", "2026-07-02 00:30")]
    [InlineData("2026-11-29", "2026-11-29")]
    [InlineData("Layer 1 at 17:14", "Layer 1 at 17:14")]
    [InlineData(null, null)]
    public void Moments_are_said_as_everywhere_and_all_else_as_it_is(string? value, string? words) => Assert.Equal(words, AuditWords.Value(value));
}
