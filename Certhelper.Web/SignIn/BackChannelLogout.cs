using System.Security.Claims;
using System.Text.Json;
using Certhelper.Core.People;
using Certhelper.Web.Audit;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Certhelper.Web.SignIn;

/// <summary>
/// CERN SSO tells us directly that somebody signed out (OpenID Connect Back-Channel Logout 1.0). No cookie comes with it: the
/// signature of the token is what counts.
/// </summary>
internal static class BackChannelLogout
{
    public const string Path = "/signout/back-channel";
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";
    private const int LargestBytes = 16 * 1024;

    // How old a token may be. One that is sent again ends only sessions that began before it was made.
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(5);

    public static void MapBackChannelLogout(this IEndpointRouteBuilder app) => app.MapPost(Path, TakeAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> TakeAsync(
        HttpContext context, IOptionsMonitor<OpenIdConnectOptions> options, SessionRoom sessions, SecurityLog log, TimeProvider time)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!context.Request.HasFormContentType || context.Request.ContentLength is null or > LargestBytes) return Refuse("A form with a logout_token is expected.");
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (token, problem) = await ReadAsync(form["logout_token"].ToString(), options.Get(SignInSetup.SsoScheme), time.GetUtcNow(), context.RequestAborted);
        if (token is null)
        {
            await log.SignInRefusedAsync(context, "logout token: " + problem);
            return Refuse(problem!);
        }

        var sid = Claim(token, "sid");
        var key = sid is not null ? SessionKeys.Sso(sid) : SessionKeys.Subject(token.Subject);
        await sessions.EndAsync(key, token.IssuedAt, context.RequestAborted);
        await log.SignedOutAsync(context, new ClaimsPrincipal(), "at CERN SSO: " + (token.Subject ?? sid));
        return Results.Ok();
    }

    private static async Task<(JsonWebToken? Token, string? Problem)> ReadAsync(string text, OpenIdConnectOptions options, DateTimeOffset now, CancellationToken cancellationToken)
    {
        OpenIdConnectConfiguration provider;
        try
        {
            provider = await options.ConfigurationManager!.GetConfigurationAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidOperationException or HttpRequestException or IOException)
        {
            return (null, "The keys of CERN SSO cannot be read.");
        }

        var rules = new TokenValidationParameters
        {
            ValidIssuer = provider.Issuer,
            ValidAudience = options.ClientId,
            IssuerSigningKeys = provider.SigningKeys,
            RequireSignedTokens = true,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256],
            // Recent versions of the standard want an end, older ones only the time at which it was made.
            RequireExpirationTime = false,
        };
        var result = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(text, rules);
        if (!result.IsValid)
        {
            // A key that we do not know yet: asked for again, for the next time.
            if (result.Exception is SecurityTokenSignatureKeyNotFoundException) options.ConfigurationManager!.RequestRefresh();
            return (null, "The token is not valid.");
        }

        var token = (JsonWebToken)result.SecurityToken;
        if (token.IssuedAt == default || (now - token.IssuedAt).Duration() > Lately) return (null, "The token was not made just now.");
        if (token.TryGetPayloadValue<object>("nonce", out _)) return (null, "A logout token has no nonce.");
        if (!token.TryGetPayloadValue<JsonElement>("events", out var events) || events.ValueKind != JsonValueKind.Object || !events.TryGetProperty(Event, out var happened) || happened.ValueKind != JsonValueKind.Object)
            return (null, "The token tells of no logout.");
        return Claim(token, "sid") is null && string.IsNullOrEmpty(token.Subject) ? (null, "The token names no session and nobody.") : (token, null);
    }

    private static string? Claim(JsonWebToken token, string name) => token.TryGetPayloadValue<string>(name, out var value) && !string.IsNullOrEmpty(value) ? value : null;

    private static IResult Refuse(string why) => Results.Json(new { error = "invalid_request", error_description = why }, statusCode: StatusCodes.Status400BadRequest);
}
