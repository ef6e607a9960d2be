using System.Net;
using Certhelper.Core.People;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>Signing in with the whole protocol, at a service that does what broke the previous application.</summary>
public sealed class SsoDefectsTests : IAsyncLifetime
{
    private KeySwitchingSso sso = null!;
    private WebSite site = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

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

    [Fact]
    public async Task D08_a_token_without_roles_signs_in_a_guest_and_takes_away_what_the_person_had()
    {
        await sso.SignInAsync(site.SignedOut());
        var before = await RolesAsync();
        sso.Roles = null;
        var visitor = site.SignedOut();

        var back = await sso.SignInAsync(visitor);

        Assert.Equal("/certifications", back.Location);
        Assert.Equal([Role.Guest, Role.Shifter], before);
        Assert.Equal([Role.Guest], await RolesAsync());
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/certifications")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.GetAsync($"/runs/{await site.Given.RunAsync()}/express/certify")).Status);
    }

    [Fact]
    public async Task D19_the_key_that_the_token_names_is_used_and_keys_are_not_downloaded_at_each_sign_in()
    {
        for (var i = 0; i < 4; i++) Assert.Equal("/certifications", (await sso.SignInAsync(site.SignedOut())).Location);

        Assert.Equal(1, sso.KeysGiven);
    }

    [Fact]
    public async Task D19_when_the_keys_change_people_still_sign_in()
    {
        Assert.Equal("/certifications", (await sso.SignInAsync(site.SignedOut())).Location);
        sso.SwitchKey();

        var first = await sso.SignInAsync(site.SignedOut());
        var next = await sso.SignInAsync(site.SignedOut());

        Assert.Equal("/certifications", first.Location);
        Assert.Equal("/certifications", next.Location);
        Assert.InRange(sso.KeysGiven, 2, 3);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiIsImNlcm5fcm9sZXMiOlsiYWRtaW4iXX0.")]
    public async Task D19_a_token_that_cannot_be_read_or_is_not_signed_is_told_on_a_page_and_signs_nobody_in(string token)
    {
        sso.Nonsense = token;
        var visitor = site.SignedOut();

        var back = await sso.SignInAsync(visitor);
        var page = await visitor.GetAsync(back.Location!);

        Assert.Equal("/signin/problem?why=Unexpected", back.Location);
        Assert.Contains("Signing in did not work", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", page.Text, StringComparison.Ordinal);
        Assert.StartsWith("/signin", (await visitor.GetAsync("/certifications")).Location, StringComparison.Ordinal);
        await using var db = site.Database.NewContext();
        Assert.False(await db.Users.AnyAsync(Stop));
    }

    private async Task<List<Role>> RolesAsync()
    {
        await using var db = site.Database.NewContext();
        return (await db.Users.SingleAsync(user => user.Login == "sara.sso", Stop)).Roles;
    }
}
