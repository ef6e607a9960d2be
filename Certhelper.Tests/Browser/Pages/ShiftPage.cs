using Microsoft.Playwright;

namespace Certhelper.Tests.Browser.Pages;

/// <summary>My shift.</summary>
internal sealed class ShiftPage(IPage page)
{
    public Task<string> ToastAsync() => page.InnerTextAsync(Selectors.Toast);

    public Task<string> LatestAsync() => page.InnerTextAsync(Selectors.Latest);

    public Task<string> PersonAsync() => page.InnerTextAsync(Selectors.Person);

    /// <summary>Through the card.</summary>
    public async Task<CertifyPage> CertifyAsync(int run, string reconstruction)
    {
        await page.FillAsync(Selectors.Run, $"{run}");
        await page.ClickAsync(Selectors.Reconstruction(reconstruction));
        await page.ClickAsync(Selectors.Certify);
        await page.WaitForURLAsync($"**/runs/{run}/{reconstruction}/certify");
        return new CertifyPage(page);
    }

    public async Task SignOutAsync()
    {
        await page.ClickAsync(Selectors.Person);
        await page.ClickAsync(Selectors.SignOut);
    }

    private static class Selectors
    {
        public const string Run = "#run";
        public const string Certify = "aside button[type=submit]";
        public const string Toast = ".toast-note p";
        public const string Latest = "section[aria-labelledby=latest-title]";
        public const string Person = ".bar-end .menu:last-child > summary";
        public const string SignOut = "form[action='/signout'] button";

        public static string Reconstruction(string code) => $"label[for=pick-{code}]";
    }
}
