using System.Net;
using System.Net.WebSockets;
using System.Text;
using Certhelper.AppHost.LocalEngine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Certhelper.Tests.AppHost;

/// <summary>The proxy before replicas, with two small servers behind it.</summary>
public sealed class ReplicaProxyTests : IAsyncLifetime
{
    private readonly int port = new Ports().Any();
    private readonly List<WebApplication> replicas = [];
    private readonly bool[] ready = [true, true];
    private ReplicaProxy proxy = null!;
    private HttpClient client = null!;

    public async ValueTask InitializeAsync()
    {
        replicas.AddRange([await StartReplicaAsync("one"), await StartReplicaAsync("two")]);
        proxy = new ReplicaProxy(port, [.. replicas.Select((replica, i) => new ReplicaProxy.Replica(AddressOf(replica), () => ready[i]))]);
        await proxy.StartAsync(TestContext.Current.CancellationToken);
        client = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}") };
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await proxy.DisposeAsync();
        foreach (var replica in replicas) await replica.DisposeAsync();
    }

    [Fact]
    public async Task Requests_of_one_client_go_to_the_replicas_in_turn()
    {
        var answers = new List<string>();
        for (var i = 0; i < 6; i++) answers.Add(await GetAsync("/name"));

        Assert.Equal(3, answers.Count(answer => answer == "one"));
        Assert.NotEqual(answers[0], answers[1]);
    }

    [Fact]
    public async Task Dead_replica_is_not_noticed_by_clients()
    {
        await replicas[0].StopAsync(TestContext.Current.CancellationToken);

        for (var i = 0; i < 4; i++)
        {
            using var posted = await client.PostAsync("/echo", new StringContent($"body {i}"), TestContext.Current.CancellationToken);
            Assert.Equal($"two: body {i}", await posted.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Replica_that_is_starting_is_left_alone_while_another_is_ready()
    {
        ready[1] = false;

        for (var i = 0; i < 4; i++) Assert.Equal("one", await GetAsync("/name"));
    }

    [Fact]
    public async Task Answer_when_no_replica_lives_is_that_it_is_unavailable()
    {
        foreach (var replica in replicas) await replica.StopAsync(TestContext.Current.CancellationToken);

        using var response = await client.GetAsync("/name", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Replica_sees_the_host_and_the_client_and_cannot_be_lied_to()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/seen");
        request.Headers.Host = "certhelper.example:8443";
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        request.Headers.Add("X-Forwarded-Proto", "https");

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        var seen = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Matches(@"^certhelper\.example:8443 (127\.0\.0\.1|::1|::ffff:127\.0\.0\.1) http certhelper\.example:8443$", seen);
    }

    [Fact]
    public async Task Redirects_and_errors_of_a_replica_pass_unchanged()
    {
        using var plain = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = client.BaseAddress };

        using var redirect = await plain.GetAsync("/redirect", TestContext.Current.CancellationToken);
        using var error = await plain.GetAsync("/error", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Redirect, "/elsewhere"), (redirect.StatusCode, redirect.Headers.Location?.OriginalString));
        Assert.Equal(HttpStatusCode.InternalServerError, error.StatusCode);
    }

    [Fact]
    public async Task Web_sockets_pass()
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://localhost:{port}/socket"), TestContext.Current.CancellationToken);

        await socket.SendAsync(Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        var buffer = new byte[16];
        var answer = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);

        Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, answer.Count));
    }

    private async Task<string> GetAsync(string path) => await client.GetStringAsync(path, TestContext.Current.CancellationToken);

    private static string AddressOf(WebApplication replica) =>
        replica.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/";

    private static async Task<WebApplication> StartReplicaAsync(string name)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.UseWebSockets();
        app.MapGet("/name", () => name);
        app.MapGet("/seen", (HttpContext context) =>
            $"{context.Request.Host} {context.Request.Headers["X-Forwarded-For"]} {context.Request.Headers["X-Forwarded-Proto"]} {context.Request.Headers["X-Forwarded-Host"]}");
        app.MapGet("/redirect", () => Results.Redirect("/elsewhere"));
        app.MapGet("/error", () => Results.StatusCode(500));
        app.MapPost("/echo", async (HttpRequest request) => $"{name}: {await new StreamReader(request.Body).ReadToEndAsync()}");
        app.Map("/socket", async (HttpContext context) =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[16];
            var message = await socket.ReceiveAsync(buffer, context.RequestAborted);
            await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, true, context.RequestAborted);
        });
        await app.StartAsync();
        return app;
    }
}
