using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Certhelper.Core.Oms;
using Certhelper.Core.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Certhelper.Web.SignIn;

/// <summary>
/// Keeps what a session may true while it is used. At each request: what the database says (deactivated, granted). Every ten
/// minutes: what CERN SSO says, by the refresh token; roles are raised and lowered without a sign-out. A session that CERN SSO
/// has ended ends here too. While CERN SSO cannot be asked, the roles that were read last hold for a stated while; then the
/// session ends.
/// </summary>
internal sealed partial class RoleRecheck(
    IOptionsMonitor<OpenIdConnectOptions> protocol, IOptions<SsoOptions> sso, PeopleDesk desk, SourceHealth health, ILogger<RoleRecheck> logger)
{
    /// <summary>Name of CERN SSO among the services outside.</summary>
    public const string Source = "CERN SSO";

    private const string AskedAt = "roles-asked";
    private const string NextAt = "roles-next";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMinutes(1);

    private enum Outcome
    {
        Told,
        Away,
        Ended,
    }

    /// <summary>Notes that the roles were read now.</summary>
    public static void Asked(AuthenticationProperties properties, DateTimeOffset now)
    {
        Set(properties, AskedAt, now);
        properties.Items.Remove(NextAt);
    }

    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        // Style sheets are the same for everybody.
        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null) return;
        var services = context.HttpContext.RequestServices;
        try
        {
            if (await services.GetRequiredService<RoleRecheck>().GoesOnAsync(context)
                && await services.GetRequiredService<SessionPerson>().FreshAsync(context.Principal!, context.Properties, context.HttpContext.RequestAborted) is { } person)
            {
                context.ReplacePrincipal(person);
                return;
            }
        }
        catch (Exception exception) when (SessionPerson.IsDatabaseAway(exception) && context.HttpContext.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            // Any other request fails here; this one draws the page that says so, and the session stays for when the database is back.
            context.ReplacePrincipal(SessionPerson.Unknown(context.Principal!));
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Session.Scheme);
    }

    private async Task<bool> GoesOnAsync(CookieValidatePrincipalContext context)
    {
        var now = context.Options.TimeProvider!.GetUtcNow();
        var properties = context.Properties;
        if (Get(properties, AskedAt) is not { } asked)
        {
            // Begun by an older version: it counts from its last renewal.
            asked = properties.IssuedUtc ?? DateTimeOffset.MinValue;
        }

        if (now - asked < sso.Value.RolesEvery || now < Get(properties, NextAt)) return true;
        if (context.Principal?.UserId() is not { } id) return false;
        // Several requests come at once; the others go on with what is known, and find it changed the next time.
        if (!await desk.MayAskForRolesAsync(id, context.HttpContext.RequestAborted)) return now - asked < sso.Value.RolesEvery + sso.Value.RolesWithoutSso;

        switch (await AskAsync(properties, context.Principal, id, context.HttpContext.RequestAborted))
        {
            case Outcome.Told:
                Asked(properties, now);
                context.ShouldRenew = true;
                return true;
            case Outcome.Away when now - asked < sso.Value.RolesEvery + sso.Value.RolesWithoutSso:
                Set(properties, NextAt, now + PauseAfterFailure);
                context.ShouldRenew = true;
                return true;
            default:
                return false;
        }
    }

    private async Task<Outcome> AskAsync(AuthenticationProperties properties, ClaimsPrincipal person, int id, CancellationToken cancellationToken)
    {
        // Without one the only way to know is to sign in again, which costs nothing while the SSO session lives.
        if (properties.GetTokenValue(OpenIdConnectParameterNames.RefreshToken) is not { Length: > 0 } refresh) return Outcome.Ended;
        var options = protocol.Get(SignInSetup.SsoScheme);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var configuration = await options.ConfigurationManager!.GetConfigurationAsync(limit.Token);
            using var response = await options.Backchannel.PostAsync(
                configuration.TokenEndpoint,
                new FormUrlEncodedContent(new Dictionary<string, string>
                {
                    ["grant_type"] = OpenIdConnectGrantTypes.RefreshToken,
                    ["refresh_token"] = refresh,
                    ["client_id"] = options.ClientId!,
                    ["client_secret"] = options.ClientSecret!,
                }),
                limit.Token);
            var answer = new OpenIdConnectMessage(await response.Content.ReadAsStringAsync(limit.Token));
            if (answer.Error == "invalid_grant")
            {
                Log.Ended(logger, person.FindFirstValue(Session.LoginClaim));
                return Outcome.Ended;
            }

            if (!response.IsSuccessStatusCode || answer.IdToken is null) throw new HttpRequestException($"It answered {(int)response.StatusCode} {answer.Error}");
            if (await ReadAsync(options, configuration, answer.IdToken) is not { } claims || !claims.Login.Equals(person.FindFirstValue(Session.LoginClaim), StringComparison.OrdinalIgnoreCase))
                return Outcome.Ended;
            await desk.RolesAreAsync(id, claims.TokenRoles, cancellationToken);
            properties.UpdateTokenValue(OpenIdConnectParameterNames.IdToken, answer.IdToken);
            if (answer.RefreshToken is { Length: > 0 } next) properties.UpdateTokenValue(OpenIdConnectParameterNames.RefreshToken, next);
            await health.GoodAsync(Source, cancellationToken);
            return Outcome.Told;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
            && exception is HttpRequestException or InvalidOperationException or OperationCanceledException or IOException or ArgumentException or SecurityTokenException or JsonException)
        {
            await health.FailedAsync(new OutsideServiceException(Source, "CERN SSO could not be asked for roles; those read last hold meanwhile.", exception), cancellationToken);
            return Outcome.Away;
        }
    }

    /// <summary>Null for a token that is not right: nobody else than SSO may say who somebody is.</summary>
    private async Task<SignInClaims?> ReadAsync(OpenIdConnectOptions options, OpenIdConnectConfiguration configuration, string idToken)
    {
        var parameters = options.TokenValidationParameters.Clone();
        parameters.ValidIssuer = configuration.Issuer;
        parameters.IssuerSigningKeys = configuration.SigningKeys;
        var result = await options.TokenHandler.ValidateTokenAsync(idToken, parameters);
        if (result.IsValid) return SsoClaims.Read(new ClaimsPrincipal(result.ClaimsIdentity), options.ClientId!);
        // A key that is not known yet comes with the next answer.
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            options.ConfigurationManager!.RequestRefresh();
            throw result.Exception;
        }

        Log.WrongToken(logger, result.Exception);
        return null;
    }

    private static void Set(AuthenticationProperties properties, string name, DateTimeOffset at) =>
        properties.Items[name] = at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset? Get(AuthenticationProperties properties, string name) =>
        properties.Items.TryGetValue(name, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "CERN SSO has ended the session of {Login}; so it ends here")]
        public static partial void Ended(ILogger logger, string? login);

        [LoggerMessage(2, LogLevel.Warning, "CERN SSO answered a request for roles with a token that is not right")]
        public static partial void WrongToken(ILogger logger, Exception exception);
    }
}
