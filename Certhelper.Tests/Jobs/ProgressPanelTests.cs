using Certhelper.Jobs.Background;

namespace Certhelper.Tests.Jobs;

public sealed class ProgressPanelTests
{
    [Fact]
    public void The_panel_shows_counts_and_encodes_words()
    {
        var html = ProgressPanel.Html(new JobStep(75, 300, "<b>runs</b>"), running: true);

        Assert.Contains("75 of 300", html, StringComparison.Ordinal);
        Assert.Contains("25 %", html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;runs&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("http-equiv=\"refresh\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_finished_job_loads_its_page_no_more() =>
        Assert.DoesNotContain("refresh", ProgressPanel.Html(new JobStep(3, 3, "done"), running: false), StringComparison.Ordinal);
}
