using System.Globalization;
using Certhelper.Tests.Browser.Pages;
using Certhelper.Tests.Infrastructure;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Certhelper.Tests.Browser;

/// <summary>The leader's tables on a laptop: what can be done with a row, and why it differs, without scrolling sideways.</summary>
[Trait("kind", "stack")]
public sealed class LeaderJourneyTests(StackFixture fixture, BrowserFixture browser)
{
    private const int First = 660_001;
    private const string Days = "from=2019-08-21&to=2019-08-21";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pointing_at_a_row_or_tabbing_into_it_shows_what_can_be_done_with_it_within_the_window()
    {
        var stack = await fixture.StartedAsync();
        var page = await browser.OpenAsync(stack.Web, dark: false, 1280);
        await new DoorPage(page).SignInAsync("lena.leader");
        await using (var db = await stack.NewContextAsync())
        {
            var owner = await db.Users.Where(user => user.Login == "lena.leader").Select(user => user.Id).SingleAsync(Token);
            await LeaderSamples.KeepAsync(db, owner, LeaderSamples.Runs(First, 3, new(2019, 8, 21)));
        }

        await page.GotoAsync("/leader?" + Days);
        var (one, other) = (Row(page, First), Row(page, First + 1));
        var before = await SeenAsync(one);
        await one.HoverAsync(new() { Position = new() { X = 120, Y = 10 } });
        var pointed = await SeenAsync(one);
        await other.Locator(".row-act a").First.FocusAsync();
        var tabbed = await SeenAsync(other);

        Assert.Equal((false, true, true), (before, pointed, tabbed));
        await page.GotoAsync("/leader/registry?kind=all&" + Days);
        Assert.Equal(0, await page.EvaluateAsync<int>("Math.max(...[...document.querySelectorAll('.table-scroll')].map(table => table.scrollWidth - table.clientWidth))"));
    }

    private static ILocator Row(IPage page, int run) => page.Locator("#list tbody tr", new() { HasText = run.ToString(CultureInfo.InvariantCulture) });

    /// <summary>Whether all acts of a row are drawn, inside the window.</summary>
    private static Task<bool> SeenAsync(ILocator row) => row.EvaluateAsync<bool>(
        "row => [...row.querySelectorAll('.row-act .btn')].every(act => getComputedStyle(act).opacity === '1' && act.getBoundingClientRect().right <= innerWidth && act.getBoundingClientRect().width > 0)");
}
