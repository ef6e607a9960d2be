using System.Globalization;
using Certhelper.Core.Storage;
using Certhelper.Tests.Browser.Pages;
using Certhelper.Tests.Infrastructure;
using Certhelper.Tests.Web.Infrastructure;
using Deque.AxeCore.Playwright;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Certhelper.Tests.Browser;

/// <summary>Two maps against each other in a real browser, and the maps beside the certify form.</summary>
[Trait("kind", "stack")]
public sealed class MapJourneyTests(StackFixture fixture, BrowserFixture browser)
{
    private const string Transforms = "[...document.querySelectorAll('[data-frame] > *')].map(item => item.style.transform)";

    [Fact]
    public async Task Both_maps_are_zoomed_and_moved_together_by_wheel_buttons_and_keys()
    {
        var (page, left, right) = await OpenAsync(386_593, 386_594);
        await page.GotoAsync($"/maps/compare?left={left}&right={right}");
        await page.Locator("[data-tools]:not([hidden])").WaitForAsync();

        await page.ClickAsync("[data-zoom=in]");
        var button = await TogetherAsync(page);
        await page.FocusAsync("[data-stage]");
        await page.Keyboard.PressAsync("+");
        var key = await TogetherAsync(page);
        await page.Keyboard.PressAsync("ArrowRight");
        var moved = await TogetherAsync(page);
        await page.Locator("[data-frame=right]").HoverAsync();
        await page.Mouse.WheelAsync(0, -300);
        await page.WaitForFunctionAsync($"before => {Transforms}[0] !== before", moved);
        var wheel = await TogetherAsync(page);
        var box = (await page.Locator("[data-frame=left]").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width / 2) + 60, box.Y + (box.Height / 2) + 20, new() { Steps = 4 });
        await page.Mouse.UpAsync();
        var dragged = await TogetherAsync(page);
        await ShootAsync(page, "maps-zoomed");
        await page.Keyboard.PressAsync("0");

