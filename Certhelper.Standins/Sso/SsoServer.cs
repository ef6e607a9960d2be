using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Certhelper.Standins.Sso;

/// <summary>The OpenID Connect provider: OpenIddict without a store, one application, every loopback redirect.</summary>
internal static class SsoServer
{
    /// <summary>Cookie scheme of the single sign-on session.</summary>
    public const string SessionScheme = "cern-session";

    // A person who stays signed in through a shift and no longer.
    private static readonly TimeSpan SessionLength = TimeSpan.FromHours(12);

    // Applications behind their own proxies: they may show the sign-in page but never get a token from us.
    private static readonly string[] ProxiedApplications = [Tokens.Audiences.Oms, Tokens.Audiences.RunRegistry];

    public static void AddSso(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SamplePeople>();
        builder.Services.AddSingleton<UsedCodes>();
        builder.Services.AddSingleton<SsoSessions>();
        builder.Services.AddHttpClient(SsoSessions.ClientName, client => client.Timeout = TimeSpan.FromSeconds(5));
        builder.Services.AddSingleton(services =>
            SigningKeys.Load(services.GetRequiredService<IOptions<StandinsOptions>>().Value.DataFolder));

        // Cookies live as long as the signing keys do.
        var protection = builder.Services.AddDataProtection().SetApplicationName("certhelper-standins");
        if (builder.Configuration["Standins:DataFolder"] is { Length: > 0 } folder)
            protection.PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(folder, "cookies")));
        else
            protection.UseEphemeralDataProtectionProvider();

        builder.Services.AddAuthentication(SessionScheme).AddCookie(SessionScheme, cookie =>
        {
            cookie.Cookie.Name = "cern.identity";
            cookie.Cookie.Path = SsoPaths.Realm;
            cookie.ExpireTimeSpan = SessionLength;
            cookie.SlidingExpiration = false;
        });

        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.EnableDegradedMode();
            server.SetConfigurationEndpointUris(SsoPaths.Discovery)
                .SetJsonWebKeySetEndpointUris(SsoPaths.Keys)
                .SetAuthorizationEndpointUris(SsoPaths.Authorization)
                .SetTokenEndpointUris(SsoPaths.Token, SsoPaths.ApiAccess)
                .SetUserInfoEndpointUris(SsoPaths.UserInfo)
                .SetEndSessionEndpointUris(SsoPaths.EndSession);
            server.AllowAuthorizationCodeFlow().AllowRefreshTokenFlow().AllowClientCredentialsFlow();
            server.RegisterScopes(Scopes.OpenId, Scopes.Profile, Scopes.Email, Scopes.OfflineAccess);
            server.RegisterClaims(
                "cern_upn", "cern_person_id", "cern_roles", Claims.PreferredUsername, Claims.Name, Claims.GivenName, Claims.FamilyName, Claims.Email);
            server.DisableAccessTokenEncryption();
            server.SetAccessTokenLifetime(TimeSpan.FromMinutes(20));
            server.SetRefreshTokenLifetime(SessionLength);
            server.UseAspNetCore()
                .EnableAuthorizationEndpointPassthrough()
                .EnableTokenEndpointPassthrough()
                .EnableUserInfoEndpointPassthrough()
                .EnableEndSessionEndpointPassthrough()
                .DisableTransportSecurityRequirement();

            // The realm's api-access extension takes an audience with client_credentials.
            server.RemoveEventHandler(OpenIddictServerHandlers.Exchange.ValidateAudienceParameter.Descriptor);
            server.RemoveEventHandler(OpenIddictServerHandlers.Exchange.ValidateAudiences.Descriptor);
            server.AddEventHandler<ProcessRequestContext>(handler => handler
                .UseInlineHandler(SetIssuer)
                .SetOrder(OpenIddictServerAspNetCoreHandlers.ResolveRequestUri.Descriptor.Order + 1));
            server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseScopedHandler<ClientRules>());
            server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseScopedHandler<ClientRules>());
            server.AddEventHandler<ValidateEndSessionRequestContext>(handler => handler.UseScopedHandler<ClientRules>());
        });
        builder.Services.AddOptions<OpenIddictServerOptions>().Configure<SigningKeys>((server, keys) =>
        {
            server.SigningCredentials.Add(new(keys.Signing, Microsoft.IdentityModel.Tokens.SecurityAlgorithms.RsaSha256));
            server.EncryptionCredentials.Add(new(
                keys.Encryption,
                Microsoft.IdentityModel.Tokens.SecurityAlgorithms.Aes256KW,
                Microsoft.IdentityModel.Tokens.SecurityAlgorithms.Aes256CbcHmacSha512));
        });
    }

    // The realm lives below a path, and its issuer has no slash at the end.
    private static ValueTask SetIssuer(ProcessRequestContext context)
    {
        if (context.Transaction.GetHttpRequest() is { } request) context.BaseUri = SsoPaths.Issuer(request);
        return ValueTask.CompletedTask;
    }

    /// <summary>Who may ask what; without a store OpenIddict leaves these checks to us.</summary>
    internal sealed class ClientRules(IOptions<StandinsOptions> options) :
        IOpenIddictServerHandler<ValidateAuthorizationRequestContext>,
        IOpenIddictServerHandler<ValidateTokenRequestContext>,
        IOpenIddictServerHandler<ValidateEndSessionRequestContext>
    {
        public ValueTask HandleAsync(ValidateAuthorizationRequestContext context)
        {
            if (context.ClientId != options.Value.ClientId && !ProxiedApplications.Contains(context.ClientId))
                context.Reject(Errors.InvalidRequest, "Client not found.");
            else if (!IsLoopback(context.RedirectUri))
                context.Reject(Errors.InvalidRequest, "Invalid parameter: redirect_uri");
            return ValueTask.CompletedTask;
        }

        public ValueTask HandleAsync(ValidateTokenRequestContext context)
        {
            if (context.ClientId != options.Value.ClientId || !SameSecret(context.ClientSecret))
                context.Reject(Errors.InvalidClient, "Invalid client or Invalid client credentials");
            return ValueTask.CompletedTask;
        }

        public ValueTask HandleAsync(ValidateEndSessionRequestContext context)
        {
            if (string.IsNullOrEmpty(context.PostLogoutRedirectUri)) return ValueTask.CompletedTask;
            if (!IsLoopback(context.PostLogoutRedirectUri))
                context.Reject(Errors.InvalidRequest, "Invalid parameter: post_logout_redirect_uri");
            else if (string.IsNullOrEmpty(context.Request.IdTokenHint) && string.IsNullOrEmpty(context.ClientId))
                context.Reject(Errors.InvalidRequest, "Missing parameters: id_token_hint");
            return ValueTask.CompletedTask;
        }

        private bool SameSecret(string? secret) => secret is not null && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(options.Value.ClientSecret));

        private static bool IsLoopback(string? uri) => Uri.TryCreate(uri, UriKind.Absolute, out var parsed)
            && parsed.IsLoopback
            && parsed.Scheme is "http" or "https";
    }
}
