using Certhelper.Core.People;
using Certhelper.Web.Lists;
using Microsoft.AspNetCore.Http.Connections;

namespace Certhelper.Web.Executions;

/// <summary>Scripts and their executions: what is needed, and the addresses that are no pages.</summary>
internal static class ExecutionSetup
{
    public static void AddExecutions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ExecutionReading>();
        builder.Services.AddSingleton<ExecutionFeeds>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ExecutionFeeds>());
        builder.Services.AddScoped<ExecutionList>();
        builder.Services.AddSignalR(options =>
        {
            // Often enough to see soon that a connection is dead, on both ends.
            options.KeepAliveInterval = TimeSpan.FromSeconds(5);
            options.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
            options.MaximumReceiveMessageSize = 4 * 1024;
        });
    }

    public static void MapExecutions(this WebApplication app)
    {
        // Web sockets only: the other transports of the library would need the same replica for every request.
        app.MapHub<ExecutionsHub>(ExecutionsHub.Path, options =>
            {
                options.Transports = HttpTransportType.WebSockets;
                options.CloseOnAuthenticationExpiration = true;
            })
            .RequireAuthorization(nameof(Permission.RunScripts))
            .Add(OnlyOurPages);
        app.MapExecutionAnswers();
    }

    /// <summary>
    /// A browser sends the session's cookie with a web socket of any page of the same site, and cern.ch is one site: only
    /// pages of this host may open one.
    /// </summary>
    private static void OnlyOurPages(EndpointBuilder endpoint)
    {
        var next = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = context =>
        {
            if (IsOurs(context.Request)) return next(context);
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    private static bool IsOurs(HttpRequest request) =>
        request.Headers.Origin.ToString() is not { Length: > 0 } origin
        || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && string.Equals(page.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
}
