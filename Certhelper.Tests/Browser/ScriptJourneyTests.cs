using System.Globalization;
using Certhelper.Tests.Browser.Pages;
using Certhelper.Tests.Infrastructure;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Certhelper.Tests.Browser;

/// <summary>
/// Tracker maps from the button to the certify form: a real worker, a real SSH server and a script that takes its time. This stack is the
/// test's own, because scripts are fast on the other one.
/// </summary>
[Trait("kind", "long")]
public sealed class ScriptJourneyTests(ScriptJourneyTests.OwnStack own, BrowserFixture browser) : IClassFixture<ScriptJourneyTests.OwnStack>
{
    private const int Run = 386593;
    private const float Patience = 120_000;

    [Fact]
    public async Task A_shifter_makes_maps_watches_reloads_stops_another_and_finds_the_maps_beside_the_form()
    {
        var page = await OpenAsync("sara.shifter");
        await page.GotoAsync($"/runs/{Run}/express/certify");
        Assert.Equal(0, await page.Locator("#maps-beside .map-thumb").CountAsync());
        // It opens in a window of its own: the form stays.
        page = await page.RunAndWaitForPopupAsync(() => page.ClickAsync("#maps-beside a[href^='/scripts/tracker-maps']"));
        await page.WaitForSelectorAsync("#run");
        Assert.Equal(($"{Run}", "StreamExpress"), (await page.InputValueAsync("#arg_runs"), await page.InputValueAsync("#arg_type")));
        await ShootAsync(page, "script-form");

        await page.ClickAsync("#run");
        await page.WaitForURLAsync("**/executions/*");
        var address = new Uri(page.Url).AbsolutePath;
        await UntilAsync(page, "document.querySelector('#execution-state').textContent.includes('never approved')");
        await ApproveAsync();

        // Lines come while it runs, and go on after a reload in the middle.
        await UntilAsync(page, "document.querySelectorAll('.log-line[data-n]').length > 8");
        Assert.Equal("live", await page.InnerTextAsync("[data-connection]"));
        await ShootAsync(page, "script-running");
        await page.ReloadAsync();
        await UntilAsync(page, "document.querySelector(\".log-line[data-n='8']\") !== null");
        var atReload = await LinesAsync(page);
        Assert.Contains("running", await page.InnerTextAsync("#execution-state"), StringComparison.Ordinal);
        await UntilAsync(page, $"Number(document.querySelector('[data-lines]').textContent.replace(',', '')) > {atReload.ToString(CultureInfo.InvariantCulture)} + 5");
        Assert.Contains("running", await page.InnerTextAsync("#execution-state"), StringComparison.Ordinal);
        await UntilAsync(page, "document.querySelector('#execution-state').textContent.includes('succeeded')");
        await UntilAsync(page, "document.querySelectorAll('#execution-files img').length > 0");
        var announced = await page.InnerTextAsync("[data-announce]");
        var findings = await FindAsync(page);

        // What ended is shown whole when the page is loaded anew, also on paper and in pictures of the whole page.
        await page.ReloadAsync();
        await SeesTheEndAsync(page);
        await ShootAsync(page, "script-ended");
        await SeesTheEndAsync(page);
        var log = await (await page.APIRequest.GetAsync(address + "/log")).TextAsync();
        var shown = await page.Locator(".log-line:not(.log-tail)").Last.InnerTextAsync();
        Assert.Equal(await LinesAsync(page), log.Split('\n').Length - 1);
        Assert.Equal(log.TrimEnd('\n').Split('\n')[^1], shown);
        Assert.Contains("Plots are ready", log, StringComparison.Ordinal);
        Assert.Contains("succeeded", announced, StringComparison.Ordinal);

        // Another one is stopped in the middle.
        await page.GotoAsync($"/scripts/tracker-maps?runs={Run + 1}&type=StreamExpress");
        await page.ClickAsync("#run");
        await page.WaitForURLAsync(url => url.Contains("/executions/", StringComparison.Ordinal) && !url.EndsWith(address, StringComparison.Ordinal));
        await UntilAsync(page, "document.querySelectorAll('.log-line[data-n]').length > 5");
        await page.ClickAsync("#stop");
        await UntilAsync(page, "document.querySelector('#execution-state').textContent.includes('stopped')");
        await UntilAsync(page, "document.querySelector('#stop') === null && document.querySelector('#again') !== null");
        await ShootAsync(page, "script-stopped");
        findings.AddRange(await FindAsync(page));

        // The maps are where they are needed.
        await page.GotoAsync($"/runs/{Run}/express/certify");
        Assert.True(await page.IsCheckedAsync("#Input_TrackerMap-Exists"));
        await page.Locator("#maps-beside .map-thumb").First.ScrollIntoViewIfNeededAsync();
        await UntilAsync(page, "document.querySelector('#maps-beside .map-thumb img')?.naturalWidth > 0");
        await ShootAsync(page, "script-maps-beside");
        var opened = await page.RunAndWaitForPopupAsync(() => page.ClickAsync("#maps-beside .map-thumb"));
        await UntilAsync(opened, "document.querySelector('[data-frame=left] img')?.naturalWidth > 0");
        await ShootAsync(opened, "script-map");
        findings.AddRange(await FindAsync(opened));

        var phone = await OpenAsync("tomas.shifter", dark: true, width: 360);
        foreach (var (where, name) in new[] { (address, "script-phone-ended"), ("/scripts/tracker-maps", "script-phone-form"), ($"/runs/{Run}/express/certify", "script-phone-maps") })
        {
            await phone.GotoAsync(where);
            if (where == address) await SeesTheEndAsync(phone);
            await ShootAsync(phone, name);
            findings.AddRange(await FindAsync(phone));
        }

        Assert.Empty(findings);
    }

