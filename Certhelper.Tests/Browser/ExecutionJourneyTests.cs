using System.Globalization;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Certhelper.Tests.Browser.Pages;
using Certhelper.Tests.Infrastructure;
using Certhelper.Tests.Web.Infrastructure;
using Deque.AxeCore.Playwright;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Certhelper.Tests.Browser;

/// <summary>Watching an execution in a real browser, through the proxy before two replicas.</summary>
[Trait("kind", "stack")]
public sealed class ExecutionJourneyTests(StackFixture fixture, BrowserFixture browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task F166_output_is_live_and_survives_a_reload_and_a_lost_network()
    {
        var (page, executions, user) = await OpenAsync();
        var id = await executions.RunningAsync(user, "tracker-maps", new() { ["type"] = "ZeroBias", ["runs"] = "380115" }, 380115);
        await executions.WriteAsync(id, 0, [.. Enumerable.Range(1, 300).Select(number => $"line {number} of it")], tail: "half of a li", percent: 10);

        await page.GotoAsync($"/executions/{id}");
        await UntilAsync(page, "document.querySelector('[data-connection]').textContent === 'live'");
        await UntilLineAsync(page, 300);
        var tail = await page.InnerTextAsync(".log-tail");
        await executions.WriteAsync(id, 300, ["half of a line", "\e[31mred\e[0m and \u0007 bell", "10 %\r 20 %\r 30 %", "<img src=x onerror=alert(1)>"], percent: 30);
        await UntilLineAsync(page, 304);
        var percent = await page.InnerTextAsync("[data-percent-words]");
        var red = await page.InnerTextAsync(".log-line[data-n='302'] .ansi-1");
        var bell = await page.InnerTextAsync(".log-line[data-n='302']");
        var progress = await page.InnerTextAsync(".log-line[data-n='303']");
        var image = await page.Locator(".log img").CountAsync();
        var findings = (await page.RunAxe()).Violations.Where(finding => finding.Impact is "serious" or "critical").Select(finding => finding.Id).ToList();
        await ShootAsync(page, "execution-running");

        await page.ReloadAsync();
        await UntilLineAsync(page, 304);
        await page.Context.SetOfflineAsync(true);
        await executions.WriteAsync(id, 304, [.. Enumerable.Range(305, 2_000).Select(number => $"line {number} of it")]);
        await Task.Delay(500, Token);
        await page.Context.SetOfflineAsync(false);
        await UntilLineAsync(page, 2_304);
        await executions.EndAsync(id, ExecutionState.Failed, 3, "It ended with exit code 3, where 0 means success.");
        await UntilAsync(page, "document.querySelector('#execution-state').textContent.includes('exit code 3')");
        var announced = await page.InnerTextAsync("[data-announce]");
        var stop = await page.Locator("#stop").CountAsync();

        Assert.Empty(findings);
        Assert.Equal("half of a li", tail);
        Assert.Equal("30", percent);
        Assert.Equal("red", red);
        Assert.Equal("red and ␇ bell", bell);
        Assert.Equal(" 30 %", progress);
        Assert.Equal(0, image);
        Assert.Contains("failed, exit code 3", announced, StringComparison.Ordinal);
        Assert.Equal(0, stop);
        Assert.Equal("Took", await page.InnerTextAsync("[data-took-label]"));
        Assert.Equal("2,304", await page.InnerTextAsync("[data-lines]"));
        await ShootAsync(page, "execution-failed");
    }

    [Fact]
    public async Task F171_a_hundred_thousand_lines_stay_smooth_and_are_searched()
    {
        const int lines = 100_000;
        var (page, executions, user) = await OpenAsync();
        var id = await executions.RunningAsync(user, "tracker-maps", new() { ["type"] = "ZeroBias", ["runs"] = "380115" }, 380115);
        for (var written = 0; written < lines; written += 10_000)
            await executions.WriteAsync(id, written, [.. Enumerable.Range(written + 1, 10_000).Select(number => $"line {number} {(number % 25_000 == 7 ? "needle" : "hay")}")]);

        await page.GotoAsync($"/executions/{id}");
        await UntilLineAsync(page, lines);
        var drawn = await page.Locator(".log-line").CountAsync();
        await page.FillAsync("[data-search]", "needle");
        await UntilAsync(page, "document.querySelector('[data-found]').textContent.includes(' of 4')");
        await page.PressAsync("[data-search]", "Enter");
        await UntilAsync(page, "document.querySelector('.log-now') !== null");
        var following = await page.GetAttributeAsync("[data-follow]", "aria-pressed");
        var marked = await page.InnerTextAsync(".log-now mark");
        await page.ClickAsync("[data-jump-end]");
        await UntilLineAsync(page, lines);
        await page.Locator("[data-log]").HoverAsync();
        await page.Mouse.WheelAsync(0, -3_000);
        await UntilAsync(page, "document.querySelector('[data-follow]').getAttribute('aria-pressed') === 'false'");
        await executions.EndAsync(id);

        Assert.True(drawn < 3_000, drawn.ToString(CultureInfo.InvariantCulture) + " lines are elements");
        Assert.Equal("false", following);
        Assert.Equal("needle", marked);
    }

    [Fact]
    public async Task Without_web_sockets_the_page_asks_and_says_so()
    {
        var (page, executions, user) = await OpenAsync();
        var id = await executions.RunningAsync(user, "tracker-maps", new() { ["type"] = "ZeroBias", ["runs"] = "380115" }, 380115);
        await page.AddInitScriptAsync("globalThis.WebSocket = class { constructor() { throw new Error('no web sockets here'); } }");

        await page.GotoAsync($"/executions/{id}");
        await executions.WriteAsync(id, 0, ["one", "two"]);
        await UntilLineAsync(page, 2);
        await UntilAsync(page, "document.querySelector('[data-connection]').textContent === 'asking every few seconds'");
        await page.ClickAsync("#stop");
        await UntilAsync(page, "document.querySelector('.toasts').textContent.includes('being stopped')");
        await UntilAsync(page, "document.querySelector('#stop').textContent.includes('again')");
        await executions.EndAsync(id, ExecutionState.Stopped, null);
        await UntilAsync(page, "document.querySelector('#execution-state').textContent.includes('stopped')");
    }

    private async Task<(IPage Page, ExecutionSamples Executions, int User)> OpenAsync()
    {
        var stack = await fixture.StartedAsync();
        var page = await browser.OpenAsync(stack.Web);
        await new DoorPage(page).SignInAsync("sara.shifter");
        var connectionString = await stack.ConnectionStringAsync();
        var options = await stack.OptionsAsync();
        await using var db = new CerthelperDbContext(options);
        var user = await db.Users.Where(item => item.Login == "sara.shifter").Select(item => item.Id).SingleAsync(Token);
        return (page, new ExecutionSamples(connectionString, () => new CerthelperDbContext(options)), user);
    }

    private static Task UntilLineAsync(IPage page, int number) => UntilAsync(page, $"document.querySelector(\".log-line[data-n='{number}']\") !== null");

    private static async Task UntilAsync(IPage page, string isSo) => await page.WaitForFunctionAsync($"() => {isSo}");

    // Kept where CI collects what tests leave behind, if it says where.
    private static async Task ShootAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("CERTHELPER_SCREENSHOTS") is not { Length: > 0 } folder) return;
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }
}
