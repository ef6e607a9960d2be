using Microsoft.Playwright;

namespace Certhelper.Tests.Browser.Pages;

/// <summary>A person without a mouse; every key counts.</summary>
internal sealed class KeyboardPage(IPage page)
{
    private const int Most = 120;

    public int Presses { get; private set; }

    public async Task PressAsync(string key)
    {
        Presses++;
        await page.Keyboard.PressAsync(key);
    }

    /// <summary>
    /// Goes from one thing that is missing to the next, and chooses or ticks what has the focus; checklists are answered
    /// item by item, whatever items there are.
    /// </summary>
    public async Task AnswerWhatIsMissingAsync()
    {
        while (Presses < Most && await page.InnerTextAsync("[data-missing]") != "Everything needed is there.")
        {
            await PressAsync("n");
            switch (await page.EvaluateAsync<string>("document.activeElement.matches('select') ? 'select' : document.activeElement.type ?? ''"))
            {
                case "select":
                    await PressAsync("ArrowDown");
                    break;
                case "text" or "number":
                    await PressAsync("1");
                    break;
                default:
                    await PressAsync("Space");
                    break;
            }

            // Out of where letters are text, so that the next key is a shortcut again.
            while (Presses < Most && await page.EvaluateAsync<bool>("document.activeElement.matches('select, textarea, input:not([type=radio], [type=checkbox])')"))
                await PressAsync("Tab");
        }
    }

    /// <summary>Saves; what the second look asks is answered with a word.</summary>
    public async Task SaveAsync()
    {
        var form = page.Url;
        await PressAsync("Control+Enter");
        await page.WaitForFunctionAsync("form => location.href !== form || document.querySelector('.second-look-asks, .summary-wrong')", form);
        if (page.Url != form) return;
        var empty = await page.Locator(".second-look-reasons input").CountAsync();
        for (var i = 0; i < empty; i++)
        {
            while (Presses < Most && !await page.EvaluateAsync<bool>("document.activeElement.matches('.second-look-reasons input') && !document.activeElement.value"))
                await PressAsync("Tab");
            foreach (var letter in "ok") await PressAsync($"{letter}");
        }

        await PressAsync("Control+Enter");
    }
}
