using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Certhelper.AppHost.LocalEngine;

/// <summary>
/// One address before several replicas, request by request in turn and never the same one on purpose: what a process
/// keeps to itself shows at once. A request that did not reach its replica goes to the next.
/// </summary>
internal sealed class ReplicaProxy : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly IReadOnlyList<Replica> replicas;
    private readonly IHttpForwarder forwarder;
    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(2),
    });

    private int turn;

    public ReplicaProxy(int port, IReadOnlyList<Replica> replicas)
    {
        this.replicas = replicas;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHttpForwarder();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.ListenLocalhost(port);
        });
        app = builder.Build();
        forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        app.Run(ForwardAsync);
    }

    /// <summary>A process behind the proxy.</summary>
    /// <param name="IsReady">Whether it is worth asking; a replica that is not is asked only when all are not.</param>
    public sealed record Replica(string Address, Func<bool> IsReady);

    public Task StartAsync(CancellationToken cancellationToken) => app.StartAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await app.StopAsync(limit.Token);
        await app.DisposeAsync();
        client.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        foreach (var replica in InTurn())
        {
            var error = await forwarder.SendAsync(
                context, replica.Address, client, new ForwarderRequestConfig { ActivityTimeout = TimeSpan.FromMinutes(10) }, Headers.Instance, context.RequestAborted);
            if (error == ForwarderError.None || context.Response.HasStarted || !MayGoElsewhere(context, error)) return;
            context.Response.Clear();
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "1";
        await context.Response.WriteAsync("No replica answers. They are being started again; try in a moment.", context.RequestAborted);
    }

    private IEnumerable<Replica> InTurn()
    {
        var first = (int)((uint)Interlocked.Increment(ref turn) % replicas.Count);
        return Enumerable.Range(0, replicas.Count)
            .Select(offset => replicas[(first + offset) % replicas.Count])
            .OrderByDescending(replica => replica.IsReady());
    }

    /// <summary>Nothing was sent, or sending it twice does no harm.</summary>
    private static bool MayGoElsewhere(HttpContext context, ForwarderError error)
    {
        if (error is not (ForwarderError.Request or ForwarderError.UpgradeRequestDestination)) return false;
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) return true;
        return context.Features.Get<IForwarderErrorFeature>()?.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError };
    }

    /// <summary>The replica sees the host that the browser asked for, and for whom the request is.</summary>
    private sealed class Headers : HttpTransformer
    {
        public static readonly Headers Instance = new();

        public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            var request = httpContext.Request;
            proxyRequest.Headers.Host = request.Host.Value;
            Set(proxyRequest, "X-Forwarded-For", httpContext.Connection.RemoteIpAddress?.ToString());
            Set(proxyRequest, "X-Forwarded-Proto", request.Scheme);
            Set(proxyRequest, "X-Forwarded-Host", request.Host.Value);
        }

        private static void Set(HttpRequestMessage request, string name, string? value)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
