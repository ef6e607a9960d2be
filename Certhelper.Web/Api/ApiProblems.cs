using System.Diagnostics;
using Certhelper.Core.People;
using Certhelper.Web.Administration;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Certhelper.Web.Api;

/// <summary>Programs get every refusal as problem+json: no page, no redirect.</summary>
internal static partial class ApiProblems
{
    /// <summary>Whether programs, not people, read what is at this address.</summary>
    public static bool IsApi(this HttpRequest request) =>
        request.Path.StartsWithSegments("/api/v1", StringComparison.OrdinalIgnoreCase)
        || request.Path.StartsWithSegments(ApiEndpoints.OriginalList.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);

    public static void UseApiProblems(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Certhelper.Web.Api");
        app.Use(async (context, next) =>
        {
            if (!context.Request.IsApi())
            {
                await next(context);
                return;
            }

            try
            {
                await next(context);
            }
            catch (Exception exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
            {
                Log.Broke(logger, exception, context.Request.Path);
                context.Response.Clear();
                context.Response.StatusCode = exception is BadHttpRequestException broken ? broken.StatusCode : StatusCodes.Status500InternalServerError;
            }

            var response = context.Response;
            if (response.HasStarted || response.StatusCode < 400 || response.ContentLength is not null || response.ContentType is not null) return;
            var problem = new ProblemDetails { Status = response.StatusCode, Title = Title(response.StatusCode), Detail = Detail(response.StatusCode) };
            problem.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
            Explain(context, problem);
            await response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json", context.RequestAborted);
        });
    }

    /// <summary>A refusal says which role would do and how one comes by it; maintenance says why and until when.</summary>
    private static void Explain(HttpContext context, ProblemDetails problem)
    {
        if (context.StoppedBy() is { } maintenance)
        {
            problem.Title = "The site is in maintenance.";
            problem.Detail = maintenance.Because;
            problem.Extensions["until"] = maintenance.Until;
        }
        else if (problem.Status == StatusCodes.Status403Forbidden)
        {
            var book = context.RequestServices.GetRequiredService<RoleBook>();
            var missing = DeclaredPermissions.Of(context.GetEndpoint()).Where(permission => !context.User.May(permission)).ToList();
            problem.Detail = context.RefusedWhileViewing()
                ? "You view the site as another role: nothing can be changed meanwhile."
                : string.Join(' ', missing.Select(permission => $"{PermissionTable.Describe(permission)}: that takes the role {RoleWords.OneOf(PermissionTable.RolesFor(permission))}."));
            problem.Extensions["roles"] = missing.SelectMany(PermissionTable.RolesFor).Distinct().Order()
                .Select(role => new { name = role.ToString(), title = role.Title(), groups = book.Names.GroupsOf(role) }).ToList();
        }
    }

    private static string Title(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "Sign in first.",
        StatusCodes.Status403Forbidden => "You may not do this.",
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => "This address takes another method.",
        StatusCodes.Status429TooManyRequests => "Too many requests.",
        StatusCodes.Status500InternalServerError => "Something broke on our side.",
        _ => "The request was refused.",
    };

    private static string? Detail(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "The API takes the session cookie of the site.",
        StatusCodes.Status405MethodNotAllowed => "The API reads only: use GET.",
        StatusCodes.Status429TooManyRequests => "Wait as many seconds as Retry-After says.",
        StatusCodes.Status500InternalServerError => "Try again; if it stays, tell the tracker offline group the trace id.",
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Path} broke")]
        public static partial void Broke(ILogger logger, Exception exception, string path);
    }
}
