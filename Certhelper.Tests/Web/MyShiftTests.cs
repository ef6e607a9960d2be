using System.Net;

using Certhelper.Core.Administration;
using Certhelper.Core.Oms;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Tests.Checklists;
using Certhelper.Tests.RunRegistry;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>My shift: states in words, taking and giving back, search, the next dataset.</summary>
public sealed class MyShiftTests(WebSite site) : IClassFixture<WebSite>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task D66_each_state_has_its_own_words_and_leaders_change_from_the_table()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var tomas = await site.SignedInAsAsync(Role.Shifter);
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var mine = await site.Given.RunAsync();
        var his = await site.Given.RunAsync();
        var closed = Samples.NextRun();
        var waiting = Samples.NextRun();
        await site.Given.CertificationAsync(sara.User!, mine);
        var id = await site.Given.CertificationAsync(tomas.User!, his);
        await site.Given.DatasetAsync(closed, "/Express/Collisions2024/DQM", "SIGNOFF");
        await site.Given.DatasetAsync(waiting, "/Express/Collisions2024/DQM", "waiting dqm gui");
        var address = $"/?runs={mine},{his},{closed},{waiting}";

        var page = await sara.GetAsync(address);
        var leader = await lena.GetAsync(address);

        Assert.Equal(
            ("mine", tomas.User!.Name, "signed off", "waits for DQM GUI"),
            (Status(page, mine), Status(page, his), Status(page, closed), Status(page, waiting)));
        Assert.Null(page.Document.QuerySelector($"#run-{his} a[href='/certifications/{id}/edit']"));
        Assert.NotNull(leader.Document.QuerySelector($"#run-{his} a[href='/certifications/{id}/edit']"));
        Assert.Equal($"/certifications/{(await IdAsync(mine))}/edit", page.Find($"#run-{mine} a.cell-link").GetAttribute("href"));
        Assert.Null(page.Document.QuerySelector($"#run-{closed} a.cell-link"));
    }

    [Fact]
    public async Task Data_that_are_not_there_yet_are_named()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var unknown = Samples.NextRun();
        var running = await site.Given.RunAsync();
        await site.Given.DatasetAsync(unknown, "/Express/Collisions2024/DQM");
        await using (var db = site.Database.NewContext())
            await db.Runs.Where(run => run.RunNumber == running).ExecuteUpdateAsync(set => set.SetProperty(run => run.EndTime, (DateTimeOffset?)null), Stop);

        var page = await sara.GetAsync($"/?runs={unknown},{running}");

        Assert.Equal(("data incomplete", "data incomplete"), (Status(page, unknown), Status(page, running)));
        Assert.Contains("no facts from OMS yet", page.Find($"#run-{unknown}").TextContent, StringComparison.Ordinal);
        Assert.Contains("the run goes on", page.Find($"#run-{running}").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_changed_after_it_was_certified_is_marked_and_a_change_of_mine_takes_the_mark_away()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var facts = await site.Given.RunAsync();
        var registry = Samples.NextRun();
        await site.Given.CertificationAsync(sara.User!, facts);
        await site.Given.RunAsync(number: registry);
        await site.Given.CertificationAsync(sara.User!, registry);
        await using (var db = site.Database.NewContext())
        {
            await db.Runs.Where(run => run.RunNumber == facts).ExecuteUpdateAsync(set => set.SetProperty(run => run.FactsChangedAt, Now.AddMinutes(1)), Stop);
            await db.RegistryDatasets.Where(row => row.RunNumber == registry)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.ChangedAt, Now.AddMinutes(1)).SetProperty(row => row.TrackerState, "COMPLETED"), Stop);
        }

        var page = await sara.GetAsync($"/?runs={facts},{registry}");
        await using (var db = site.Database.NewContext())
            await db.Certifications.Where(item => item.OwnerId == sara.User!.Id).ExecuteUpdateAsync(set => set.SetProperty(item => item.UpdatedAt, Now.AddMinutes(2)), Stop);
        var after = await sara.GetAsync($"/?runs={facts},{registry}");

        Assert.Contains("changed since: facts of the run", Row(page, facts), StringComparison.Ordinal);
        Assert.Contains("changed since: Run Registry (completed)", Row(page, registry), StringComparison.Ordinal);
        Assert.DoesNotContain("changed since", after.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task D63_a_run_is_taken_by_a_person_and_given_back_without_script()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var tomas = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();

        var taken = await sara.PressAsync($"/runs/{run}/express/lease");
        var mine = await sara.GetAsync($"/?runs={run}");
        var refused = await tomas.PressAsync($"/runs/{run}/express/lease");
        var his = await tomas.GetAsync($"/?runs={run}");
        await sara.PressAsync($"/runs/{run}/express/lease?handler=back");
        var free = await tomas.GetAsync($"/?runs={run}");

        Assert.Equal("/", taken.Location);
        Assert.Contains($"{run} express is yours until", mine.Toasts, StringComparison.Ordinal);
        Assert.Equal("taken by me", Status(mine, run));
        Assert.Equal("/", refused.Location);
        Assert.Contains($"{run} express is taken by {sara.User!.Name} until", his.Toasts, StringComparison.Ordinal);
        Assert.Equal("taken by " + sara.User.Name, Status(his, run));
        Assert.DoesNotContain("Take over", Row(his, run), StringComparison.Ordinal);
        Assert.Equal("certify", Status(free, run));
    }

    [Fact]
    public async Task A_leader_takes_over_in_place()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var run = await site.Given.RunAsync();
        await sara.PressAsync($"/runs/{run}/express/lease");

        var page = await lena.GetAsync($"/?runs={run}");
        var form = page.Find($"#run-{run} form.cell-act");
        var row = await lena.PostAsync(form.GetAttribute("action")!, page.Fields($"#run-{run} form.cell-act"), ("HX-Request", "true"));

        Assert.Equal(HttpStatusCode.OK, row.Status);
        Assert.Contains("is yours until", row.Response.Headers.GetValues("HX-Trigger").Single(), StringComparison.Ordinal);
        Assert.Contains("taken by me", row.Text, StringComparison.Ordinal);
        Assert.StartsWith("<tr", row.Text.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lease_informs_and_does_not_bar_a_save()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var tomas = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        await sara.PressAsync($"/runs/{run}/express/lease");

        var saved = await tomas.SubmitAsync(
            $"/runs/{run}/express/certify", "form.certify-form",
            [("Input.Pixel", "Good"), ("Input.Strip", "Good"), ("Input.Tracking", "Good"), ("Input.TrackerMap", "Exists"), .. GoodAnswers.Fields()]);

        Assert.Equal(HttpStatusCode.Found, saved.Status);
    }

    [Fact]
    public async Task D60_D65_a_search_has_no_limit_of_twenty_and_nonsense_is_named_and_kept()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var runs = new List<int>();
        for (var i = 0; i < 26; i++) runs.Add(await site.Given.RunAsync());

        var all = await sara.GetAsync($"/?runs={string.Join(' ', runs)}&page=2");
        var reversed = await sara.GetAsync("/?runs=380130-380115");
        var nonsense = await sara.GetAsync("/?runs=" + Uri.EscapeDataString("380115, <b>'; DROP TABLE runs;--"));

        Assert.Contains("26–26 of 26", all.Words, StringComparison.Ordinal);
        Assert.Contains("The range \"380130-380115\" runs backwards; did you mean 380115-380130?", reversed.Words, StringComparison.Ordinal);
        Assert.Equal("380130-380115", reversed.Find("#runs").GetAttribute("value"));
        Assert.Contains("is no run number or range", nonsense.Words, StringComparison.Ordinal);
        Assert.Equal("380115, <b>'; DROP TABLE runs;--", nonsense.Find("#runs").GetAttribute("value"));
    }

    [Fact]
    public async Task D62_what_waits_stays_on_the_board_whatever_day_it_came_and_the_longest_waiting_is_first()
    {
        await using var own = new WebSite();
        await own.InitializeAsync();
        var sara = await own.SignedInAsAsync(Role.Shifter);
        var young = await own.Given.RunAsync();
        var old = await own.Given.RunAsync();
        await own.Given.DatasetAsync(old, "/PromptReco/Collisions2024I/DQM", firstSeen: Now.AddDays(-5));

        var page = await sara.GetAsync("/");
        var newest = await sara.GetAsync("/?sort=-run");

        Assert.Equal([$"run-{old}", $"run-{young}"], Order(page));
        Assert.Equal([$"run-{old}", $"run-{young}"], Order(newest));
        Assert.Equal([$"run-{young}", $"run-{old}"], Order(await sara.GetAsync("/?sort=run")));
        Assert.Equal("5 days", page.Find($"#run-{old} td[data-head=Waiting] time").TextContent);
        Assert.Equal("ascending", page.Find("th[aria-sort]").GetAttribute("aria-sort"));
    }

    [Fact]
    public async Task D61_several_datasets_of_one_reconstruction_are_all_kept_and_offered()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        await site.Given.DatasetAsync(run, "/Express/Cosmics2024/DQM", "SIGNOFF");
        await site.Given.DatasetAsync(run, "/PromptReco/Collisions2024I/DQM");

        var board = await sara.GetAsync($"/?runs={run}");
        var form = await sara.GetAsync($"/runs/{run}/express/certify");

        Assert.Contains("2 datasets", Row(board, run), StringComparison.Ordinal);
        var options = form.Document.QuerySelectorAll("#Input_DatasetName option").Select(option => option.GetAttribute("value")).ToList();
        Assert.Equal(["", "/Express/Collisions2024/DQM", "/Express/Cosmics2024/DQM", "/PromptReco/Collisions2024I/DQM"], options);
        // The open one is chosen; what belongs to another form cannot be.
        Assert.Equal("/Express/Collisions2024/DQM", form.Fields("form.certify-form")["Input.DatasetName"]);
        Assert.NotNull(form.Find("#Input_DatasetName optgroup:last-child").GetAttribute("disabled"));
    }

    [Fact]
    public async Task A_search_of_which_nothing_is_stored_asks_the_registry_and_shows_what_it_says()
    {
        await using var own = new WebSite();
        await own.InitializeAsync();
        own.Outside.Weather = Weather.KnowsNothing;
        own.Outside.Registry = body => RegistryJson.Page(
            RegistryJson.Dataset(380900, "/Express/Collisions2024/DQM"), RegistryJson.Dataset(380931, "/PromptReco/Collisions2024I/DQM", "SIGNOFF"));
        var sara = await own.SignedInAsAsync(Role.Shifter);

        var page = await sara.GetAsync("/?runs=380900-381400");
        var asked = await sara.PostAsync("/runs/ask", new(await sara.TokenAsync()) { ["Runs"] = "380900-381400" });
        var toast = await sara.GetAsync(asked.Location!);

        Assert.Equal(("data incomplete", "signed off"), (Status(page, 380900), Status(page, 380931, "Prompt")));
        Assert.Contains("The Run Registry answered for all 501 run numbers.", toast.Toasts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task D64_with_the_registry_away_a_search_says_so_in_words()
    {
        await using var own = new WebSite();
        await own.InitializeAsync();
        var sara = await own.SignedInAsAsync(Role.Shifter);

        var page = await sara.GetAsync("/?runs=380900");
        var card = await sara.GetAsync("/?run=380900");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("cannot be reached", page.Words, StringComparison.Ordinal);
        Assert.Contains("Nothing is known of these runs yet", page.Words, StringComparison.Ordinal);
        Assert.Contains("Choose the reconstruction to certify the run all the same.", card.Find("#card-problem").TextContent, StringComparison.Ordinal);
        Assert.Equal("380900", card.Find("#run").GetAttribute("value"));
    }

    [Fact]
    public async Task D36_a_run_number_alone_leads_to_the_next_dataset_and_says_when_all_are_certified()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        await site.Given.DatasetAsync(run, "/PromptReco/Collisions2024I/DQM");

        var first = await sara.GetAsync($"/?run={run}&reconstruction=");
        await site.Given.CertificationAsync(sara.User!, run);
        var second = await sara.GetAsync($"/?run={run}");
        await site.Given.CertificationAsync(sara.User!, run, Reconstruction.Prompt);
        var third = await sara.GetAsync($"/?run={run}");

        Assert.Equal(($"/runs/{run}/express/certify", $"/runs/{run}/prompt/certify"), (first.Location, second.Location));
        Assert.Contains($"All datasets of run {run} are certified.", third.Find("#card-problem").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task D96_a_guest_is_told_how_to_get_rights_and_finds_the_links_as_links()
    {
        var guest = await site.SignedInAsAsync(Role.Guest);
        var run = await site.Given.RunAsync();

        var shift = await guest.GetAsync($"/?runs={run}");
        var links = await guest.GetAsync("/links");

        Assert.Contains("To certify runs you need the role Shifter", shift.Words, StringComparison.Ordinal);
        Assert.Equal("open", Status(shift, run));
        Assert.Null(shift.Document.QuerySelector("form.cell-act"));
        foreach (var part in new[] { "ml4dqm-playground", "TrackerDQMShift", "pixelcablingmap", "sistripdcstrend" })
            Assert.Equal("_blank", links.Find($"main a[href*='{part}']").GetAttribute("target"));
        Assert.NotNull(shift.Find(".menu-panel a[href$='/releases']"));
        Assert.NotEmpty(shift.Find("body").GetAttribute("data-version")!);
    }

    [Fact]
    public async Task Sources_are_listed_with_their_last_good_contact_in_words()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        await site.Given.SourceAsync(SourceContact.Oms, Now.AddMinutes(-30), Now, "OMS cannot be reached: the connection was refused.");
        await site.Service<SiteBoard>().ReadAsync(TestContext.Current.CancellationToken);

        var page = await sara.GetAsync("/");

        var panel = page.Find(".sources").TextContent;
        Assert.Contains("does not answer", panel, StringComparison.Ordinal);
        Assert.Contains("30 min", panel, StringComparison.Ordinal);
        Assert.Contains("the connection was refused", panel, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_board_costs_at_most_six_questions_with_drafts_leases_and_certifications()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        await site.Given.CertificationAsync(sara.User!);
        await sara.PutAsync($"/runs/{run}/express/draft", [new("Input.Comment", "begun")]);
        await sara.GetAsync("/");

        var before = site.Commands.Count;
        await sara.GetAsync("/");

        Assert.InRange(site.Commands.Count - before, 1, 6);
    }

    private static string Status(WebPage page, int run, string column = "Express") =>
        page.Find($"#run-{run} td[data-head={column}] .status").TextContent.Trim();

    private static string Row(WebPage page, int run) =>
        string.Join(' ', page.Find($"#run-{run}").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Replace(" : ", ": ", StringComparison.Ordinal);

    private static IEnumerable<string?> Order(WebPage page) => page.Document.QuerySelectorAll("[data-board] tbody tr").Select(row => row.Id);

    private async Task<int> IdAsync(int run)
    {
        await using var db = site.Database.NewContext();
        return await db.Certifications.Where(item => item.RunReconstruction!.RunNumber == run).Select(item => item.Id).SingleAsync(Stop);
    }
}
