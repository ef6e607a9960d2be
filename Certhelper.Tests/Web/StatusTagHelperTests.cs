using Certhelper.Core.Certification;
using Certhelper.Web.TagHelpers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Certhelper.Tests.Web;

/// <summary>A status is never colour alone.</summary>
public sealed class StatusTagHelperTests
{
    public static TheoryData<StatusKind> Kinds { get; } = [.. Enum.GetValues<StatusKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_status_has_a_shape_and_words(StatusKind kind)
    {
        var html = await DrawAsync(new StatusTagHelper { Kind = kind });

        Assert.Contains($"#{StatusLook.Icon(kind)}\"", html, StringComparison.Ordinal);
        Assert.Contains($">{StatusLook.Word(kind)}<", html, StringComparison.Ordinal);
        Assert.Contains(StatusLook.CssClass(kind), html, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_compact_status_keeps_its_words_for_screen_readers_and_as_tooltip(StatusKind kind)
    {
        var html = await DrawAsync(new StatusTagHelper { Kind = kind, Compact = true });

        Assert.Contains($"<span class=\"visually-hidden\">{StatusLook.Word(kind)}</span>", html, StringComparison.Ordinal);
        Assert.Contains($"title=\"{StatusLook.Word(kind)}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void No_two_states_of_a_verdict_share_a_shape()
    {
        StatusKind[] verdicts = [StatusKind.Good, StatusKind.Bad, StatusKind.Excluded, StatusKind.LowStatistics, StatusKind.Unknown, StatusKind.Stale, StatusKind.Conflict];

        Assert.Equal(verdicts.Length, verdicts.Select(StatusLook.Icon).Distinct().Count());
    }

    [Fact]
    public async Task Words_of_the_page_replace_the_standard_ones_and_are_encoded()
    {
        var html = await DrawAsync(new StatusTagHelper { Kind = StatusKind.Taken }, "Tom <script>");

        Assert.Contains("Tom &lt;script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain(">certified<", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ComponentVerdict.Bad, "low statistics, acceptable (marked bad)")]
    [InlineData(ComponentVerdict.Excluded, "low statistics, acceptable (marked excluded)")]
    [InlineData(ComponentVerdict.Good, "low statistics")]
    public async Task D70_low_statistics_looks_acceptable_and_not_like_the_flag_below_it(ComponentVerdict below, string words)
    {
        var html = await DrawAsync(new VerdictTagHelper { Value = below, LowStatistics = true });

        Assert.Contains($">{words}<", html, StringComparison.Ordinal);
        Assert.Contains("status-lowstat", html, StringComparison.Ordinal);
        Assert.DoesNotContain("status-bad", html, StringComparison.Ordinal);
        Assert.DoesNotContain("status-excluded", html, StringComparison.Ordinal);
    }

    private static async Task<string> DrawAsync(TagHelper helper, string content = "")
    {
        var view = new ViewContext { HttpContext = new DefaultHttpContext() };
        if (helper is StatusTagHelper status) status.ViewContext = view;
        if (helper is VerdictTagHelper verdict) verdict.ViewContext = view;
        var output = new TagHelperOutput("status", [], (_, _) =>
            Task.FromResult<TagHelperContent>(new DefaultTagHelperContent().SetContent(content)));

        await helper.ProcessAsync(new TagHelperContext([], new Dictionary<object, object>(), "test"), output);

        await using var writer = new StringWriter();
        output.WriteTo(writer, System.Text.Encodings.Web.HtmlEncoder.Default);
        return writer.ToString();
    }
}
