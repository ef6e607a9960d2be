using System.Net;
using Certhelper.Core.Administration;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Tests.Web.Infrastructure;

namespace Certhelper.Tests.Web;

/// <summary>Every page is drawn for every role, and holds nothing that the content security policy forbids.</summary>
public sealed class PagesTests(WebSite site) : IClassFixture<WebSite>
{
    public static TheoryData<Role> Roles { get; } = [.. Enum.GetValues<Role>()];

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task Every_page_that_a_role_may_open_is_drawn_without_inline_script_or_style(Role role)
    {
        site.Outside.Weather = Weather.KnowsNothing;
        var visitor = await site.SignedInAsAsync(role);
        var run = await site.Given.RunAsync();
        var certification = await site.Given.CertificationAsync(visitor.User!, run);
        var reference = await site.Given.ReferenceAsync(visitor.User!);
        string[] pages =
        [
            "/", "/?runs=380000-380999", "/?runs=nonsense", "/?run=12&reconstruction=", "/runs", "/runs?type=Cosmics&era=2024I&sort=-lumi", $"/runs/{run}",
            $"/runs/{run}/prompt/certify", "/certifications", "/certifications?verdict=bad&from=2024-01-01&reconstruction=express&deleted=true",
            $"/certifications/{certification}", $"/certifications/{certification}/edit", $"/certifications/{certification}/delete",
            "/references", "/references?retired=true", "/saved-filters", "/api", "/certifications?columns=all&pixel=purple", $"/references/{reference}/retire", "/admin/permissions", "/signout", "/signed-out", "/signin/problem?why=Refused",
            "/nothing/here", "/denied", "/error",
        ];

        foreach (var address in pages)
        {
            var page = await visitor.GetAsync(address);

            Assert.True(page.Status is HttpStatusCode.OK or HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{address} answered {page.Status}");
            Assert.NotEmpty(page.Document.QuerySelectorAll("h1"));
            Assert.Empty(page.Document.QuerySelectorAll("[style], style, script:not([src])"));
            Assert.DoesNotContain(page.Document.All, element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
            var policy = page.Response.Headers.GetValues("Content-Security-Policy").Single();
            Assert.DoesNotContain("unsafe-inline", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", page.Response.Headers.GetValues("X-Content-Type-Options").Single());
        }
    }

    [Fact]
    public async Task A_guest_is_told_what_he_can_do_and_how_to_get_rights()
    {
        var guest = await site.SignedInAsAsync(Role.Guest);

        var page = await guest.GetAsync("/");

        Assert.Contains("You can read everything here", page.Words, StringComparison.Ordinal);
        Assert.Contains("tkdqmdoctor-shifters", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Certify a run", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_names_the_roles_that_would_do()
    {
        var shifter = await site.SignedInAsAsync(Role.Shifter);
        var certification = await site.Given.CertificationAsync(shifter.User!);

        var page = await shifter.GetAsync($"/certifications/{certification}/delete");

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Contains("Delete and restore certifications: that takes the role Shift leader, Expert or Administrator", page.Words, StringComparison.Ordinal);
        Assert.Contains("Yours: Shifter", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Menu_and_buttons_follow_the_permission_table()
    {
        var ops = await site.SignedInAsAsync(Role.Ops);
        var shifter = await site.SignedInAsAsync(Role.Shifter);

        Assert.NotNull((await ops.GetAsync("/")).Document.QuerySelector(".rail a[href='/hangfire']"));
        Assert.Null((await shifter.GetAsync("/")).Document.QuerySelector(".rail a[href='/hangfire']"));
    }

    [Fact]
    public async Task My_shift_shows_how_each_reconstruction_stands()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var tomas = await site.Given.PersonAsync("tomas", "Tomáš Dvořák", Role.Shifter);
        var open = await site.Given.RunAsync();
        var mine = await site.Given.RunAsync();
        var taken = await site.Given.RunAsync();
        await site.Given.CertificationAsync(sara.User!, mine);
        await site.Given.CertificationAsync(tomas, taken);

        var page = await sara.GetAsync($"/?runs={open},{mine},{taken}");

        string State(int run) => page.Document.QuerySelectorAll("tbody tr").Single(row => row.QuerySelector("th")!.TextContent.Contains($"{run}", StringComparison.Ordinal))
            .QuerySelector("td[data-head=Express] .status")!.TextContent.Trim();
        Assert.Equal("certify", State(open));
        Assert.Equal("mine", State(mine));
        Assert.Equal("Tomáš Dvořák", State(taken));
    }

    [Fact]
    public async Task The_card_leads_to_the_form_and_says_what_is_missing()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);

        Assert.Equal("/runs/380115/express/certify", (await sara.GetAsync("/?run=380115&reconstruction=express")).Location);
        Assert.Contains("Type the number of the run", (await sara.GetAsync("/?run=abc&reconstruction=express")).Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("380115", "/runs/380115")]
    [InlineData("380115 express", "/runs/380115/express/certify")]
    [InlineData("fill 10240", "/runs?fill=10240")]
    [InlineData("ref", "/references")]
    [InlineData("", "/")]
    public async Task The_jump_box_finds(string typed, string where)
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);

        Assert.Equal(where, (await sara.GetAsync("/jump?q=" + Uri.EscapeDataString(typed))).Location);
    }

    [Fact]
    public async Task The_bar_says_which_source_does_not_answer()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var now = TimeProvider.System.GetUtcNow();
        await site.Given.SourceAsync("OMS", now.AddMinutes(-20), now, "OMS answered with a login page.");
        await site.Service<SiteBoard>().ReadAsync(TestContext.Current.CancellationToken);

        var page = await sara.GetAsync("/runs");

        Assert.Contains("OMS does not answer", string.Join(' ', page.Find(".bar-end summary").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Contains("OMS answered with a login page.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_jobs_process_is_explained()
    {
        var ops = await site.SignedInAsAsync(Role.Ops);

        var page = await ops.GetAsync("/hangfire/recurring");

        Assert.Equal(HttpStatusCode.BadGateway, page.Status);
        Assert.Contains("Background jobs do not answer", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assets_are_fingerprinted_and_open()
    {
        var visitor = site.SignedOut();
        var welcome = await visitor.GetAsync("/welcome");

        var css = welcome.Find("link[href*='bootstrap']").GetAttribute("href")!;
        var asset = await visitor.GetAsync(css);

        Assert.Matches(@"bootstrap\.min\.[a-z0-9]+\.css", css);
        Assert.Equal(HttpStatusCode.OK, asset.Status);
    }

    [Fact]
    public async Task A_run_that_is_only_known_by_hand_is_shown()
    {
        site.Outside.Weather = Weather.Refuses;
        var guest = await site.SignedInAsAsync(Role.Guest);
        await using (var db = site.Database.NewContext())
        {
            db.Runs.Add(new Run { RunNumber = 379_999, Type = RunType.Cosmics });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var page = await guest.GetAsync("/runs/379999");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("cosmics", page.Words, StringComparison.Ordinal);
    }
}
