using System.Globalization;
using Certhelper.Core.Administration;
using Certhelper.Core.People;
using Microsoft.AspNetCore.Diagnostics;

namespace Certhelper.Web.Administration;

/// <summary>
/// Refuses every change while it must not be: to who looks as another role, and to everybody during maintenance. It stands before
/// all endpoints, so that none can forget to ask.
/// </summary>
internal static class SiteGuards
{
    /// <summary>Where an administrator begins and ends to look as another role.</summary>
    public const string ViewAsPath = "/admin/view-as";

    private static readonly object Key = new();

    // Signing in and out, and what administrators need to end it.
    private static readonly PathString[] OpenInMaintenance = [Session.SignInPath, "/signout", "/admin/settings", ViewAsPath];

    // Ending it, and leaving altogether.
    private static readonly PathString[] OpenWhileViewing = [ViewAsPath, "/signout"];

    /// <summary>After authentication, before anything that does something.</summary>
    public static void UseSiteGuards(this WebApplication app)
    {
        var (board, time) = (app.Services.GetRequiredService<SiteBoard>(), app.Services.GetRequiredService<TimeProvider>());
        app.Use((context, next) =>
        {
            // A page that explains a failure is drawn for the method that failed.
            var explains = context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null;
            if (explains || IsRead(context.Request.Method)) return next(context);
            if (context.User.ViewsAs() is not null && !Opens(OpenWhileViewing, context.Request.Path))
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            }

            var now = time.GetUtcNow();
            if (board.Now.Maintenance(now) is not { } maintenance || Opens(OpenInMaintenance, context.Request.Path)) return next(context);
            context.Items[Key] = maintenance;
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            if (maintenance.Until is { } until)
                context.Response.Headers.RetryAfter = Math.Max(1, (int)(until - now).TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
    }

    /// <summary>The maintenance that kept this request from being done; null when none did.</summary>
    public static Maintenance? StoppedBy(this HttpContext context) => context.Items[Key] as Maintenance;

    /// <summary>Whether a request was refused only because its sender looks as another role.</summary>
    public static bool RefusedWhileViewing(this HttpContext context) => context.User.ViewsAs() is not null && !IsRead(context.Request.Method);

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    private static bool Opens(PathString[] paths, PathString path) => Array.Exists(paths, open => path.StartsWithSegments(open, StringComparison.OrdinalIgnoreCase));
}
