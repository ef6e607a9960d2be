using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Certhelper.Tests.Standins;

public sealed class SsoTests(StandinsServer server) : IClassFixture<StandinsServer>
{
    private string Issuer => server.BaseAddress.GetLeftPart(UriPartial.Authority) + SsoBrowser.Realm;

    [Fact]
    public async Task Discovery_names_the_realm_of_the_host_that_was_asked()
    {
        var discovery = await StandinsServer.JsonAsync(await server.GetAsync(SsoBrowser.Realm + "/.well-known/openid-configuration"));

        Assert.Equal(Issuer, discovery.GetProperty("issuer").GetString());
        Assert.Equal(Issuer + "/protocol/openid-connect/auth", discovery.GetProperty("authorization_endpoint").GetString());
        Assert.Equal(Issuer + "/protocol/openid-connect/token", discovery.GetProperty("token_endpoint").GetString());
        Assert.Equal(Issuer + "/protocol/openid-connect/userinfo", discovery.GetProperty("userinfo_endpoint").GetString());
        Assert.Equal(Issuer + "/protocol/openid-connect/logout", discovery.GetProperty("end_session_endpoint").GetString());
        Assert.Equal(Issuer + "/protocol/openid-connect/certs", discovery.GetProperty("jwks_uri").GetString());
        Assert.Contains("S256", discovery.GetProperty("code_challenge_methods_supported").EnumerateArray().Select(value => value.GetString()));
    }

