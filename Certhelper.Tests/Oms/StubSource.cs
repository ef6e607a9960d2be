using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Certhelper.Tests.Oms;

/// <summary>
/// An outside service over real HTTP that answers what a test registers. A call that nobody registered is answered with
/// status 599 and fails the test when the stub is disposed.
/// </summary>
internal sealed class StubSource : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, RequestDelegate> answers = new();
    private readonly ConcurrentQueue<string> calls = new();
    private readonly ConcurrentQueue<string> unexpected = new();
    private int tokens;

    private StubSource(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single();

    /// <summary>Path and query of every call but those for tokens.</summary>
    public IReadOnlyCollection<string> Calls => calls;

    /// <summary>How many tokens were given out.</summary>
    public int TokensGiven => tokens;

    /// <summary>The token that is accepted; null accepts all.</summary>
    public string? AcceptedToken { get; set; }

    public static async Task<StubSource> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var stub = new StubSource(builder.Build());
        stub.On("/token", context => context.Response.WriteAsJsonAsync(new
        {
            access_token = $"token-{Interlocked.Increment(ref stub.tokens)}",
            expires_in = 1200,
            token_type = "Bearer",
        }));
        stub.app.Run(stub.AnswerAsync);
        await stub.app.StartAsync();
        return stub;
    }

    /// <summary>Registers the answer for a path.</summary>
    public StubSource On(string path, RequestDelegate answer)
    {
        answers[path] = answer;
        return this;
    }

    /// <summary>Registers JSON for a path.</summary>
    public StubSource OnJson(string path, string json) => On(path, context =>
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    });

    /// <summary>Waits until a path has been asked.</summary>
    public async Task AskedAsync(string path, CancellationToken cancellationToken)
    {
        while (!calls.Any(call => call.StartsWith(path, StringComparison.Ordinal))) await Task.Delay(10, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
        Assert.Empty(unexpected);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path != "/token") calls.Enqueue(path + Uri.UnescapeDataString(context.Request.QueryString.Value ?? ""));
        if (!answers.TryGetValue(path, out var answer))
        {
            unexpected.Enqueue($"{context.Request.Method} {path}{context.Request.QueryString}");
            context.Response.StatusCode = 599;
            return;
        }

        if (path != "/token" && AcceptedToken is { } accepted && context.Request.Headers.Authorization != "Bearer " + accepted)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        await answer(context);
    }
}
