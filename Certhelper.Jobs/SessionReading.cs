using Certhelper.Core.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Certhelper.Jobs;

/// <summary>Reads the session that the web makes; who has none is sent there to sign in.</summary>
internal static class SessionReading
{
    public static void AddSessionReading(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSharedKeys(builder.Configuration);
        builder.Services.AddPermissionPolicies();
        builder.Services.AddAuthentication(Session.Scheme).AddCookie(Session.Scheme, cookie =>
        {
            builder.Configuration.Apply(cookie.Cookie, Session.CookieName);
            // Only the web prolongs a session.
            cookie.SlidingExpiration = false;
            cookie.Events = new CookieAuthenticationEvents
            {
                OnRedirectToLogin = SignInAsync,
                OnRedirectToAccessDenied = RefuseAsync,
                // As in the web, but for asking CERN SSO, which the web does for every session that is used.
                OnValidatePrincipal = ReadPersonAsync,
            };
        });
        // Requests come from the web inside the cluster, without https: demanding it here would refuse them all.
        builder.Services.AddAntiforgery(options => options.Cookie.Name = "certhelper.jobs.antiforgery");
    }

    /// <summary>A path without host: people reach this process through the web, under the web's name.</summary>
    private static Task SignInAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method)) context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else context.Response.Redirect(Session.SignInPath + QueryString.Create("returnUrl", request.PathBase + request.Path + request.QueryString));
        return Task.CompletedTask;
    }

    private static async Task ReadPersonAsync(CookieValidatePrincipalContext context)
    {
        var person = context.HttpContext.RequestServices.GetRequiredService<SessionPerson>();
        if (await person.FreshAsync(context.Principal!, context.Properties, context.HttpContext.RequestAborted) is { } fresh) context.ReplacePrincipal(fresh);
        else context.RejectPrincipal();
    }

    private static Task RefuseAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        var book = context.HttpContext.RequestServices.GetRequiredService<RoleBook>();
        var roles = string.Join(" or ", PermissionTable.RolesFor(Permission.ViewJobs).Select(role => $"{role.Title()} ({book.WayTo(role)})"));
        return context.Response.WriteAsync(
            $"{PermissionTable.Describe(Permission.ViewJobs)}: this needs the role {roles}.", context.HttpContext.RequestAborted);
    }
}
