using System.Net;
using Certhelper.Core.Certification;
using Certhelper.Core.Oms;
using Certhelper.Core.People;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Tests.Certification;
using Certhelper.Tests.Web.Infrastructure;
using Certhelper.Web.Leader;
using Certhelper.Web.Lists;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>The leader's pages: any period and filter in the address, each tab, and what is done there.</summary>
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
    public async Task Days_and_filters_are_carried_from_tab_to_tab_and_taken_away_one_by_one()
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

        var wrong = await lena.GetAsync("/leader/overview?from=2024-02-30&to=2024-03-01");
        Assert.Contains("is no day. Write it like 2024-10-05.", wrong.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F140_rows_lead_to_edit_delete_and_promote()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var ids = await LeaderSamples.KeepAsync(site.Database, lena.User!,
        [
            new(701_101, RunType.Collisions, Reconstruction.Express, 1, 10, new(2019, 6, 11), true), new(701_102, RunType.Collisions, Reconstruction.Express, 1, 10, new(2019, 6, 11), false),
        ]);

        var page = await lena.GetAsync("/leader?from=2019-06-11&to=2019-06-11&sort=run");

        var acts = page.Document.QuerySelectorAll("#list tbody tr").Select(row => row.QuerySelectorAll(".row-act a").Select(link => link.GetAttribute("href")!).ToArray()).ToList();
        Assert.Equal([$"/certifications/{ids[0]}/edit", $"/certifications/{ids[0]}/promote", $"/certifications/{ids[0]}/delete"], acts[0]);
        Assert.Equal([$"/certifications/{ids[1]}/edit", $"/certifications/{ids[1]}/delete"], acts[1]);
    }

    [Fact]
    public async Task Several_are_deleted_and_one_that_was_changed_meanwhile_is_named_and_stays()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var ids = await LeaderSamples.KeepAsync(site.Database, lena.User!, Runs(701_201, 3, new(2019, 6, 12)));
        const string address = "/leader?from=2019-06-12&to=2019-06-12&sort=run";
        var opened = await lena.GetAsync(address);
        await lena.SubmitAsync($"/certifications/{ids[1]}/hand-over", "form.prose", ("ToUserId", (await site.SignedInAsAsync(Role.Shifter)).User!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        var withoutWhy = await PostAsync(lena, opened, address, "delete", Picks(opened));
        var done = await PostAsync(lena, opened, address, "delete", Picks(opened), ("Why", "taken twice"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, withoutWhy.Status);
        Assert.Equal(3, withoutWhy.Document.QuerySelectorAll("input[name=pick][checked]").Length);
        Assert.Contains("2 of 3 done.", done.Words, StringComparison.Ordinal);
        Assert.Equal(
            ["701201 express Deleted.", "701202 express Not done: it was changed since this page was opened. Look at it again.", "701203 express Deleted."],
            done.Document.QuerySelectorAll(".results li").Select(item => string.Join(' ', item.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        await using var db = site.Database.NewContext();
        Assert.Equal([ids[1]], await db.Certifications.Where(item => ids.Contains(item.Id)).Select(item => item.Id).ToListAsync(Stop));
        var revision = await db.CertificationRevisions.SingleAsync(item => item.CertificationId == ids[0] && item.Number == 2, Stop);
        Assert.Equal((RevisionKind.Deleted, "taken twice", (int?)lena.User!.Id), (revision.Kind, revision.Why, revision.ById));

        var deleted = await lena.GetAsync("/leader/deleted?from=2019-06-12&to=2019-06-12");
        Assert.Equal(2, deleted.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("taken twice", deleted.Words, StringComparison.Ordinal);
        Assert.Contains("by " + lena.User.Name, deleted.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_are_handed_over_and_promoted_each_with_its_own_result()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var ids = await LeaderSamples.KeepAsync(site.Database, lena.User!,
        [
            new(701_301, RunType.Collisions, Reconstruction.Express, 1, 10, new(2019, 6, 13), true), new(701_302, RunType.Collisions, Reconstruction.Express, 1, 10, new(2019, 6, 13), false),
        ]);
        const string address = "/leader?from=2019-06-13&to=2019-06-13&sort=run";

        var opened = await lena.GetAsync(address);
        var promoted = await PostAsync(lena, opened, address, "promote", Picks(opened));
        var toNobody = await PostAsync(lena, promoted, address, "hand-over", Picks(promoted));
        var handed = await PostAsync(lena, promoted, address, "hand-over", Picks(promoted), ("ToUserId", sara.User!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var nothing = await PostAsync(lena, handed, address, "delete", [], ("Why", "x"));

        Assert.Contains("1 of 2 done.", promoted.Words, StringComparison.Ordinal);
        Assert.Contains("701302 express is certified as bad.", promoted.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, toNobody.Status);
        Assert.Contains("2 of 2 done.", handed.Words, StringComparison.Ordinal);
        Assert.Contains("Choose at least one certification", nothing.Words, StringComparison.Ordinal);
        await using var db = site.Database.NewContext();
        Assert.All(await db.Certifications.Where(item => ids.Contains(item.Id)).ToListAsync(Stop), item => Assert.Equal(sara.User.Id, item.OwnerId));
        Assert.Equal(1, await db.References.CountAsync(item => item.RunReconstruction!.RunNumber == 701_301 && item.RetiredAt == null, Stop));
    }

    [Fact]
    public async Task D92_deleted_ones_follow_the_period_are_paged_and_restored_there()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var adam = await site.SignedInAsAsync(Role.Admin);
        var ids = await LeaderSamples.KeepAsync(site.Database, lena.User!, Runs(701_401, 30, new(2019, 6, 14)));
        foreach (var id in ids) await site.Given.DeletedAsync(id);
        const string address = "/leader/deleted?from=2019-06-14&to=2019-06-14";

        var page = await lena.GetAsync(address);
        var second = await lena.GetAsync(page.Find(".pager a[rel=next]").GetAttribute("href")!);
        var outside = await lena.GetAsync("/leader/deleted?from=2019-07-14&to=2019-07-14");
        await lena.PostAsync(page.Find("tbody form").GetAttribute("action")!, page.Fields("tbody form"));

        Assert.Equal((25, 5), (page.Document.QuerySelectorAll("tbody tr").Length, second.Document.QuerySelectorAll("tbody tr").Length));
        Assert.Contains("Nothing deleted here", outside.Words, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("a[href$='/remove']"));
        Assert.Equal(25, (await adam.GetAsync(address)).Document.QuerySelectorAll("a[href$='/remove']").Length);
        Assert.Contains("29 deleted", (await lena.GetAsync(address)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task D78_the_comparison_lists_only_what_differs_and_each_kind_alone()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        await LeaderSamples.KeepAsync(site.Database, lena.User!, Runs(701_501, 4, new(2019, 6, 17)));
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
        await LeaderSamples.KeepAsync(site.Database, lena.User!, Runs(701_601, 1, new(2019, 6, 18)));
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
        await LeaderSamples.KeepAsync(site.Database, sara.User!, Runs(701_701, 1, new(2019, 6, 19)));
        await LeaderSamples.KeepAsync(site.Database, tomas.User!, Runs(701_702, 1, new(2019, 6, 19)));

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

    [Fact]
    public async Task Changed_facts_are_accepted_or_given_back_and_the_shifter_sees_it()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var ids = await LeaderSamples.KeepAsync(site.Database, sara.User!, Runs(701_801, 2, new(2019, 6, 20)));
        await using var db = site.Database.NewContext();
        foreach (var id in ids)
        {
            db.CertificationEvidence.Add(new CertificationEvidence { CertificationId = id, RevisionNumber = 1, At = TimeProvider.System.GetUtcNow(), Facts = [new EvidenceFact("Lumisections", "8", "OMS", null)], Datasets = [] });
            db.FactChanges.Add(new FactChange { CertificationId = id, Fact = "Lumisections", Old = "8", New = "10", DetectedAt = TimeProvider.System.GetUtcNow(), ChangedAt = TimeProvider.System.GetUtcNow() });
        }

        await db.SaveChangesAsync(Stop);
        const string address = "/leader/changed?from=2019-06-20&to=2019-06-20";
        var page = await lena.GetAsync(address);
        string Form(int id) => $"[data-certification='{id}'] form";

        var accepted = await lena.PostAsync(page.Find(Form(ids[0])).GetAttribute("action")!, page.Fields(Form(ids[0])));
        var reopen = page.Find(Form(ids[1]) + " button[formaction]").GetAttribute("formaction")!;
        var withoutWhy = await lena.PostAsync(reopen, page.Fields(Form(ids[1])));
        var reopened = await lena.PostAsync(reopen, page.Fields(Form(ids[1]), ("why", "two lumisections more")));
        var shift = await sara.GetAsync("/");
        var details = await sara.GetAsync($"/certifications/{ids[1]}");
        var holds = await sara.PostAsync($"/certifications/{ids[1]}/still-right", details.Fields("form[action$='/still-right']"));

        Assert.Contains("8 → 10", page.Words, StringComparison.Ordinal);
        Assert.Equal(address, accepted.Location);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, withoutWhy.Status);
        Assert.Contains("the shifter reads it", withoutWhy.Find($"#why-{ids[1]}-problem").TextContent, StringComparison.Ordinal);
        Assert.Equal(address, reopened.Location);
        Assert.Contains("two lumisections more", shift.Find("section[aria-labelledby=given-back-title]").TextContent, StringComparison.Ordinal);
        Assert.Contains("This is to be looked at again", details.Words, StringComparison.Ordinal);
        Assert.Equal($"/certifications/{ids[1]}", holds.Location);
        Assert.Null((await sara.GetAsync("/")).Document.QuerySelector("#given-back-title"));
        Assert.Contains("Nothing to decide", (await lena.GetAsync(address)).Words, StringComparison.Ordinal);
        Assert.Equal(2, (await lena.GetAsync(address + "&kind=decided")).Document.QuerySelectorAll("[data-certification]").Length);
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

    private static CertifiedDay[] Runs(int first, int count, DateOnly day) =>
        [.. Enumerable.Range(first, count).Select(run => new CertifiedDay(run, RunType.Collisions, Reconstruction.Express, 1, 10, day, true))];

    private static async Task WeekAsync(WebSite own, User owner, int first, int count)
    {
        var ids = await LeaderSamples.KeepAsync(own.Database, owner, Runs(first, count, new(2019, 9, 4)));
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

    private static List<string> Picks(WebPage page) => [.. page.Document.QuerySelectorAll("input[name=pick]").Select(box => box.GetAttribute("value")!)];

    private static async Task<WebPage> PostAsync(Visitor visitor, WebPage page, string address, string act, List<string> picks, params (string Name, string Value)[] fields)
    {
        List<KeyValuePair<string, string>> sent =
        [
            new("__token", page.Find("#list form input[name=__token]").GetAttribute("value")!), new("act", act),
            .. picks.Select(pick => KeyValuePair.Create("pick", pick)), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)),
        ];
        return await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(sent) });
    }
}
