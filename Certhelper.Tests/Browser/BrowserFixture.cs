using System.Collections.Concurrent;
using Certhelper.Tests.Browser;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace Certhelper.Tests.Browser;

/// <summary>One Chromium for all browser tests; every visitor has cookies and storage of his own.</summary>
public sealed class BrowserFixture : IAsyncDisposable
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private static readonly ConcurrentDictionary<string, ConcurrentBag<IBrowserContext>> Opened = new(StringComparer.Ordinal);

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> browser = new(LaunchAsync);

    /// <summary>A new person at a new computer.</summary>
    /// <param name="site">Address of the site.</param>
    /// <param name="dark">Whether the system prefers dark colours.</param>
    /// <param name="width">Width of the window, pixels.</param>
    /// <param name="unprotected">Whether the content security policy is ignored: scripts that got into a page run then.</param>
    public async Task<IPage> OpenAsync(Uri site, bool dark = false, int width = 1440, bool unprotected = false)
    {
        var (_, chromium) = await browser.Value;
        var context = await chromium.NewContextAsync(new()
        {
            BaseURL = site.GetLeftPart(UriPartial.Authority),
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = width, Height = 900 },
            TimezoneId = "America/Chicago",
            Locale = "en-GB",
            BypassCSP = unprotected,
        });
        context.SetDefaultTimeout(20_000);
        if (TestContext.Current.Test is { } test) Opened.GetOrAdd(test.UniqueID, _ => []).Add(context);
        return await context.NewPageAsync();
    }

    /// <summary>Closes what a test has opened, without waiting for it.</summary>
    internal static void Close(string test)
    {
        if (!Opened.TryRemove(test, out var contexts)) return;
        foreach (var context in contexts) _ = CloseAsync(context);
    }

    public async ValueTask DisposeAsync()
    {
        if (!browser.IsValueCreated || !browser.Value.IsCompletedSuccessfully) return;
        var (playwright, chromium) = await browser.Value;
        await chromium.DisposeAsync();
        playwright.Dispose();
    }

    private static async Task CloseAsync(IBrowserContext context)
    {
        try
        {
            await context.CloseAsync();
        }
        catch (PlaywrightException)
        {
            // The browser has gone already.
        }
    }

    private static async Task<(IPlaywright, IBrowser)> LaunchAsync()
    {
        // Debian's own, so that a test machine downloads no browser.
        var executable = Environment.GetEnvironmentVariable("CERTHELPER_CHROMIUM") is { Length: > 0 } configured ? configured : "/usr/bin/chromium";
        var playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = Arguments }));
    }
}
