using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Certhelper.Core.People;

/// <summary>
/// What all cookies have in common. Where the site is reached by https only, <c>Session:HttpsOnly=true</c> lets browsers take them
/// from this very host over https and from nobody else (prefix <c>__Host-</c>); a laptop has no https.
/// </summary>
public static class CookieRules
{
    /// <summary>Configuration key, the same in every process that reads the session.</summary>
    public const string HttpsOnly = "Session:HttpsOnly";

    /// <summary>Names a cookie and says when it is sent.</summary>
    public static void Apply(this IConfiguration configuration, CookieBuilder cookie, string name, SameSiteMode sameSite = SameSiteMode.Lax)
    {
        var httpsOnly = configuration.GetValue<bool>(HttpsOnly);
        cookie.Name = httpsOnly ? "__Host-" + name : name;
        cookie.HttpOnly = true;
        cookie.SameSite = sameSite;
        cookie.SecurePolicy = httpsOnly ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        if (httpsOnly) cookie.Path = "/";
    }
}
