using System.Net;
using System.Security.Claims;
using Certhelper.Core.People;
using Certhelper.Tests.Web.Infrastructure;
using Certhelper.Web.SignIn;

namespace Certhelper.Tests.Web;

/// <summary>The door: who is sent where, and what happens when CERN SSO is away.</summary>
public sealed class SignInTests(WebSite site) : IClassFixture<WebSite>
{
    [Fact]
    public async Task The_front_page_explains_itself_first_and_other_addresses_go_straight_to_sign_in()
    {
        var visitor = site.SignedOut();

        Assert.Equal("/welcome", (await visitor.GetAsync("/")).Location);
        Assert.Equal("/signin?returnUrl=%2Fruns%3Ffill%3D10240", (await visitor.GetAsync("/runs?fill=10240")).Location);
        Assert.NotNull((await visitor.GetAsync("/welcome")).Document.QuerySelector("a[href^='/signin']"));
    }

    [Fact]
    public async Task A_fragment_without_session_makes_the_whole_page_sign_in()
    {
        var answer = await site.SignedOut().GetAsync("/runs", ("HX-Request", "true"), ("HX-Current-URL", "http://localhost/runs?fill=1"));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("/signin?returnUrl=%2Fruns%3Ffill%3D1", answer.Response.Headers.GetValues("HX-Redirect").Single());
    }

    [Fact]
    public async Task With_SSO_away_the_site_starts_and_says_so()
    {
        var page = await site.SignedOut().GetAsync("/signin?returnUrl=/runs");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Contains("CERN single sign-on does not answer", page.Words, StringComparison.Ordinal);
        Assert.Equal("/signin?returnUrl=%2Fruns", page.Find("main a.btn").GetAttribute("href"));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    public async Task Signing_in_never_leads_to_another_site(string returnUrl)
    {
        var signedIn = await site.SignedInAsAsync(Role.Guest);

        Assert.Equal("/", (await signedIn.GetAsync("/signin?returnUrl=" + Uri.EscapeDataString(returnUrl))).Location);
    }

    [Fact]
    public async Task A_refused_sign_in_and_a_stale_one_have_pages_of_their_own()
    {
        var visitor = site.SignedOut();

        Assert.Contains("said no", (await visitor.GetAsync("/signin/problem?why=Refused")).Words, StringComparison.Ordinal);
        // A callback that belongs to no question of this browser.
        Assert.Equal("/signin/problem?why=StartAgain", (await visitor.GetAsync("/signin/callback?code=x&state=y")).Location);
    }

    [Fact]
    public async Task Signing_out_takes_a_post_with_token_and_ends_the_session()
    {
        var visitor = await site.SignedInAsAsync(Role.Guest);

        var looked = await visitor.GetAsync("/signout");
        var without = await visitor.PostAsync("/signout", []);
        var gone = await visitor.PressAsync("/signout");

        Assert.Equal(HttpStatusCode.OK, looked.Status);
        Assert.Equal(HttpStatusCode.BadRequest, without.Status);
        Assert.Equal("/signed-out?here=only", gone.Location);
        Assert.Equal("/welcome", (await visitor.GetAsync("/")).Location);
    }

    [Fact]
    public void Roles_come_from_either_claim_and_a_person_without_any_is_nobody_special()
    {
        Assert.Equal(["shifter", "expert"], Read(new("cern_roles", "shifter"), new("cern_roles", "expert"))!.TokenRoles);
        Assert.Equal(["shiftleader"], Read(new Claim("resource_access", """{"certhelper":{"roles":["shiftleader"]},"other":{"roles":["admin"]}}"""))!.TokenRoles);
        Assert.Empty(Read()!.TokenRoles);
        Assert.Empty(Read(new Claim("resource_access", "nonsense"))!.TokenRoles);
        Assert.Empty(Read(new Claim("resource_access", """{"certhelper":[]}"""))!.TokenRoles);
    }

    [Fact]
    public void A_token_that_names_nobody_is_refused() =>
        Assert.Null(SsoClaims.Read(new ClaimsPrincipal(new ClaimsIdentity([new Claim("cern_roles", "admin")])), "certhelper"));

    [Theory]
    [InlineData("http://auth.cern.ch/auth/realms/cern", "must use https")]
    [InlineData("cern", "is no web address")]
    [InlineData("", "is not set")]
    public void A_wrong_authority_is_named_with_an_example(string authority, string says)
    {
        var options = new SsoOptions { Authority = authority, ClientId = "certhelper", ClientSecret = "secret" };
        List<System.ComponentModel.DataAnnotations.ValidationResult> results = [];

        System.ComponentModel.DataAnnotations.Validator.TryValidateObject(options, new(options), results, validateAllProperties: true);

        var problem = Assert.Single(results).ErrorMessage!;
        Assert.Contains("Sso:Authority", problem, StringComparison.Ordinal);
        Assert.Contains(says, problem, StringComparison.Ordinal);
        Assert.Contains("Sso__Authority=https://auth.cern.ch", problem, StringComparison.Ordinal);
    }

    private static SignInClaims? Read(params Claim[] claims) =>
        SsoClaims.Read(new ClaimsPrincipal(new ClaimsIdentity([new Claim("cern_upn", "sshifter"), .. claims])), "certhelper");
}
