using System.Diagnostics;
using Certhelper.AppHost.LocalEngine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Certhelper.Tests.Bench;

/// <summary>What the proxy before replicas costs while developing: requests through it against requests past it.</summary>
[Trait("kind", "bench")]
public sealed class ReplicaProxyBench(ITestOutputHelper output)
{
    private const int Requests = 2_000;
    private const int Clients = 8;

    [Fact]
    public async Task Requests_through_the_proxy_against_requests_past_it()
    {
        var ports = new Ports();
        int direct = ports.Any(), proxied = ports.Any();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{direct}");
        await using var server = builder.Build();
        server.MapGet("/", () => Results.Text(new string('x', 16_000)));
        await server.StartAsync(TestContext.Current.CancellationToken);
        await using var proxy = new ReplicaProxy(proxied, [new($"http://127.0.0.1:{direct}/", () => true), new($"http://127.0.0.1:{direct}/", () => true)]);
        await proxy.StartAsync(TestContext.Current.CancellationToken);

        // The first round warms up; its times are thrown away.
        var past = TimeSpan.Zero;
        var through = TimeSpan.Zero;
        for (var round = 0; round < 3; round++)
        {
            past = await TimeAsync(direct);
            through = await TimeAsync(proxied);
        }

        output.WriteLine($"{Requests} requests of 16 kB, {Clients} clients: past the proxy {past.TotalMilliseconds:0} ms, through it {through.TotalMilliseconds:0} ms, ratio {through / past:0.00}");
        Assert.True(through / past < 10, "the proxy is the bottleneck of the local stack");
    }

    private static async Task<TimeSpan> TimeAsync(int port)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}") };
        var clock = Stopwatch.StartNew();
        await Parallel.ForAsync(0, Requests, new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (_, cancellationToken) =>
            await client.GetByteArrayAsync("/", cancellationToken));
        return clock.Elapsed;
    }
}
