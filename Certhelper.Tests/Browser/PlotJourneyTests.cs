using Certhelper.Core.People;
using Certhelper.Core.Plots;
using Certhelper.Tests.Browser.Pages;
using Certhelper.Tests.Infrastructure;
using Certhelper.Tests.Plots;
using Deque.AxeCore.Playwright;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Certhelper.Tests.Browser;

/// <summary>Plots with data in a real browser: looked at, read aloud, and walked through with the keyboard.</summary>
[Trait("kind", "stack")]
public sealed class PlotJourneyTests(StackFixture fixture, BrowserFixture browser)
{
    private const int First = 600_001;
    private const string Address = "/plots?from=2024-10-21&to=2024-10-30";
    private const string Several = "/plots?from=2024-03-30&to=2025-01-06";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, 1280)]
    [InlineData(true, 360)]
    public async Task Filled_plots_have_no_serious_finding_and_are_not_wider_than_the_window(bool dark, int width)
    {
        var page = await OpenAsync(dark, width);
        List<string> wrong = [];
        foreach (var address in new[] { Address, Several, "/plots?from=2024-10-21&to=2024-10-30&type=cosmics" })
        {
            await page.GotoAsync(address);
            await ShootAsync(page, $"plots-{(dark ? "dark" : "light")}-{width}-{wrong.Count}-{address.Length}");
            wrong.AddRange(await FindAsync(page, address));
            // The numbers are read and scrolled too.
            foreach (var table in await page.Locator(".plot-table > summary").AllAsync()) await table.ClickAsync();
            wrong.AddRange(await FindAsync(page, address + " with tables"));
            if (address == Address) await ShootAsync(page, $"plots-{(dark ? "dark" : "light")}-{width}-tables");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Arrow_keys_lead_from_point_to_point_and_each_says_its_value()
    {
        var page = await OpenAsync(dark: false, 1280);
        await page.GotoAsync(Several);
        Assert.Equal(PlotKinds.All.Count, await page.Locator("[data-plot] svg").CountAsync());
        foreach (var kind in PlotKinds.All)
        {
            var points = page.Locator($"#{kind} [data-point]");
            var labels = await points.EvaluateAllAsync<string[]>("all => all.map(point => point.getAttribute('aria-label'))");
            Assert.True(labels.Length > 2, $"{kind} has {labels.Length} points");

            // One stop of the tabulator, reached from what stands before it.
            await page.FocusAsync($"#{kind} [data-point][tabindex='0']");
            Assert.Equal(labels[0], await FocusedAsync(page));
            await page.Keyboard.PressAsync("ArrowLeft");
            Assert.Equal(labels[0], await FocusedAsync(page));
            await page.Keyboard.PressAsync("ArrowRight");
            Assert.Equal(labels[1], await FocusedAsync(page));
            await page.Keyboard.PressAsync("ArrowDown");
            Assert.Equal(labels[2], await FocusedAsync(page));
            await page.Keyboard.PressAsync("ArrowUp");
            Assert.Equal(labels[1], await FocusedAsync(page));
            await page.Keyboard.PressAsync("End");
            Assert.Equal(labels[^1], await FocusedAsync(page));
            await page.Keyboard.PressAsync("ArrowRight");
            Assert.Equal(labels[^1], await FocusedAsync(page));
            Assert.Equal(labels[^1], await page.InnerTextAsync($"#{kind} [data-says]"));
            Assert.Equal(1, await page.Locator($"#{kind} [data-point][tabindex='0']").CountAsync());

            // The next stop is what follows the drawing, and the way back leads to the point that was left.
            await page.Keyboard.PressAsync("Tab");
            Assert.Equal("Numbers as a table", await page.EvaluateAsync<string>("document.activeElement.textContent"));
            await page.Keyboard.PressAsync("Shift+Tab");
            Assert.Equal(labels[^1], await FocusedAsync(page));
            await page.Keyboard.PressAsync("Home");
            Assert.Equal(labels[0], await FocusedAsync(page));
            var seen = await page.EvaluateAsync<bool>("(() => { const point = document.activeElement.getBoundingClientRect(); const sheet = document.activeElement.closest('[data-plot]').getBoundingClientRect(); return point.left >= sheet.left - 1 && point.right <= sheet.right + 1 && getComputedStyle(document.activeElement).outlineStyle === 'solid'; })()");
            Assert.True(seen, $"The point of {kind} that has the focus is not seen.");
        }

        var snapshot = await page.Locator("#luminosity svg").AriaSnapshotAsync();
        Assert.Contains("group \"Luminosity certified per week\"", snapshot, StringComparison.Ordinal);
        Assert.Matches("img \"Week from 2024-[0-9-]+, (Good|Bad): [0-9.]+ pb⁻¹\"", snapshot);
    }

    [Fact]
    public async Task On_a_phone_the_drawing_scrolls_in_its_card_to_the_point_that_has_the_focus_and_a_finger_says_its_value()
    {
        var page = await OpenAsync(dark: true, 360);
        await page.GotoAsync(Address);
        await page.FocusAsync("#health [data-point][tabindex='0']");
        await page.Keyboard.PressAsync("End");

        var inside = await page.EvaluateAsync<bool>("(() => { const point = document.activeElement.getBoundingClientRect(); const sheet = document.activeElement.closest('[data-plot]').getBoundingClientRect(); return point.left >= sheet.left && point.right <= sheet.right + 1; })()");
        var bar = page.Locator("#certifications [data-point]").First;
        var says = await bar.GetAttributeAsync("aria-label");
        await bar.HoverAsync();

        Assert.True(inside);
        Assert.Equal(says, await page.InnerTextAsync("#certifications [data-says]"));
    }

    private static Task<string> FocusedAsync(IPage page) => page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-label')");

    private static async Task<IEnumerable<string>> FindAsync(IPage page, string address)
    {
        List<string> wrong =
        [
            .. (await page.RunAxe()).Violations.Where(finding => finding.Impact is "serious" or "critical")
                .Select(finding => $"{address}: {finding.Id} at {string.Join(", ", finding.Nodes.Select(node => node.Target))}"),
        ];
        if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth") is > 0 and var over) wrong.Add($"{address} is {over} px too wide");
        return wrong;
    }

    // Kept where CI collects what tests leave behind, if it says where.
    private static async Task ShootAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("CERTHELPER_SCREENSHOTS") is not { Length: > 0 } folder) return;
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }

    private async Task<IPage> OpenAsync(bool dark, int width)
    {
        var stack = await fixture.StartedAsync();
        await using var db = await stack.NewContextAsync();
        if (!await db.Runs.AnyAsync(run => run.RunNumber == First, Token))
        {
            var owner = new User { Login = "plot.sampler", Name = "Plot Sampler" };
            db.Users.Add(owner);
            await db.SaveChangesAsync(Token);
            await PlotSamples.KeepAsync(db, owner.Id, First);
        }

        var page = await browser.OpenAsync(stack.Web, dark, width);
        await new DoorPage(page).SignInAsync("lena.leader");
        return page;
    }
}
