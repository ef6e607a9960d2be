using Certhelper.Core.Certification;
using Certhelper.Tests.Browser.Pages;
using Certhelper.Tests.Infrastructure;
using Certhelper.Tests.Web.Infrastructure;
using Deque.AxeCore.Playwright;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Certhelper.Tests.Browser;

/// <summary>Facts that changed after a certification, on the leader's page and with the shifter who made it.</summary>
[Trait("kind", "stack")]
public sealed class ChangedFactsJourneyTests(StackFixture fixture, BrowserFixture browser)
{
    private const int First = 650_001;
    private const string Address = "/leader/changed?from=2019-06-20&to=2019-06-20";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_leader_accepts_one_gives_another_back_and_the_shifter_says_that_it_still_holds()
    {
        var sara = await OpenAsync("sara.shifter");
        var ids = await KeepAsync();
        var lena = await OpenAsync("lena.leader");
        var phone = await OpenAsync("lena.leader", dark: true, width: 360);
        await phone.GotoAsync(Address);
        await ShootAsync(phone, "changed-phone");
        List<string> findings = [.. await FindAsync(phone)];
        await lena.GotoAsync(Address);
        await ShootAsync(lena, "changed-open");
        findings.AddRange(await FindAsync(lena));
        ILocator Card(int at) => lena.Locator($"[data-certification='{ids[at]}']");
        var says = await Card(0).InnerTextAsync();

        // With the keyboard alone.
        await Card(0).Locator("button.btn-primary").FocusAsync();
        await lena.Keyboard.PressAsync("Enter");
        await Toast(lena, "650001 express is accepted.").WaitForAsync();
        Assert.Equal(0, await Card(0).CountAsync());

        await Card(1).Locator("button[formaction]").ClickAsync();
        await lena.Locator($"#why-{ids[1]}-problem").WaitForAsync();
        await ShootAsync(lena, "changed-without-why");
        findings.AddRange(await FindAsync(lena));
        await lena.FillAsync($"#why-{ids[1]}", "Two lumisections more, look at <b> again");
        await Card(1).Locator("button[formaction]").ClickAsync();
        await Toast(lena, "650002 express is given back.").WaitForAsync();
        Assert.Contains("Nothing to decide", await lena.InnerTextAsync("main"), StringComparison.Ordinal);
        await lena.ClickAsync("a[href*='kind=reopened']");
        await lena.WaitForURLAsync("**kind=reopened**");
        Assert.Contains("Two lumisections more", await Card(1).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await Card(1).Locator("button[formaction]").CountAsync());

        await sara.GotoAsync("/");
        var given = sara.Locator("section[aria-labelledby=given-back-title]");
        Assert.Contains("look at <b> again", await given.InnerTextAsync(), StringComparison.Ordinal);
        await ShootAsync(sara, "changed-given-back");
        findings.AddRange(await FindAsync(sara));
        await sara.GotoAsync($"/certifications/{ids[1]}");
        await sara.ClickAsync("form[action$='/still-right'] button");
        await sara.WaitForLoadStateAsync();
        await sara.GotoAsync("/");
        await lena.GotoAsync(Address + "&kind=decided");

        Assert.Contains("8 → 10", says, StringComparison.Ordinal);
        Assert.Equal(0, await given.CountAsync());
        Assert.Equal(2, await lena.Locator("[data-certification]").CountAsync());
        await using var db = await (await fixture.StartedAsync()).NewContextAsync();
        Assert.Equal(
            [(FactChangeState.Accepted, "lena.leader"), (FactChangeState.Accepted, "sara.shifter")],
            (await db.FactChanges.Include(change => change.DecidedBy).Where(change => ids.Contains(change.CertificationId)).OrderBy(change => change.CertificationId).ToListAsync(Token))
                .Select(change => (change.State, change.DecidedBy!.Login)));
        Assert.Empty(findings);
    }

    private static ILocator Toast(IPage page, string words) => page.Locator(".toast-note", new() { HasText = words });

    private static async Task<IEnumerable<string>> FindAsync(IPage page)
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

    private async Task<IPage> OpenAsync(string login, bool dark = false, int width = 1280)
    {
        var page = await browser.OpenAsync((await fixture.StartedAsync()).Web, dark, width);
        await new DoorPage(page).SignInAsync(login);
        return page;
    }

    private async Task<IReadOnlyList<int>> KeepAsync()
    {
        await using var db = await (await fixture.StartedAsync()).NewContextAsync();
        var owner = await db.Users.Where(user => user.Login == "sara.shifter").Select(user => user.Id).SingleAsync(Token);
        var ids = await LeaderSamples.KeepAsync(db, owner, LeaderSamples.Runs(First, 2, new(2019, 6, 20)));
        var now = TimeProvider.System.GetUtcNow();
        foreach (var id in ids)
        {
            db.CertificationEvidence.Add(new CertificationEvidence { CertificationId = id, RevisionNumber = 1, At = now, Facts = [new EvidenceFact("Lumisections", "8", "OMS", null)], Datasets = [] });
            db.FactChanges.Add(new FactChange { CertificationId = id, Fact = "Lumisections", Old = "8", New = "10", DetectedAt = now, ChangedAt = now });
        }

        await db.SaveChangesAsync(Token);
        return ids;
    }
}
