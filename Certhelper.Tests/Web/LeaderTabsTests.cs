using System.Net;
using Certhelper.Core.Oms;
using Certhelper.Core.People;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Tests.Certification;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>The tabs that compare: with the Run Registry, with a central list, and the checklist of the week.</summary>
public sealed class LeaderTabsTests(WebSite site) : IClassFixture<WebSite>
{
    private const string Express = "/Express/Collisions2024/DQM";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task D78_the_comparison_lists_only_what_differs_and_each_kind_alone()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        await LeaderSamples.KeepAsync(site.Database, lena.User!, LeaderSamples.Runs(701_501, 4, new(2019, 6, 17)));
        await LeaderSamples.DatasetAsync(site.Database, 701_501, Express, "SIGNOFF", "GOOD");
        await LeaderSamples.DatasetAsync(site.Database, 701_502, Express, "COMPLETED", "BAD");
        await LeaderSamples.DatasetAsync(site.Database, 701_503, Express, "OPEN", "GOOD");
        await LeaderSamples.DatasetAsync(site.Database, 701_503, "/PromptReco/Collisions2024/DQM", "OPEN", "GOOD");
        const string address = "/leader/registry?from=2019-06-17&to=2019-06-17";

        Assert.Equal(
            ["701502 express Differs", "701504 express MissingThere", "701503 prompt MissingHere", "701503 express NotSignedOff"], Rows(await lena.GetAsync(address)));
        Assert.Equal(["701501 express Agreed"], Rows(await lena.GetAsync(address + "&kind=agreed")));
        Assert.Equal(["701502 express Differs"], Rows(await lena.GetAsync(address + "&kind=differs")));
        Assert.Equal(5, Rows(await lena.GetAsync(address + "&kind=all")).Count);
        Assert.DoesNotContain("701503 prompt MissingHere", Rows(await lena.GetAsync(address + "&reconstruction=express")));
        var differs = (await lena.GetAsync(address)).Find("tr[data-run='701502 express']");
        Assert.Contains("the Run Registry has 120 of 120 lumisections as bad.", differs.TextContent, StringComparison.Ordinal);
        Assert.Contains("https://cmsrunregistry.web.cern.ch/", differs.QuerySelector("td[data-head='Tracker state'] a")!.GetAttribute("href"), StringComparison.Ordinal);

