using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Certhelper.Tests.Web.Infrastructure;

/// <summary>A single sign-on service that publishes several keys, changes them at any time, and can answer with nonsense.</summary>
internal sealed class KeySwitchingSso : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, string> nonces = new();
    private int keysGiven;
    private int refreshed;
    private RsaSecurityKey old = NewKey("old");
    private RsaSecurityKey signing = NewKey("first");

    private KeySwitchingSso(WebApplication app) => this.app = app;

    public string Authority => app.Urls.Single() + "/realm";

    /// <summary>How often the keys were asked for.</summary>
    public int KeysGiven => keysGiven;

    /// <summary>Roles of whoever signs in; null for a token without the claim.</summary>
    public string[]? Roles { get; set; } = ["shifter"];

    /// <summary>What stands for the token instead of one.</summary>
    public string? Nonsense { get; set; }

    public static async Task<KeySwitchingSso> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var sso = new KeySwitchingSso(builder.Build());
        sso.app.MapGet("/realm/.well-known/openid-configuration", sso.Discovery);
        sso.app.MapGet("/realm/keys", sso.Keys);
        sso.app.MapPost("/realm/token", sso.TokenAsync);
        await sso.app.StartAsync();
        return sso;
    }

    /// <summary>From now on another key signs; the one before is still published, first in the list.</summary>
    public void SwitchKey() => (old, signing) = (signing, NewKey(Guid.NewGuid().ToString("N")));

    /// <summary>Presses "sign in" at the application and comes back from here as this person.</summary>
    public async Task<WebPage> SignInAsync(Visitor visitor)
    {
        var leaving = await visitor.GetAsync("/signin?returnUrl=%2Fcertifications");
        var question = System.Web.HttpUtility.ParseQueryString(new Uri(leaving.Location!).Query);
        var code = Guid.NewGuid().ToString("N");
        nonces[code] = question["nonce"]!;
        return await visitor.GetAsync($"/signin/callback?code={code}&state={Uri.EscapeDataString(question["state"]!)}");
    }

    /// <summary>A token that says who signed out, with claims added or changed; null takes one out.</summary>
    public string LogoutToken(string sid, RsaSecurityKey? key = null, params (string Name, object? Value)[] changes)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        Dictionary<string, object> claims = new()
        {
            ["iss"] = Authority,
            ["aud"] = "certhelper",
            ["iat"] = now,
            ["exp"] = now + 60,
            ["jti"] = Guid.NewGuid().ToString("N"),
            ["sid"] = sid,
            ["events"] = new Dictionary<string, object> { ["http://schemas.openid.net/event/backchannel-logout"] = new Dictionary<string, object>() },
        };
        foreach (var (name, value) in changes)
        {
            if (value is null) claims.Remove(name);
            else claims[name] = value;
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            SigningCredentials = new SigningCredentials(key ?? signing, SecurityAlgorithms.RsaSha256),
        });
    }

    /// <summary>A key that this service does not publish.</summary>
    public static RsaSecurityKey ForeignKey() => NewKey("foreign");

    /// <summary>What the next token says otherwise; null takes a claim out.</summary>
    public Dictionary<string, object?> Forged { get; } = [];

    /// <summary>Signs the next tokens instead of the published key.</summary>
    public RsaSecurityKey? SignsWith { get; set; }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private static RsaSecurityKey NewKey(string id) => new(RSA.Create(2048)) { KeyId = id };

    private IResult Discovery() => Results.Json(new
    {
        issuer = Authority,
        authorization_endpoint = Authority + "/auth",
        token_endpoint = Authority + "/token",
        jwks_uri = Authority + "/keys",
        response_types_supported = new[] { "code" },
        subject_types_supported = new[] { "public" },
        id_token_signing_alg_values_supported = new[] { "RS256" },
    });

    private IResult Keys()
    {
        Interlocked.Increment(ref keysGiven);
        return Results.Json(new
        {
            keys = new[] { old, signing }.Select(key =>
            {
                var published = key.Rsa.ExportParameters(includePrivateParameters: false);
                return new { kty = "RSA", use = "sig", alg = "RS256", kid = key.KeyId, n = Base64UrlEncoder.Encode(published.Modulus), e = Base64UrlEncoder.Encode(published.Exponent) };
            }),
        });
    }

    /// <summary>How often roles were asked for without a sign-in.</summary>
    public int Refreshed => refreshed;

    /// <summary>What a refresh is answered with instead of tokens; null for tokens.</summary>
    public Func<IResult>? AnswerToRefresh { get; set; }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var refreshes = form["grant_type"] == "refresh_token";
        if (refreshes)
        {
            Interlocked.Increment(ref refreshed);
            if (AnswerToRefresh is { } answer) return answer();
            if (form["refresh_token"] != "refresh" || form["client_secret"] != "secret") return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        Dictionary<string, object> claims = new()
        {
            ["sub"] = "sara.sso",
            ["cern_upn"] = "sara.sso",
            ["name"] = "Sara Sso",
        };
        if (!refreshes) claims["nonce"] = nonces[form["code"].ToString()];
        if (Roles is not null) claims["cern_roles"] = Roles;
        foreach (var (name, value) in Forged.Where(pair => pair.Key is not ("iss" or "aud" or "exp")))
        {
            if (value is null) claims.Remove(name);
            else claims[name] = value;
        }

        var token = Nonsense ?? new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Forged.GetValueOrDefault("iss") as string ?? Authority,
            Audience = Forged.GetValueOrDefault("aud") as string ?? "certhelper",
            Claims = claims,
            NotBefore = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-2),
            IssuedAt = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-2),
            Expires = Forged.GetValueOrDefault("exp") as DateTime? ?? TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5),
            SigningCredentials = new SigningCredentials(SignsWith ?? signing, SecurityAlgorithms.RsaSha256),
        });
        return Results.Json(new { access_token = "x", token_type = "Bearer", expires_in = 300, id_token = token, refresh_token = "refresh" });
    }
}
