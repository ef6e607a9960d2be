using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Tests.Web.Infrastructure;

namespace Certhelper.Tests.Web;

/// <summary>The reconstructions of a run side by side.</summary>
public sealed class RunPageTests(WebSite site) : IClassFixture<WebSite>
{
    [Fact]
    public async Task What_was_judged_otherwise_in_the_reconstruction_before_is_marked_with_who_and_when()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        await site.Given.CertificationAsync(sara.User!, run);
        await site.Given.CertificationAsync(sara.User!, run, Reconstruction.Prompt, ComponentVerdict.Bad);
        await site.Given.CertificationAsync(sara.User!, run, Reconstruction.ReReco, ComponentVerdict.Bad);

        var page = await sara.GetAsync($"/runs/{run}");
        var flips = page.Document.QuerySelectorAll("td.flip");

        // The verdict and strip of prompt; the re-reconstruction agrees with prompt.
        Assert.Equal(["Prompt", "Prompt"], flips.Select(cell => cell.GetAttribute("data-head")));
        Assert.Contains($"other than express, by {sara.User!.Name} on ", flips[0].TextContent, StringComparison.Ordinal);
        Assert.NotNull(flips[1].QuerySelector(".status-conflict svg"));
        Assert.Contains("reconstructions disagree", (await sara.GetAsync($"/runs?runs={run}")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleted_certifications_are_in_the_history_of_those_who_may_restore_them()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var run = await site.Given.RunAsync();
        await site.Given.DeletedAsync(await site.Given.CertificationAsync(sara.User!, run));

        Assert.Contains("Express: certified by " + sara.User!.Name, (await lena.GetAsync($"/runs/{run}")).Words, StringComparison.Ordinal);
        Assert.DoesNotContain("certified by", (await sara.GetAsync($"/runs/{run}")).Words, StringComparison.Ordinal);
    }
}
