using System.Net;
using Certhelper.Core.Audit;
using Certhelper.Core.People;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;

namespace Certhelper.Tests.Security;

/// <summary>Sessions and the answers of CERN SSO, forged, replayed and copied.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private KeySwitchingSso sso = null!;
    private WebSite site = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, object?> Forgeries => new()
    {
        { "iss", "https://evil.example/realm" },
        { "aud", "another-application" },
        { "exp", TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1) },
        { "nonce", "another" },
        { "nonce", null },
    };

    public async ValueTask InitializeAsync()
    {
        sso = await KeySwitchingSso.StartAsync();
        site = new WebSite { Settings = { ["Sso:Authority"] = sso.Authority } };
        await site.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        await sso.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_token_with_a_wrong_issuer_audience_time_or_nonce_signs_nobody_in(string claim, object? value)
    {
        sso.Forged[claim] = value;

        await RefusesAsync();
    }

    [Fact]
    public async Task A_token_that_another_key_has_signed_signs_nobody_in()
    {
        sso.SignsWith = KeySwitchingSso.ForeignKey();

        await RefusesAsync();
    }

    [Fact]
    public async Task An_answer_works_once_and_in_the_browser_that_asked()
    {
        var sara = site.SignedOut();
        var leaving = await sara.GetAsync("/signin");
        var state = System.Web.HttpUtility.ParseQueryString(new Uri(leaving.Location!).Query)["state"]!;
        var answer = $"/signin/callback?code=stolen&state={Uri.EscapeDataString(state)}";

        var elsewhere = await site.SignedOut().GetAsync(answer);

        Assert.Equal("/signin/problem?why=StartAgain", elsewhere.Location);
        await using var db = site.Database.NewContext();
        Assert.False(await db.Users.AnyAsync(Stop));
    }

    [Fact]
    public async Task Signing_in_is_told_in_the_audit_and_makes_a_session_that_was_not_there_before()
    {
        var visitor = site.SignedOut();
        visitor.CookieJar.Add(new Cookie(Session.CookieName, "planted", "/", "localhost"));

        await sso.SignInAsync(visitor);

        Assert.NotEqual("planted", visitor.CookieJar.GetAllCookies().Single(cookie => cookie.Name == Session.CookieName).Value);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/certifications")).Status);
        await using var db = site.Database.NewContext();
        Assert.Equal("sara.sso", (await db.AuditEntries.SingleAsync(entry => entry.Event == AuditEvent.SignedIn, Stop)).By);
    }

    [Fact]
    public async Task A_copy_of_the_cookie_ends_with_the_sign_out()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var copy = new Visitor(site) { User = sara.User };
        foreach (Cookie cookie in sara.CookieJar.GetAllCookies()) copy.CookieJar.Add(new Cookie(cookie.Name, cookie.Value, "/", "localhost"));

        await sara.PressAsync("/signout");

        // Another replica has read nothing yet; this one reads again after five seconds.
        await using var replica = await WebSite.ReplicaOfAsync(site);
        Assert.StartsWith("/signin", (await copy.At(replica).GetAsync("/certifications")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_out_at_SSO_ends_the_session_here()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);

        var told = await SendAsync(sso.LogoutToken("sso-" + sara.User!.Login, null, ("iat", TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 1)));

        Assert.Equal(HttpStatusCode.OK, told.Status);
        await using var replica = await WebSite.ReplicaOfAsync(site);
        Assert.StartsWith("/signin", (await sara.At(replica).GetAsync("/certifications")).Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("iss", "https://evil.example")]
    [InlineData("aud", "another")]
    [InlineData("iat", 1_000_000_000L)]
    [InlineData("exp", 1_000_000_000L)]
    [InlineData("nonce", "any")]
    [InlineData("events", null)]
    [InlineData("sid", null)]
    public async Task A_logout_token_that_is_not_right_ends_nothing(string claim, object? value)
    {
        var refused = await SendAsync(sso.LogoutToken("sso-sara", null, (claim, value)));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        await using var db = site.Database.NewContext();
        Assert.False(await db.EndedSessions.AnyAsync(Stop));
    }

    [Fact]
    public async Task A_logout_token_of_a_foreign_key_or_without_signature_ends_nothing()
    {
        var unsigned = Base64UrlEncoder.Encode("""{"alg":"none","typ":"logout+jwt"}""") + "." + sso.LogoutToken("sso-sara").Split('.')[1] + ".";

        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(sso.LogoutToken("sso-sara", KeySwitchingSso.ForeignKey()))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(unsigned)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync("")).Status);
        await using var db = site.Database.NewContext();
        Assert.False(await db.EndedSessions.AnyAsync(Stop));
    }

    private Task<WebPage> SendAsync(string token) => site.SignedOut().PostAsync("/signout/back-channel", new() { ["logout_token"] = token });

    private async Task RefusesAsync()
    {
        var visitor = site.SignedOut();

        var back = await sso.SignInAsync(visitor);

        Assert.StartsWith("/signin/problem", back.Location, StringComparison.Ordinal);
        Assert.StartsWith("/signin", (await visitor.GetAsync("/certifications")).Location, StringComparison.Ordinal);
        await using var db = site.Database.NewContext();
        Assert.False(await db.Users.AnyAsync(Stop));
        Assert.True(await db.AuditEntries.AnyAsync(entry => entry.Event == AuditEvent.SignInRefused, Stop));
    }
}
