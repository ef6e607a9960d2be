using Certhelper.Tests.Browser.Pages;
using Certhelper.Tests.Infrastructure;
using Microsoft.Playwright;

namespace Certhelper.Tests.Browser;

/// <summary>A shift in a real browser, against the whole stack.</summary>
[Trait("kind", "stack")]
public sealed class CertifyJourneyTests(StackFixture fixture, BrowserFixture browser)
{
    [Fact]
    public async Task A_shifter_signs_in_certifies_a_recorded_run_and_sees_it_listed()
    {
        var page = await OpenAsync();
        var shift = await new DoorPage(page).SignInAsync("sara.shifter");

        var form = await shift.CertifyAsync(386885, "express");
        var facts = await form.FactsAsync();
        var before = await form.MissingAsync();
        await form.PressAsync("Pixel", "g");
        await form.PressAsync("Strip", "g");
        await form.PressAsync("Tracking", "g");
        await form.ChooseAsync("TrackerMap", "Exists");
        var withoutLists = await form.MissingAsync();
        await form.AnswerChecklistsAsync();
        var outcome = await form.OutcomeAsync();
        var after = await form.MissingAsync();
        await form.SaveAsync();
        await page.WaitForURLAsync("**/");
        var toast = await shift.ToastAsync();
        var latest = await shift.LatestAsync();
        await page.GotoAsync("/certifications?shifter=sara.shifter");
        var list = await page.InnerTextAsync("#list");

        Assert.Contains("10240", facts, StringComparison.Ordinal);
        Assert.Contains("Collisions", facts, StringComparison.Ordinal);
        Assert.Contains("pb⁻¹", facts, StringComparison.Ordinal);
        Assert.Contains("OMS", facts, StringComparison.Ordinal);
        Assert.StartsWith("Still needed: Pixel verdict, Strip verdict, Tracking verdict, Tracker maps, General checklist", before, StringComparison.Ordinal);
        Assert.Equal("Still needed: General checklist, Tracker map checklist, Pixel checklist, SiStrip checklist, Tracking checklist", withoutLists);
        Assert.Equal("good", outcome);
        Assert.Equal("Everything needed is there.", after);
        Assert.Equal("386885 express is certified as good.", toast);
        Assert.Contains("386885 Express", latest, StringComparison.Ordinal);
        Assert.Contains("386885 express", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_typed_survives_a_lost_session()
    {
        var page = await OpenAsync();
        var shift = await new DoorPage(page).SignInAsync("tomas.shifter");
        var form = await shift.CertifyAsync(386873, "express");
        await form.ChooseAsync("Strip", "Bad");
        await form.TypeCommentAsync("Ring 5 was off for half of the run");
        await page.Context.ClearCookiesAsync();

        await form.SaveAsync();
        await new DoorPage(page).ChooseAsync("tomas.shifter");
        await page.WaitForURLAsync("**/runs/386873/express/certify");

        Assert.True(await form.DraftIsBackAsync());
        Assert.Equal("Ring 5 was off for half of the run", await form.CommentAsync());
        Assert.True(await form.IsChosenAsync("Strip", "Bad"));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_here_and_at_SSO()
    {
        var page = await OpenAsync();
        var shift = await new DoorPage(page).SignInAsync("gus.guest");

        await shift.SignOutAsync();
        await page.WaitForURLAsync("**/signed-out");
        var said = await page.InnerTextAsync("main");
        await page.GotoAsync("/runs");

        Assert.Contains("You are signed out", said, StringComparison.Ordinal);
        // Asked anew who one is, instead of being let in silently.
        Assert.Contains("/auth/realms/cern/", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ops_sees_the_dashboard_of_background_jobs_under_the_same_name()
    {
        var page = await OpenAsync();
        await new DoorPage(page).SignInAsync("olga.ops");

        await page.GotoAsync("/hangfire/recurring");

        Assert.Contains("oms-sync", await page.InnerTextAsync("body"), StringComparison.Ordinal);
    }

    private async Task<IPage> OpenAsync() => await browser.OpenAsync((await fixture.StartedAsync()).Web);
}