    [Fact]
    public async Task The_sign_in_page_lists_the_people_and_needs_no_script()
    {
        using var browser = new SsoBrowser(server);
        using var response = await browser.AuthorizeAsync();

        var page = await SsoBrowser.PageAsync(response);

        Assert.Empty(page.QuerySelectorAll("script"));
        Assert.Equal(
            ["sara.shifter", "tomas.shifter", "lena.leader", "eva.expert", "adam.admin", "olga.ops", "gus.guest"],
            page.QuerySelectorAll("ul[aria-label='On shift'] button").Select(button => button.GetAttribute("value")));
        Assert.Contains("Tomáš Dvořák", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_code_flow_ends_with_a_signed_token_that_carries_the_claims_of_cern(bool basic)
    {
        using var browser = new SsoBrowser(server);

        using var response = await browser.ExchangeAsync(await browser.CodeAsync("tomas.shifter"), basic);
        var tokens = await StandinsServer.JsonAsync(response);
        var id = SsoBrowser.Payload(tokens, "id_token");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Issuer, id.GetProperty("iss").GetString());
        Assert.Equal("certhelper", id.GetProperty("aud").GetString());
        Assert.Equal("n-1", id.GetProperty("nonce").GetString());
        Assert.Equal("tomas.shifter", id.GetProperty("sub").GetString());
        Assert.Equal("tomas.shifter", id.GetProperty("cern_upn").GetString());
        Assert.Equal("tomas.shifter", id.GetProperty("preferred_username").GetString());
        Assert.Equal("Tomáš Dvořák", id.GetProperty("name").GetString());
        Assert.Equal("Tomáš", id.GetProperty("given_name").GetString());
        Assert.Equal("Dvořák", id.GetProperty("family_name").GetString());
        Assert.Equal("tomas.shifter@cern.ch", id.GetProperty("email").GetString());
        Assert.Equal(JsonValueKind.String, id.GetProperty("cern_person_id").ValueKind);
        Assert.Equal(["shifter"], Roles(id.GetProperty("cern_roles")));
        Assert.Equal(["shifter"], Roles(id.GetProperty("resource_access").GetProperty("certhelper").GetProperty("roles")));
    }

    [Fact]
    public async Task Tokens_verify_with_the_published_key()
    {
        using var browser = new SsoBrowser(server);
        var tokens = await browser.TokensAsync("sara.shifter");
        var keys = new JsonWebKeySet(await StandinsServer.TextAsync(await server.GetAsync(SsoBrowser.Realm + "/protocol/openid-connect/certs")));

        var result = await new JsonWebTokenHandler().ValidateTokenAsync(tokens.GetProperty("id_token").GetString(), new TokenValidationParameters
        {
            IssuerSigningKeys = keys.GetSigningKeys(),
            ValidIssuer = Issuer,
            ValidAudience = "certhelper",
            ValidAlgorithms = ["RS256"],
        });

        Assert.True(result.IsValid, result.Exception?.Message);
    }

    [Theory]
    [InlineData("gus.guest", null)]
    [InlineData("emil.empty", "")]
    [InlineData("dora.default", "default-role")]
    [InlineData("sven.several", "shifter,shiftleader,ops")]
    [InlineData("12387234@google", null)]
    public async Task Roles_may_be_missing_empty_or_many(string login, string? roles)
    {
        using var browser = new SsoBrowser(server);

        var id = SsoBrowser.Payload(await browser.TokensAsync(login), "id_token");

        Assert.Equal(roles is not null, id.TryGetProperty("cern_roles", out var claim));
        Assert.Equal(roles is not null, id.TryGetProperty("resource_access", out _));
        if (roles is not null) Assert.Equal(roles.Split(',', StringSplitOptions.RemoveEmptyEntries), Roles(claim));
        Assert.Equal(!login.Contains('@', StringComparison.Ordinal), id.TryGetProperty("cern_person_id", out _));
    }

    [Fact]
    public async Task A_second_sign_in_is_silent_until_the_login_is_demanded_or_the_session_ended()
    {
        using var browser = new SsoBrowser(server);
        var tokens = await browser.TokensAsync("eva.expert");

        using var silent = await browser.AuthorizeAsync();
        using var demanded = await browser.AuthorizeAsync("&prompt=login");
        using var end = await browser.GetAsync($"{SsoBrowser.Realm}/protocol/openid-connect/logout?post_logout_redirect_uri={Uri.EscapeDataString("http://localhost:5080/bye")}&state=x&id_token_hint={tokens.GetProperty("id_token").GetString()}");
        using var after = await browser.AuthorizeAsync();

        Assert.NotEmpty(SsoBrowser.Code(silent));
        Assert.Equal(HttpStatusCode.OK, demanded.StatusCode);
        Assert.Equal("http://localhost:5080/bye?state=x", end.Headers.Location?.AbsoluteUri);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task Pressing_a_name_after_a_demanded_login_goes_on_instead_of_asking_again()
    {
        using var browser = new SsoBrowser(server);

        var code = await browser.CodeAsync("sara.shifter", "&prompt=login");

        Assert.NotEmpty(code);
    }

    [Fact]
    public async Task The_answer_can_come_as_a_form_that_the_browser_posts()
    {
        using var browser = new SsoBrowser(server);
        using var signIn = await browser.AuthorizeAsync("&response_mode=form_post");

        using var response = await browser.PressAsync(signIn, "login", "sara.shifter");
        var page = await SsoBrowser.PageAsync(response);

        Assert.Equal(SsoBrowser.Redirect, page.QuerySelector("form")!.GetAttribute("action"));
        Assert.NotEmpty(page.QuerySelector("input[name=code]")!.GetAttribute("value")!);
        Assert.Equal("s-1", page.QuerySelector("input[name=state]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Nobody_signed_in_and_no_prompt_allowed_comes_back_as_login_required()
    {
        using var browser = new SsoBrowser(server);

        using var back = await browser.AuthorizeAsync("&prompt=none");

        Assert.Equal("login_required", SsoBrowser.QueryOf(back.Headers.Location!)["error"]);
    }

    [Fact]
    public async Task A_person_who_cancels_comes_back_as_access_denied()
    {
        using var browser = new SsoBrowser(server);
        using var page = await browser.AuthorizeAsync();

        using var back = await browser.PressAsync(page, "cancel", "1");

        Assert.Equal("access_denied", SsoBrowser.QueryOf(back.Headers.Location!)["error"]);
        Assert.Equal("s-1", SsoBrowser.QueryOf(back.Headers.Location!)["state"]);
    }

    [Theory]
    [InlineData("https://evil.example/callback")]
    [InlineData("http://localhost.evil.example/callback")]
    [InlineData("ftp://localhost/callback")]
    [InlineData("javascript:alert(1)")]
    public async Task A_redirect_that_is_not_on_this_machine_is_refused_without_going_there(string redirect)
    {
        using var browser = new SsoBrowser(server);

        using var response = await browser.AuthorizeAsync(redirect: redirect);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Null(response.Headers.Location);
    }

    [Fact]
    public async Task An_unknown_application_is_refused()
    {
        using var browser = new SsoBrowser(server);

        using var response = await browser.AuthorizeAsync(client: "somebody-else");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task The_sign_in_form_leads_nowhere_but_back_into_the_realm()
    {
        using var response = await server.PostAsync(SsoBrowser.Realm + "/login-actions/authenticate", new Dictionary<string, string> { ["request"] = "https://evil.example/", ["login"] = "sara.shifter" });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_code_works_once()
    {
        using var browser = new SsoBrowser(server);
        var code = await browser.CodeAsync("sara.shifter");

        using var first = await browser.ExchangeAsync(code);
        using var second = await browser.ExchangeAsync(code);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, second.StatusCode);
        Assert.Equal("invalid_grant", (await StandinsServer.JsonAsync(second)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_wrong_verifier_or_secret_gets_no_token()
    {
        using var browser = new SsoBrowser(server);

        using var verifier = await browser.ExchangeAsync(await browser.CodeAsync("sara.shifter"), verifier: new string('x', 64));
        using var again = await browser.AuthorizeAsync();
        using var secret = await browser.ExchangeAsync(SsoBrowser.Code(again), secret: "wrong");

        Assert.Equal("invalid_grant", (await StandinsServer.JsonAsync(verifier)).GetProperty("error").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, secret.StatusCode);
        Assert.Equal("invalid_client", (await StandinsServer.JsonAsync(secret)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_refresh_shows_roles_that_changed_meanwhile()
    {
        using var browser = new SsoBrowser(server);
        var tokens = await browser.TokensAsync("lena.leader");

        using var change = await server.ControlAsync(HttpMethod.Put, "/sso/people/lena.leader", """{"roles":["shifter"]}""");
        var refreshed = await browser.RefreshAsync(tokens.GetProperty("refresh_token").GetString()!);
        using var reset = await server.ControlAsync(HttpMethod.Delete, "/sso/people");

        Assert.Equal(["shiftleader"], Roles(SsoBrowser.Payload(tokens, "id_token").GetProperty("cern_roles")));
        Assert.Equal(["shifter"], Roles(SsoBrowser.Payload(refreshed, "id_token").GetProperty("cern_roles")));
    }

    [Fact]
    public async Task Userinfo_tells_the_person_but_not_the_roles()
    {
        using var browser = new SsoBrowser(server);
        var tokens = await browser.TokensAsync("adam.admin");
        using var request = new HttpRequestMessage(HttpMethod.Get, SsoBrowser.Realm + "/protocol/openid-connect/userinfo");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.GetProperty("access_token").GetString());

        using var response = await server.SendAsync(request);
        var info = await StandinsServer.JsonAsync(response);

        Assert.Equal("adam.admin", info.GetProperty("sub").GetString());
        Assert.False(info.TryGetProperty("cern_roles", out _));
    }

    [Fact]
    public async Task Logout_without_a_hint_is_refused_as_keycloak_does()
    {
        using var response = await server.GetAsync(SsoBrowser.Realm + "/protocol/openid-connect/logout?post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A5080%2F");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("id_token_hint", await StandinsServer.TextAsync(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_gets_a_token_for_one_audience()
    {
        var payload = SsoBrowser.Payload(
            JsonSerializer.SerializeToElement(new { access_token = await server.TokenAsync(StandinsServer.Oms) }), "access_token");

        Assert.Equal(StandinsServer.Oms, payload.GetProperty("aud").GetString());
        Assert.Equal("service-account-certhelper", payload.GetProperty("sub").GetString());
        Assert.False(payload.TryGetProperty("cern_upn", out _));
    }

    [Theory]
    [InlineData("only-for-this-test", null, HttpStatusCode.BadRequest)]
    [InlineData("wrong", "cmsoms-prod", HttpStatusCode.Unauthorized)]
    public async Task An_application_needs_secret_and_audience(string secret, string? audience, HttpStatusCode expected)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = "certhelper", ["client_secret"] = secret };
        if (audience is not null) form["audience"] = audience;

        using var response = await server.PostAsync(SsoBrowser.Realm + "/api-access/token", form);

        Assert.Equal(expected, response.StatusCode);
    }

    private static string?[] Roles(JsonElement list) => [.. list.EnumerateArray().Select(role => role.GetString())];
}
