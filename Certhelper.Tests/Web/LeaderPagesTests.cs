using System.Net;
using Certhelper.Core.Certification;
using Certhelper.Core.Lists;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Tests.Web.Infrastructure;
using Certhelper.Web.Leader;
using Microsoft.AspNetCore.Http;

namespace Certhelper.Tests.Web;

/// <summary>The leader's pages: any period and filter in the address, and what every tab has in common.</summary>
public sealed class LeaderPagesTests(WebSite site) : IClassFixture<WebSite>
{
    private const string Express = "/Express/Collisions2024/DQM";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task D86_without_anything_asked_it_is_this_week_worked_out_now()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);

        var bare = await lena.GetAsync("/leader");
        var page = await lena.GetAsync(bare.Location!);
        var overview = await lena.GetAsync("/leader/overview?kind=x");

        Assert.Equal("/leader?when=this-week", bare.Location);
        var week = Core.Reports.Period.WeekOf(ExperimentDay.Today(TimeProvider.System));
        Assert.Equal(week.WeekText(), page.Find("h1").TextContent);
        Assert.Contains($"Mon {week.From:yyyy-MM-dd} – Sun {week.To:yyyy-MM-dd}", page.Words, StringComparison.Ordinal);
        Assert.Equal("This week", page.Find(".period-steps [aria-current]").TextContent.Trim());
        Assert.Equal("/leader/overview?kind=x&when=this-week", overview.Location);
    }

    [Theory]
    [InlineData("2026-11-22", "2026-11-16", "2026-11-22")]
    [InlineData("2026-11-23", "2026-11-23", "2026-11-29")]
    [InlineData("2024-12-29", "2024-12-23", "2024-12-29")]
    [InlineData("2025-01-01", "2024-12-30", "2025-01-05")]
    [InlineData("2024-03-31", "2024-03-25", "2024-03-31")]
    [InlineData("2024-10-27", "2024-10-21", "2024-10-27")]
    public void D87_on_a_sunday_this_week_is_the_week_that_ends_with_it_and_the_arrows_lead_to_its_neighbours(string today, string monday, string sunday)
    {
        var day = DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture);
        var request = new DefaultHttpContext().Request;
        request.Path = "/leader";
        request.QueryString = new QueryString("?when=this-week&shifter=sara");
        var bar = new PeriodBar(request, DayRange.Named("this-week", day), day);

        Assert.Equal((monday, sunday), ($"{bar.Period!.From:yyyy-MM-dd}", $"{bar.Period.To:yyyy-MM-dd}"));
        Assert.Equal($"/leader?shifter=sara&from={bar.Period.From.AddDays(-7):yyyy-MM-dd}&to={bar.Period.From.AddDays(-1):yyyy-MM-dd}", bar.Earlier);
        Assert.Equal($"/leader?shifter=sara&from={bar.Period.To.AddDays(1):yyyy-MM-dd}&to={bar.Period.To.AddDays(7):yyyy-MM-dd}", bar.Later);
        Assert.Equal("/leader?when=last-week&shifter=sara", bar.LastWeek);
    }

    [Fact]
    public async Task D88_days_and_filters_are_carried_from_tab_to_tab_and_taken_away_one_by_one()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);

        var page = await lena.GetAsync("/leader?from=2024-06-10&to=2024-07-10&type=cosmics&reconstruction=express,prompt&page=3&sort=run");
        var tabs = page.Document.QuerySelectorAll(".tabs a").Select(link => link.GetAttribute("href")!).ToList();

        Assert.Equal("Weeks 24-28", page.Find("h1").TextContent);
        Assert.Equal(LeaderTabs.All.Count, tabs.Count);
        Assert.All(tabs, tab => Assert.EndsWith("?from=2024-06-10&to=2024-07-10&type=cosmics&reconstruction=express,prompt", Uri.UnescapeDataString(tab), StringComparison.Ordinal));
        Assert.Equal(["Cosmics", "Express", "Prompt"], page.Document.QuerySelectorAll(".chips .chip[title]").Select(chip => chip.FirstChild!.TextContent).Order());
        Assert.Contains(page.Document.QuerySelectorAll("a"), link => link.TextContent == "Take all filters away" && link.GetAttribute("href") == "/leader?from=2024-06-10&to=2024-07-10&sort=run");
        Assert.Contains(page.Document.QuerySelectorAll("a"), link => link.TextContent == "Reset to this week" && link.GetAttribute("href") == "/leader?when=this-week");
        Assert.Contains(page.Document.QuerySelectorAll(".chips .chip"), link => link.TextContent == "Clear all" && link.GetAttribute("href") == "/leader?from=2024-06-10&to=2024-07-10&sort=run");
        foreach (var tab in tabs) Assert.Equal(HttpStatusCode.OK, (await lena.GetAsync(tab)).Status);
    }

    [Fact]
    public async Task The_tab_that_was_looked_at_last_is_shown_again()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        await lena.GetAsync("/leader/central?when=today");

        Assert.Equal("/leader/central?when=this-week", (await lena.GetAsync("/leader")).Location);
        await lena.GetAsync("/leader?when=this-week");
        Assert.Equal("/leader?when=this-week", (await lena.GetAsync("/leader")).Location);
    }

    [Fact]
    public async Task D85_without_days_every_tab_works()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        await LeaderSamples.KeepAsync(site.Database, lena.User!, [new(701_001, RunType.Collisions, Reconstruction.Express, 1, 10, new(2019, 6, 10), true)]);

        foreach (var tab in LeaderTabs.All)
        {
            var page = await lena.GetAsync(tab.Href + "?runs=701001");
            Assert.Equal((HttpStatusCode.OK, "All days"), (page.Status, page.Find("h1").TextContent));
            Assert.Null(page.Document.QuerySelector(".period-steps a[rel=prev]"));
            Assert.Equal(HttpStatusCode.OK, (await lena.GetAsync(tab.Href + "?days=all")).Status);
            Assert.Equal("Since 2019-06-01", (await lena.GetAsync(tab.Href + "?from=2019-06-01")).Find("h1").TextContent);
        }

        Assert.Single((await lena.GetAsync("/leader?runs=701001")).Document.QuerySelectorAll("#list tbody tr"));
    }

    [Fact]
    public async Task F156_an_empty_period_is_explained_on_each_tab()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);

        foreach (var tab in LeaderTabs.All.Where(tab => tab.Key != "checklist"))
        {
            var page = await lena.GetAsync(tab.Href + "?from=2001-01-01&to=2001-01-07");
            Assert.True(page.Document.QuerySelector(".empty h2") is not null, tab.Href);
        }

        var allDays = await lena.GetAsync("/leader?days=all&runs=1");
        Assert.Equal(["/leader?days=all", "/certifications"], allDays.Document.QuerySelectorAll(".empty a").Select(link => link.GetAttribute("href")));
        var wrong = await lena.GetAsync("/leader/overview?from=2024-02-30&to=2024-03-01");
        Assert.Contains("is no day. Write it like 2024-10-05.", wrong.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/leader?from=2019-09-02&to=2019-09-08")]
    [InlineData("/leader?from=2019-09-02&to=2019-09-08&type=collisions&verdict=good&sort=shifter")]
    [InlineData("/leader/overview?from=2019-09-02&to=2019-09-08")]
    [InlineData("/leader/registry?from=2019-09-02&to=2019-09-08")]
    [InlineData("/leader/registry?from=2019-09-02&to=2019-09-08&kind=all")]
    [InlineData("/leader/changed?from=2019-09-02&to=2019-09-08")]
    [InlineData("/leader/deleted?from=2019-09-02&to=2019-09-08")]
    [InlineData("/leader/central?from=2019-09-02&to=2019-09-08")]
    [InlineData("/leader/checklist?from=2019-09-02&to=2019-09-08")]
    [InlineData("/comparison?from=2019-09-02&to=2019-09-08")]
    public async Task D91_a_week_of_150_certifications_asks_the_database_at_most_ten_times_and_as_often_as_one_of_five(string address)
    {
        await using var own = new WebSite();
        await own.InitializeAsync();
        var lena = await own.SignedInAsAsync(Role.ShiftLeader);
        await WeekAsync(own, lena.User!, 702_000, 5);
        await lena.GetAsync("/admin/permissions");
        var few = await CostAsync(own, lena, address);
        await WeekAsync(own, lena.User!, 703_000, 145);

        var many = await CostAsync(own, lena, address);

        Assert.Equal(few, many);
        Assert.InRange(many, 1, 10);
        TestContext.Current.TestOutputHelper!.WriteLine($"{address}: {many} statements");
    }

    [Fact]
    public async Task The_tile_of_the_leader_is_for_leaders_only()
    {
        Assert.NotNull((await (await site.SignedInAsAsync(Role.ShiftLeader)).GetAsync("/")).Document.QuerySelector("#rail a[href='/leader']"));
        Assert.Null((await (await site.SignedInAsAsync(Role.Shifter)).GetAsync("/")).Document.QuerySelector("#rail a[href='/leader']"));
    }

    private static async Task WeekAsync(WebSite own, User owner, int first, int count)
    {
        var ids = await LeaderSamples.KeepAsync(own.Database, owner, LeaderSamples.Runs(first, count, new(2019, 9, 4)));
        foreach (var run in Enumerable.Range(first, count)) await LeaderSamples.DatasetAsync(own.Database, run, Express, run % 2 == 0 ? "SIGNOFF" : "OPEN", run % 3 == 0 ? "BAD" : "GOOD");
        await using var db = own.Database.NewContext();
        db.FactChanges.AddRange(ids.Take(count / 3).Select(id => new FactChange { CertificationId = id, Fact = "Lumisections", Old = "8", New = "10", DetectedAt = TimeProvider.System.GetUtcNow(), ChangedAt = TimeProvider.System.GetUtcNow() }));
        await db.SaveChangesAsync(Stop);
        foreach (var id in ids.TakeLast(count / 5)) await own.Given.DeletedAsync(id);
    }

    private static async Task<int> CostAsync(WebSite own, Visitor visitor, string address)
    {
        var before = own.Commands.Count;
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(address)).Status);
        return own.Commands.Count - before;
    }
}
