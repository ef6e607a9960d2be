using Certhelper.Core.People;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Certhelper.Web.SignIn;

/// <summary>Who you are: a cookie that every replica and the jobs process read, filled by CERN SSO (code flow with PKCE).</summary>
internal static class SignInSetup
{
    /// <summary>Name of the scheme that talks to CERN SSO.</summary>
    public const string SsoScheme = "sso";

    /// <summary>Longer than a shift, renewed by use.</summary>
    private static readonly TimeSpan SessionLength = TimeSpan.FromHours(12);

    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<SsoOptions>().BindConfiguration(SsoOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSharedKeys(builder.Configuration);
        builder.Services.AddPermissionPolicies();
        builder.Services.AddScoped<SsoAvailability>();
        builder.Services.AddScoped<RoleRecheck>();
        builder.Services
            .AddAuthentication(options =>
            {
                options.DefaultScheme = Session.Scheme;
                options.DefaultChallengeScheme = Session.Scheme;
            })
            .AddCookie(Session.Scheme, options => ConfigureCookie(options, builder.Configuration))
            .AddOpenIdConnect(SsoScheme, options => ConfigureProtocol(options, builder.Configuration));
        builder.AddSessionLife();
        builder.Services.AddHostedService<MeasuresStart>();
        builder.Services.AddOptions<OpenIdConnectOptions>(SsoScheme).Configure<IOptions<SsoOptions>>(ConfigureProvider);
    }

    private static void ConfigureCookie(CookieAuthenticationOptions options, IConfiguration configuration)
    {
        configuration.Apply(options.Cookie, Session.CookieName);
        options.ExpireTimeSpan = SessionLength;
        options.SlidingExpiration = true;
        options.LoginPath = Session.SignInPath;
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnRedirectToLogin = SessionRedirects.ToSignIn;
        options.Events.OnRedirectToAccessDenied = SessionRedirects.Refuse;
        options.Events.OnValidatePrincipal = RoleRecheck.ValidateAsync;
    }

    private static void ConfigureProtocol(OpenIdConnectOptions options, IConfiguration configuration)
    {
        options.SignInScheme = Session.Scheme;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // The answer comes as a plain GET, so that its cookies can be SameSite=Lax and need no https on a laptop.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = false;
        options.SaveTokens = false;
        options.CallbackPath = "/signin/callback";
        options.SignedOutCallbackPath = "/signout/callback";
        options.RemoteSignOutPath = PathString.Empty;
        options.BackchannelTimeout = TimeSpan.FromSeconds(10);
        configuration.Apply(options.CorrelationCookie, "certhelper.asked.");
        configuration.Apply(options.NonceCookie, "certhelper.nonce.");

        options.Events.OnTokenValidated = SsoEvents.ReadTokenAsync;
        options.Events.OnTicketReceived = SsoEvents.TakeInAsync;
        options.Events.OnRedirectToIdentityProviderForSignOut = SsoEvents.HintWhoLeavesAsync;
        options.Events.OnRemoteFailure = SsoEvents.ExplainFailureAsync;
    }

    private static void ConfigureProvider(OpenIdConnectOptions options, IOptions<SsoOptions> sso)
    {
        options.Authority = sso.Value.Authority;
        options.ClientId = sso.Value.ClientId;
        options.ClientSecret = sso.Value.ClientSecret;
        options.RequireHttpsMetadata = !sso.Value.IsPlainText;
    }
}
