using Certhelper.Tests.Browser.Pages;
using Certhelper.Tests.Infrastructure;

namespace Certhelper.Tests.Browser;

/// <summary>A session that ends elsewhere, in real browsers against the whole stack.</summary>
[Trait("kind", "stack")]
public sealed class SessionJourneyTests(StackFixture fixture, BrowserFixture browser)
{
    // Nobody else signs in as these.
    private const string Person = "dora.default";
    private const string Other = "emil.empty";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sessions_that_SSO_ends_end_here_in_every_browser_within_seconds()
    {
        var stack = await fixture.StartedAsync();
        using var control = stack.CreateClient("standins");
        var (first, second, other) = (await browser.OpenAsync(stack.Web), await browser.OpenAsync(stack.Web, width: 360), await browser.OpenAsync(stack.Web));
        await new DoorPage(first).SignInAsync(Person);
        await new DoorPage(second).SignInAsync(Person);
        await new DoorPage(other).SignInAsync(Other);
        // A token tells of sessions that began before it, and its time is in whole seconds.
        await Task.Delay(TimeSpan.FromSeconds(1.1), Stop);

        (await control.DeleteAsync($"/control/sso/sessions/{Person}", Stop)).EnsureSuccessStatusCode();

        foreach (var page in new[] { first, second })
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
            limit.CancelAfter(TimeSpan.FromSeconds(30));
            do
            {
                await Task.Delay(TimeSpan.FromSeconds(1), limit.Token);
                await page.GotoAsync("/runs");
            }
            while (!page.Url.Contains("/auth/realms/cern/", StringComparison.Ordinal));
        }

        await other.GotoAsync("/runs");
        Assert.EndsWith("/runs", other.Url, StringComparison.Ordinal);
    }
}
