using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.Extensions.Http;

namespace Certhelper.Tests.Web.Infrastructure;

/// <summary>How the services outside behave during a test.</summary>
internal enum Weather
{
    /// <summary>Nobody listens.</summary>
    Refuses,

    /// <summary>Takes the question and never answers.</summary>
    Hangs,

    /// <summary>Answers properly, and knows nothing.</summary>
    KnowsNothing,
}

/// <summary>Stands for OMS, the Run Registry and their tokens: no call of a test leaves the process.</summary>
internal sealed class OutsideWorld : HttpMessageHandler
{
    public Weather Weather { get; set; } = Weather.Refuses;

    /// <summary>What the Run Registry answers to a question, given its body; null for the weather's own answer.</summary>
    public Func<string, string?>? Registry { get; set; }

    /// <summary>What ebutz answers of a run while the weather is good; an empty list unless a test says more.</summary>
    public Func<string, string> Ebutz { get; set; } = _ => "[]";

    /// <summary>The addresses that were asked.</summary>
    public ConcurrentQueue<Uri> Asked { get; } = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!;
        Asked.Enqueue(address);
        if (address.Host != "outside.test") throw new InvalidOperationException($"A test asked {address}, which is outside of it.");
        switch (Weather)
        {
            case Weather.Hangs:
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
            case Weather.KnowsNothing when Registry is { } registry && request.Content is { } content && address.AbsolutePath.StartsWith("/runregistry", StringComparison.Ordinal)
                && registry(await content.ReadAsStringAsync(cancellationToken)) is { } said:
                return Json(said);
            case Weather.KnowsNothing:
                return Json(address.AbsolutePath.EndsWith("/token", StringComparison.Ordinal)
                    ? """{"access_token":"test","expires_in":300}"""
                    : address.AbsolutePath == "/ebutz" ? Ebutz(address.Query.Replace("?RUN=", "", StringComparison.Ordinal))
                    : address.AbsolutePath.StartsWith("/oms", StringComparison.Ordinal)
                        ? """{"data":[],"links":{},"meta":{"totalResourceCount":0}}"""
                        : """{"datasets":[],"count":0,"pages":0}""");
        }

        throw new HttpRequestException("Connection refused");
    }

    private static HttpResponseMessage Json(string text) =>
        new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "application/json") };

    /// <summary>Puts the test's world behind every client of the application, whatever it configured itself.</summary>
    internal sealed class Filter(OutsideWorld world) : IHttpMessageHandlerBuilderFilter
    {
        public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
        {
            next(builder);
            builder.PrimaryHandler = new Door(world);
        };
    }

    // The factory disposes of handlers when it rotates them; the world outlives that.
    private sealed class Door(OutsideWorld world) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            world.SendAsync(request, cancellationToken);
    }
}
