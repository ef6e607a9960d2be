using System.Net;
using Certhelper.Core.People;
using Certhelper.Tests.Checklists;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>A site to train on: it says so everywhere, and everything can be certified, not only what is open.</summary>
public sealed class TrainingSiteTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task F179_all_runs_wait_and_can_be_certified_and_each_page_says_that_nothing_counts()
    {
        await using var site = new WebSite { Settings = { ["Instance:Name"] = "training", ["RunRegistry:OpenOnly"] = "false" } };
        await site.InitializeAsync();
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await ClosedAsync(site);

        var board = await sara.GetAsync("/");
        var searched = await sara.GetAsync($"/?runs={run}");
        var form = await sara.GetAsync($"/runs/{run}/express/certify");
        var saved = await sara.PostAsync(
            $"/runs/{run}/express/certify",
            form.Fields("form.certify-form", [("Input.Pixel", "Good"), ("Input.Strip", "Good"), ("Input.Tracking", "Good"), ("Input.TrackerMap", "Exists"), .. GoodAnswers.Fields()]));

        Assert.All(new[] { board, searched }, page => Assert.Equal("certify", page.Find($"#run-{run} td[data-head=Express] .status").TextContent.Trim()));
        Assert.All(new[] { board, form, await site.SignedOut().GetAsync("/welcome") }, page => Assert.Contains("This site is for training.", page.Words, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Found, saved.Status);
        await using var db = site.Database.NewContext();
        Assert.True(await db.Certifications.AnyAsync(item => item.RunReconstruction!.RunNumber == run, Stop));
        Assert.Null((await sara.GetAsync("/")).Document.QuerySelector($"#run-{run}"));
    }

    [Fact]
    public async Task Elsewhere_what_is_closed_does_not_wait_and_nothing_is_said_of_training()
    {
        await using var site = new WebSite();
        await site.InitializeAsync();
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await ClosedAsync(site);

        var board = await sara.GetAsync("/");

        Assert.Null(board.Document.QuerySelector($"#run-{run}"));
        Assert.DoesNotContain("training", board.Words, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<int> ClosedAsync(WebSite site)
    {
        var run = await site.Given.RunAsync();
        await using var db = site.Database.NewContext();
        await db.RegistryDatasets.Where(row => row.RunNumber == run).ExecuteUpdateAsync(set => set.SetProperty(row => row.TrackerState, "COMPLETED"), Stop);
        return run;
    }
}