    /// <summary>The last line is drawn, and inside of the part of the log that is seen.</summary>
    private static Task SeesTheEndAsync(IPage page) => UntilAsync(page, """
        (() => {
          const last = document.querySelector(`.log-line[data-n='${Number(document.querySelector('[data-lines]').textContent.replace(',', ''))}']`);
          if (!last) return false;
          const box = document.querySelector('[data-log]').getBoundingClientRect();
          const line = last.getBoundingClientRect();
          return line.height > 0 && line.top >= box.top - 1 && line.bottom <= box.bottom + 1;
        })()
        """);

    private static async Task<int> LinesAsync(IPage page) =>
        int.Parse(await page.InnerTextAsync("[data-lines]"), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static async Task UntilAsync(IPage page, string isSo) => await page.WaitForFunctionAsync($"() => {isSo}", null, new() { Timeout = Patience });

    private static async Task<List<string>> FindAsync(IPage page)
    {
        List<string> wrong =
        [
            .. (await page.RunAxe()).Violations.Where(finding => finding.Impact is "serious" or "critical")
                .Select(finding => $"{page.Url}: {finding.Id} at {string.Join(", ", finding.Nodes.Select(node => node.Target))}"),
        ];
        if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth") is > 0 and var over) wrong.Add($"{page.Url} is {over} px too wide");
        return wrong;
    }

    // Kept where CI collects what tests leave behind, if it says where.
    private static async Task ShootAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("CERTHELPER_SCREENSHOTS") is not { Length: > 0 } folder) return;
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }

    /// <summary>The first contact with the host waits for an administrator.</summary>
    private async Task ApproveAsync()
    {
        var page = await OpenAsync("adam.admin");
        await page.GotoAsync("/admin/hosts");
        await page.ClickAsync("button[name=act][value=approve]");
        await page.WaitForLoadStateAsync();
    }

    private async Task<IPage> OpenAsync(string login, bool dark = false, int width = 1280)
    {
        var page = await browser.OpenAsync(own.Stack.Web, dark, width);
        await new DoorPage(page).SignInAsync(login);
        return page;
    }

    public sealed class OwnStack : IAsyncLifetime
    {
        public Stack Stack { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Stack = await Stack.StartAsync("--tracker-speed", "1");

        public ValueTask DisposeAsync() => Stack.DisposeAsync();
    }
}
