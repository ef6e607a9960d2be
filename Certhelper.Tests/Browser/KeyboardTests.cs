using System.Globalization;
using Certhelper.Tests.Browser.Pages;
using Certhelper.Tests.Infrastructure;
using Microsoft.Playwright;

namespace Certhelper.Tests.Browser;

/// <summary>A shift without a mouse, and drafts that outlive the browser.</summary>
[Trait("kind", "stack")]
public sealed class KeyboardTests(StackFixture fixture, BrowserFixture browser, ITestOutputHelper output)
{
    [Fact]
    public async Task A_good_run_is_certified_from_the_board_with_the_keyboard_alone()
    {
        var page = await browser.OpenAsync((await fixture.StartedAsync()).Web);
        await new DoorPage(page).SignInAsync("sara.shifter");
        await page.GotoAsync("/?runs=386594");
        var keys = new KeyboardPage(page);

        await keys.PressAsync("j");
        await keys.PressAsync("t");
        await page.WaitForSelectorAsync("#run-386594 .status-working");
        await keys.PressAsync("Enter");
        await page.WaitForURLAsync("**/runs/386594/express/certify");
        foreach (var key in new[] { "g", "g", "g" }) await keys.PressAsync(key);
        await keys.AnswerWhatIsMissingAsync();
        await keys.SaveAsync();
        await page.WaitForURLAsync("**/");
        var toast = await new ShiftPage(page).ToastAsync();

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{keys.Presses} key presses from the board to the saved certification."));
        Assert.Equal("386594 express is certified as good.", toast);
    }

    [Fact]
    public async Task Small_comforts_of_the_form_and_every_page()
    {
        var page = await browser.OpenAsync((await fixture.StartedAsync()).Web);
        await new DoorPage(page).SignInAsync("sara.shifter");

        await page.Keyboard.PressAsync("Control+0");
        var toast = page.Locator(".toast-note", new() { HasTextRegex = new("Certhelper [0-9]") });
        await toast.WaitForAsync();
        await toast.GetByLabel("Close").ClickAsync();
        await Assertions.Expect(toast).ToHaveCountAsync(0);

        await page.FillAsync("input[name=run]", "386593");
        var says = await page.Locator("button[data-wait]", new() { HasText = "Certify" })
            .EvaluateAsync<string>("button => { button.click(); return button.textContent; }");
        Assert.Equal("Looking…", says);
        await page.WaitForURLAsync("**/certify");

        await page.GotoAsync("/runs/386593/prompt/certify");
        var comment = page.Locator("#Input_Comment");
        var before = (await comment.BoundingBoxAsync())!.Height;
        await comment.FillAsync(string.Join('\n', Enumerable.Range(1, 30)));
        Assert.True((await comment.BoundingBoxAsync())!.Height > before + 100);
    }

    [Fact]
    public async Task What_is_typed_is_on_the_server_within_two_seconds_and_comes_back_on_another_computer()
    {
        var web = (await fixture.StartedAsync()).Web;
        var page = await browser.OpenAsync(web);
        await new DoorPage(page).SignInAsync("tomas.shifter");
        await page.GotoAsync("/runs/386593/prompt/certify");
        await page.Keyboard.PressAsync("c");
        var watch = System.Diagnostics.Stopwatch.StartNew();

        await page.Keyboard.TypeAsync("Half of ring 5");
        await Assertions.Expect(page.Locator("[data-draft-state]")).ToHaveTextAsync(
            new System.Text.RegularExpressions.Regex("^saved [0-9]{2}:[0-9]{2}:[0-9]{2}$"), new() { Timeout = 5000 });
        var waited = watch.Elapsed;
        var other = await browser.OpenAsync(web);
        await new DoorPage(other).SignInAsync("tomas.shifter");
        await other.GotoAsync("/runs/386593/prompt/certify");

        Assert.Equal("Half of ring 5", await other.InputValueAsync("#Input_Comment"));
        Assert.True(await other.IsVisibleAsync("[data-draft-notice]"));
        Assert.True(waited < TimeSpan.FromSeconds(4), $"It took {waited.TotalSeconds:F1} s.");
        await other.ClickAsync("[data-draft-drop] button");
        await other.WaitForURLAsync("**/runs/386593/prompt/certify");
        Assert.Equal("", await other.InputValueAsync("#Input_Comment"));
    }
}
