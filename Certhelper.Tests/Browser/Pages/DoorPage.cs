using Microsoft.Playwright;

namespace Certhelper.Tests.Browser.Pages;

/// <summary>From the start page through the sign-in page of SSO.</summary>
internal sealed class DoorPage(IPage page)
{
    /// <summary>Signs in from the start page.</summary>
    public async Task<ShiftPage> SignInAsync(string login)
    {
        await page.GotoAsync("/");
        await page.ClickAsync(Selectors.SignIn);
        await ChooseAsync(login);
        await page.WaitForURLAsync("**/");
        return new ShiftPage(page);
    }

    /// <summary>Chooses a person on the page of SSO.</summary>
    public async Task ChooseAsync(string login)
    {
        var person = page.Locator(Selectors.Person(login));
        await person.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        // The odd accounts are folded away.
        if (!await person.IsVisibleAsync()) await page.ClickAsync("summary");
        await person.ClickAsync();
    }

    private static class Selectors
    {
        public const string SignIn = "text=Sign in with CERN";

        public static string Person(string login) => $"button[name=login][value='{login}']";
    }
}
