using Certhelper.Core.Audit;
using Certhelper.Core.People;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;

namespace Certhelper.Web.Audit;

/// <summary>Tells the audit on whose behalf a request works, and writes down refusals and files that leave.</summary>
internal static class AuditTrail
{
    public static void AddAudit(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<AuditOptions>().BindConfiguration(AuditOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<SecurityLog>();
        builder.Services.AddScoped<AuditList>();
    }

    /// <summary>After authentication, so that it knows who it is.</summary>
    public static void UseAuditTrail(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<SecurityLog>();
        app.Use(async (context, next) =>
        {
            // A page that explains a refusal is drawn by running the request again: it is told once.
            var explains = context.Features.Get<IStatusCodeReExecuteFeature>() is not null;
            var person = context.User;
            using var scope = AuditScope.Begin(log.ScopeOf(context, person));
            try
            {
                await next(context);
            }
            finally
            {
                if (!explains) await TellAsync(log, context, person);
            }
        });
    }

    private static async Task TellAsync(SecurityLog log, HttpContext context, System.Security.Claims.ClaimsPrincipal person)
    {
        var endpoint = context.GetEndpoint();
        var request = context.Request;
        if (context.Response.StatusCode == StatusCodes.Status403Forbidden
            && person.Identity?.IsAuthenticated == true && endpoint?.Metadata.GetMetadata<IAllowAnonymous>() is null)
        {
            var needed = context.Refused() is { } refused ? Enumerable.Repeat(refused, 1) : DeclaredPermissions.Of(endpoint).Where(permission => !person.May(permission));
            await log.RefusedAsync(context, person, string.Join(", ", needed), $"{request.Method} {request.Path}");
        }
        else if (endpoint?.Metadata.GetMetadata<LeavesAsFile>() is { } file && context.Response.StatusCode == StatusCodes.Status200OK)
        {
            await log.ExportedAsync(context, person, file.What, request.Path + request.QueryString);
        }
    }
}
