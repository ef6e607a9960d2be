using Certhelper.Core.People;
using Certhelper.Web.Api;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Certhelper.Web.SignIn;

/// <summary>What happens to a request that the session does not carry.</summary>
internal static class SessionRedirects
{
    /// <summary>The page that a person sees who comes to the door without a session.</summary>
    public const string WelcomePath = "/welcome";

    /// <summary>
    /// A fragment cannot follow a redirect to another site, so htmx is told to load the whole page again. The front page
    /// explains itself first; any other address goes straight to SSO and comes back.
    /// </summary>
    public static Task ToSignIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        if (request.IsApi())
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        if (request.IsHtmx())
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers["HX-Redirect"] = SignInUrl(request.CurrentPage());
            return Task.CompletedTask;
        }

        context.Response.Redirect(request.Path == "/" ? WelcomePath : SignInUrl(request.Path + request.QueryString));
        return Task.CompletedTask;
    }

    /// <summary>Answers 403; the status page says which role would allow it.</summary>
    public static Task Refuse(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static string SignInUrl(string returnUrl) => $"{Session.SignInPath}?returnUrl={Uri.EscapeDataString(returnUrl)}";
}