        List<string> Rows(WebPage page) => [.. page.Document.QuerySelectorAll("#comparison tbody tr").Select(row => $"{row.GetAttribute("data-run")} {row.GetAttribute("data-agreement")}")];
    }

    [Fact]
    public async Task D83_a_registry_that_is_away_leaves_the_page_whole_and_is_never_asked_by_it()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        await LeaderSamples.KeepAsync(site.Database, lena.User!, LeaderSamples.Runs(701_601, 1, new(2019, 6, 18)));
        await LeaderSamples.DatasetAsync(site.Database, 701_601, Express, "SIGNOFF", "BAD", TimeProvider.System.GetUtcNow().AddDays(-2));
        await site.Given.SourceAsync(SourceContact.RunRegistry, TimeProvider.System.GetUtcNow().AddDays(-2), TimeProvider.System.GetUtcNow(), "The Run Registry answered with status 504.");
        site.Outside.Weather = Weather.Refuses;
        var asked = site.Outside.Asked.Count;
        const string address = "/leader/registry?from=2019-06-18&to=2019-06-18";

        var page = await lena.GetAsync(address);
        var refreshed = await lena.PostAsync(page.Find("#comparison form").GetAttribute("action")!, page.Fields("#comparison form"));
        var waiting = await lena.GetAsync(refreshed.Location!);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("The Run Registry answered with status 504.", page.Words, StringComparison.Ordinal);
        Assert.Contains("2 days ago", page.Words, StringComparison.Ordinal);
        Assert.Single(page.Document.QuerySelectorAll("#comparison tbody tr"));
        Assert.Equal(address, refreshed.Location);
        Assert.Contains("Fresh datasets are asked for", waiting.Words, StringComparison.Ordinal);
        Assert.Equal(asked, site.Outside.Asked.Count);
        await using var db = site.Database.NewContext();
        Assert.NotNull(await RegistryQuestions.ReadAsync(db, (701_601, 701_601), Stop));
        await site.Given.SourceAsync(SourceContact.RunRegistry, TimeProvider.System.GetUtcNow(), null, null);
    }

    [Fact]
    public async Task Shifters_see_the_comparison_of_their_own_runs_and_nobody_elses()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var tomas = await site.SignedInAsAsync(Role.Shifter);
        await LeaderSamples.KeepAsync(site.Database, sara.User!, LeaderSamples.Runs(701_701, 1, new(2019, 6, 19)));
        await LeaderSamples.KeepAsync(site.Database, tomas.User!, LeaderSamples.Runs(701_702, 1, new(2019, 6, 19)));

        var page = await sara.GetAsync($"/comparison?from=2019-06-19&to=2019-06-19&shifter={tomas.User!.Login}");
        var bare = await sara.GetAsync("/comparison");

        Assert.Equal(["701701 express"], page.Document.QuerySelectorAll("#comparison tbody tr").Select(row => row.GetAttribute("data-run")));
        Assert.Equal(Core.Reports.Period.WeekOf(ExperimentDay.Today(TimeProvider.System)).WeekText(), bare.Words.Split(", ")[0].Split("Registry ").Last());
    }

    [Fact]
    public async Task F151_a_central_list_is_checked_with_colours_and_words()
    {
        await using var own = new WebSite();
        await own.InitializeAsync();
        var lena = await own.SignedInAsAsync(Role.ShiftLeader);
        await LeaderSamples.KeepAsync(own.Database, lena.User!,
            [.. CentralCertificationTests.Known.Select(known => new CertifiedDay(known.RunNumber, known.Type, known.Reconstruction, 1, 10, new(2018, 5, 14), known.Good))]);

        var page = await lena.SubmitAsync("/leader/central?when=today", "form.card-box", ("list", "0-8, 10 11 12\n13,14,15 and nothing"));
        var wrong = await lena.SubmitAsync("/leader/central?when=today", "form.card-box", ("list", "none at all"));

        Assert.Equal(["1 3", "6", "5", "4", "2 7"], Lists(page, "[data-group=collisions] [data-runs]"));
        Assert.Equal(["11", "14", "10 12 13"], Lists(page, "[data-group=cosmics] [data-runs]"));
        Assert.Equal(["0 8 15"], Lists(page, "[data-runs=missing]"));
        Assert.Contains("Left out, because it is no run number: and, nothing", page.Words, StringComparison.Ordinal);
        Assert.Contains("changed to bad: express was good", page.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal("none at all", wrong.Find("textarea").TextContent);

        static IEnumerable<string> Lists(WebPage page, string selector) => page.Document.QuerySelectorAll(selector)
            .Select(list => string.Join(' ', list.QuerySelectorAll("li").Select(item => item.TextContent)));
    }

    [Fact]
    public async Task F88_the_checklist_keeps_the_weeks_answers_and_says_when_there_is_none()
    {
        await using var own = new WebSite();
        await own.InitializeAsync();
        var lena = await own.SignedInAsAsync(Role.ShiftLeader);
        var adam = await own.SignedInAsAsync(Role.Admin);
        const string address = "/leader/checklist?from=2024-06-05&to=2024-06-06";

        var opened = await lena.GetAsync(address);
        var saved = await lena.PostAsync(address, opened.Fields("form.week-list", ("Answers[open].Value", "yes")));
        var stale = await lena.PostAsync(address, opened.Fields("form.week-list", ("Answers[bad].Value", "yes"), ("Answers[open].Value", null)));
        var page = await lena.GetAsync("/leader/checklist?from=2024-06-03&to=2024-06-09");
        var next = await lena.GetAsync("/leader/checklist?from=2024-06-10&to=2024-06-16");

        Assert.Contains("this is the one of Week 23, 2024-06-03 to 2024-06-09", opened.Words, StringComparison.Ordinal);
        Assert.Equal(address, saved.Location);
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.NotNull(page.Document.QuerySelector("input[name='Answers[open].Value'][checked]"));
        Assert.Contains("1 of 5 answered", page.Words, StringComparison.Ordinal);
        Assert.Contains(lena.User!.Name, page.Find(".timeline").TextContent, StringComparison.Ordinal);
        Assert.Contains("0 of 5 answered", next.Words, StringComparison.Ordinal);

        await using var db = own.Database.NewContext();
        await db.Checklists.Where(list => list.Key == "shiftleader").ExecuteUpdateAsync(set => set.SetProperty(list => list.RetiredAt, TimeProvider.System.GetUtcNow()), Stop);
        Assert.Null((await lena.GetAsync(address)).Document.QuerySelector("a[href*='/admin/checklists/new']"));
        Assert.Equal("/admin/checklists/new?key=shiftleader", (await adam.GetAsync(address)).Find("a[href*='/admin/checklists/new']").GetAttribute("href"));
    }
}