        Assert.Contains("scale(1.5)", button, StringComparison.Ordinal);
        Assert.Contains("scale(1.875)", key, StringComparison.Ordinal);
        Assert.Equal(5, new HashSet<string> { button, key, moved, wheel, dragged }.Count);
        Assert.Contains("scale(1)", await TogetherAsync(page), StringComparison.Ordinal);
        Assert.Equal("100 %", await page.InnerTextAsync("[data-zoom-now]"));
    }

    [Fact]
    public async Task Swipe_blink_and_difference_work_by_keyboard_and_the_address_carries_the_choice()
    {
        var (page, left, right) = await OpenAsync(386_595, 386_596);
        await page.GotoAsync($"/maps/compare?left={left}&right={right}");
        List<string> findings = [.. await FindAsync(page)];
        await ShootAsync(page, "maps-side");

        await page.FocusAsync("#mode-side");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Locator("#swipe").WaitForAsync();
        await page.FocusAsync("#swipe");
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("ArrowRight");
        var clip = await page.EvaluateAsync<string>("document.querySelector('[data-frame=right]').style.clipPath");
        await ShootAsync(page, "maps-swipe");
        var swipeAddress = page.Url;

        await page.FocusAsync("#mode-swipe");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.WaitForFunctionAsync("() => document.querySelector('[data-stage]').dataset.shown === 'right'");
        await page.WaitForFunctionAsync("() => document.querySelector('[data-stage]').dataset.shown === 'left'");
        await page.ClickAsync("[data-blink]");
        var stopped = await page.GetAttributeAsync("[data-blink]", "aria-pressed");
        findings.AddRange(await FindAsync(page));

        await page.FocusAsync("#mode-blink");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.WaitForFunctionAsync("() => document.querySelector('[data-share]').textContent.includes('%')");
        var share = await page.InnerTextAsync("[data-share]");
        var marked = await page.EvaluateAsync<int>("(() => { const c = document.querySelector('canvas[data-difference]'); const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let n = 0; for (let i = 0; i < d.length; i += 4) if (d[i] === 208 && d[i + 1] === 0) n++; return n; })()");
        findings.AddRange(await FindAsync(page));
        await ShootAsync(page, "maps-difference");
        await page.ReloadAsync();
        await page.Locator("canvas[data-difference]").WaitForAsync();

        Assert.Equal("inset(0px 0px 0px 1%)", clip);
        Assert.EndsWith("&mode=swipe", swipeAddress, StringComparison.Ordinal);
        Assert.Equal("false", stopped);
        // Two boxes of 40 × 40 that lie apart, of 400 × 200.
        Assert.Equal(3_200, marked);
        Assert.StartsWith("4.00 % of the pixels differ.", share, StringComparison.Ordinal);
        Assert.EndsWith("&mode=difference", page.Url, StringComparison.Ordinal);
        Assert.Empty(findings);
    }

    [Fact]
    public async Task Nothing_blinks_by_itself_where_less_motion_is_wanted_and_a_phone_shows_one_above_the_other()
    {
        var (page, left, right) = await OpenAsync(386_597, 386_598, dark: true, width: 390);
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.GotoAsync($"/maps/compare?left={left}&right={right}&mode=blink");
        await page.Locator("[data-blink]").WaitForAsync();
        var pressed = await page.GetAttributeAsync("[data-blink]", "aria-pressed");
        await page.ClickAsync("[data-swap]");
        var shown = await page.GetAttributeAsync("[data-stage]", "data-shown");
        await page.ClickAsync("label[for=mode-side]");
        var (first, second) = ((await page.Locator("[data-frame=left]").BoundingBoxAsync())!, (await page.Locator("[data-frame=right]").BoundingBoxAsync())!);
        await ShootAsync(page, "maps-phone");
        List<string> findings = [.. await FindAsync(page)];
        foreach (var address in new[] { "/maps", "/maps/386597/StreamExpress", "/runs/386597" })
        {
            await page.GotoAsync(address);
            findings.AddRange(await FindAsync(page));
            if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth") is > 0 and var over) findings.Add($"{address} is {over} px too wide");
        }

        Assert.Equal(("false", "right"), (pressed, shown));
        Assert.True(second.Y > first.Y + first.Height);
        Assert.Empty(findings);
    }

    [Fact]
    public async Task Without_script_two_pictures_stand_side_by_side_and_another_map_can_be_chosen()
    {
        var (page, left, right) = await OpenAsync(386_599, 386_600);
        await page.RouteAsync("**/*.js", route => route.AbortAsync());
        await page.GotoAsync($"/maps/compare?left={left}&right={right}&mode=swipe");
        var pictures = await page.EvaluateAsync<int>("[...document.querySelectorAll('[data-stage] img')].filter(picture => picture.naturalWidth === 400).length");
        var tools = await page.Locator("[data-tools]").IsVisibleAsync();
        await page.SelectOptionAsync("#name", "NumberOfDigi");
        await page.ClickAsync("form[action='/maps/compare'] button");

        Assert.Equal((2, false), (pictures, tools));
        Assert.Equal("NumberOfDigi", await page.InnerTextAsync("main h1"));
        Assert.Equal(2, await page.Locator("[data-stage] img").CountAsync());
    }

    [Fact]
    public async Task Beside_the_form_maps_are_asked_anew_when_the_reference_changes_and_open_in_a_window_of_their_own()
    {
        var (page, left, _) = await OpenAsync(386_601, 386_602);
        await page.GotoAsync("/runs/386601/express/certify");
        var preset = await page.IsCheckedAsync("#Input_TrackerMap-Exists");

        var answer = await page.RunAndWaitForResponseAsync(
            () => page.DispatchEventAsync("#Input_ReferenceId", "change"), response => response.Url.Contains("/maps/beside?run=386601", StringComparison.Ordinal));
        await page.Locator("#maps-beside .map-thumb").First.ScrollIntoViewIfNeededAsync();
        await ShootAsync(page, "maps-form");
        var opened = await page.RunAndWaitForPopupAsync(() => page.ClickAsync("#maps-beside .map-thumb"));

        Assert.True(preset);
        Assert.Equal(200, answer.Status);
        Assert.EndsWith("/maps/compare?run=386601&type=StreamExpress&name=QTestAlarm", opened.Url, StringComparison.Ordinal);
        Assert.Equal($"/maps/files/{left}", await opened.GetAttributeAsync("[data-frame=left] img", "src"));
    }

    private static async Task<string> TogetherAsync(IPage page)
    {
        var transforms = await page.EvaluateAsync<string[]>(Transforms);
        return Assert.Single(transforms.Distinct());
    }

    private static async Task<IEnumerable<string>> FindAsync(IPage page) => (await page.RunAxe()).Violations
        .Where(finding => finding.Impact is "serious" or "critical")
        .Select(finding => $"{page.Url}: {finding.Id} at {string.Join(", ", finding.Nodes.Select(node => node.Target))}");

    // Kept where CI collects what tests leave behind, if it says where.
    private static async Task ShootAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("CERTHELPER_SCREENSHOTS") is not { Length: > 0 } folder) return;
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }

    private async Task<(IPage Page, string Left, string Right)> OpenAsync(int run, int reference, bool dark = false, int width = 1440)
    {
        var stack = await fixture.StartedAsync();
        var page = await browser.OpenAsync(stack.Web, dark, width);
        await new DoorPage(page).SignInAsync("sara.shifter");
        var options = await stack.OptionsAsync();
        await using var db = new CerthelperDbContext(options);
        var user = await db.Users.Where(item => item.Login == "sara.shifter").Select(item => item.Id).SingleAsync(TestContext.Current.CancellationToken);
        var maps = new MapSamples(() => new CerthelperDbContext(options));
        List<string> files = [];
        foreach (var (of, seed) in new[] { (run, 20), (reference, 100) })
        {
            var execution = await maps.ExecutionAsync(user, of);
            files.Add((await maps.MapAsync(execution, of, "StreamExpress", "QTestAlarm", MapSamples.Picture(seed))).ToString(CultureInfo.InvariantCulture));
            await maps.MapAsync(execution, of, "StreamExpress", "NumberOfDigi", MapSamples.Picture(seed + 30));
        }

        return (page, files[0], files[1]);
    }
}
