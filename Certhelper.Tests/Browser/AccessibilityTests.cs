using Certhelper.Tests.Browser.Pages;
using Certhelper.Tests.Infrastructure;
using Deque.AxeCore.Playwright;

namespace Certhelper.Tests.Browser;

/// <summary>axe finds nothing serious on any page, in light and dark; nothing is wider than a small phone.</summary>
[Trait("kind", "stack")]
public sealed class AccessibilityTests(StackFixture fixture, BrowserFixture browser)
{
    private static readonly string[] Pages =
    [
        "/", "/links", "/runs", "/runs/386885", "/runs/386864/express/certify", "/runs/999998", "/certifications", "/references", "/maps", "/scripts", "/scripts/tracker-maps", "/executions", "/admin/permissions", "/admin/audit",
        "/reports", "/reports/daily", "/reports/weekly", "/reports/schedules", "/reports/schedules/new", "/leader/summary?days=all", "/leader/report?when=this-week",
        "/leader?days=all", "/leader/overview?days=all", "/leader/registry?days=all&kind=all", "/leader/changed?days=all", "/leader/deleted?days=all",
        "/plots?days=all", "/leader/central?days=all&list=386885,1", "/leader/checklist?when=today", "/comparison?days=all",
        "/signout", "/signin/problem", "/nothing/here", "/certifications/999999/delete",
    ];

    /// <summary>Of administrators; a leader who asks for one of them sees the refusal, which is among <see cref="Pages"/>.</summary>
    private static readonly string[] AdminPages =
        ["/admin/audit", "/admin/audit?text=%3Cb%3E", "/admin/permissions", "/admin/rules", "/admin/checklists", "/admin/scripts", "/admin/hosts", "/admin/removed",
        "/admin", "/admin/people", "/admin/people?role=Shifter", "/admin/people/1", "/admin/choices/problems", "/admin/choices/reasons", "/admin/choices/problems/edit", "/admin/choices/reasons/edit/1",
        "/admin/services", "/admin/settings", "/admin/settings/switches/Scripts", "/admin/settings/banner", "/admin/settings/maintenance", "/admin/settings/limits/FewLumisections", "/admin/view-as"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_serious_is_found(bool dark)
    {
        var page = await browser.OpenAsync((await fixture.StartedAsync()).Web, dark);
        await page.GotoAsync("/welcome");
        List<string> findings = [.. await FindAsync("/welcome")];
        await new DoorPage(page).SignInAsync("lena.leader");
        foreach (var address in Pages)
        {
            await page.GotoAsync(address);
            findings.AddRange(await FindAsync(address));
        }

        page = await browser.OpenAsync((await fixture.StartedAsync()).Web, dark);
        await new DoorPage(page).SignInAsync("adam.admin");
        foreach (var address in AdminPages)
        {
            await page.GotoAsync(address);
            findings.AddRange((await FindAsync(address)).Select(finding => "as administrator, " + finding));
        }

        Assert.Empty(findings);

        async Task<IEnumerable<string>> FindAsync(string address) => (await page.RunAxe()).Violations
            .Where(finding => finding.Impact is "serious" or "critical")
            .Select(finding => $"{address}: {finding.Id} at {string.Join(", ", finding.Nodes.Select(node => node.Target))}");
    }

    [Fact]
    public async Task Every_page_fits_a_phone_of_360_pixels()
    {
        List<string> wide = [];
        foreach (var (person, addresses) in new[] { ("lena.leader", Pages), ("adam.admin", AdminPages) })
        {
            var page = await browser.OpenAsync((await fixture.StartedAsync()).Web, width: 360);
            await new DoorPage(page).SignInAsync(person);
            foreach (var address in addresses)
            {
                await page.GotoAsync(address);
                var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
                if (over > 0) wide.Add($"{address} is {over} px too wide for {person}");
            }
        }

        Assert.Empty(wide);
    }

    [Fact]
    public async Task The_menus_of_the_bar_open_inside_a_phone_of_360_pixels()
    {
        var page = await browser.OpenAsync((await fixture.StartedAsync()).Web, width: 360);
        await new DoorPage(page).SignInAsync("lena.leader");
        var menus = await page.Locator(".bar-end .menu > summary").AllAsync();
        Assert.NotEmpty(menus);
        foreach (var menu in menus)
        {
            await menu.ClickAsync();
            var panel = await page.Locator(".bar-end .menu[open] .menu-panel").BoundingBoxAsync();
            Assert.NotNull(panel);
            Assert.InRange(panel.X, 0, 360);
            Assert.InRange(panel.X + panel.Width, 0, 360);
            await menu.ClickAsync();
        }
    }

    [Fact]
    public async Task The_menu_opens_on_a_phone_and_the_theme_is_kept()
    {
        var page = await browser.OpenAsync((await fixture.StartedAsync()).Web, width: 360);
        await new DoorPage(page).SignInAsync("gus.guest");

        await page.ClickAsync(".rail-button");
        await page.ClickAsync(".rail a[href='/references']");
        await page.WaitForURLAsync("**/references");
        await page.ClickAsync(".bar-end .menu:last-child > summary");
        await page.ClickAsync("[data-theme-choice=dark]");
        await page.ReloadAsync();

        Assert.Equal("dark", await page.EvaluateAsync<string>("document.documentElement.dataset.bsTheme"));
    }
}
