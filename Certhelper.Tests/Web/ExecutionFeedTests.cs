using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Certhelper.Tests.Web.Infrastructure;
using Certhelper.Web.Executions;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace Certhelper.Tests.Web;

/// <summary>Watching: nothing is lost, nothing comes twice, wherever a watcher begins and whatever is away.</summary>
public sealed class ExecutionFeedTests(WebSite site) : IClassFixture<WebSite>
{
    private ExecutionSamples Executions => new(site.Database);

    private ExecutionFeeds Feeds => site.Service<ExecutionFeeds>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watchers_who_come_while_lines_are_written_get_each_line_once_and_in_order()
    {
        const int lines = 4_000;
        var id = await StartAsync();
        List<Task<List<(long Number, string Text)>>> watchers = [WatchAsync(id, 0), WatchAsync(id, 0)];
        // The same sequence each time; what differs is when the reader looks.
        var random = new Random(7);
        for (var written = 0; written < lines;)
        {
            var count = Math.Min(lines - written, random.Next(1, 120));
            await Executions.WriteAsync(id, written, [.. Enumerable.Range(written + 1, count).Select(number => $"line {number}")]);
            written += count;
            if (random.Next(12) == 0) watchers.Add(WatchAsync(id, random.Next(written)));
            if (random.Next(3) == 0) Feeds.Heard(id);
            await Task.Delay(random.Next(12), Token);
        }

        await Executions.EndAsync(id);
        var all = await Task.WhenAll(watchers).WaitAsync(TimeSpan.FromSeconds(30), Token);

        Assert.True(all.Length > 5);
        foreach (var got in all)
        {
            var first = got[0].Number;
            Assert.Equal(lines, got[^1].Number);
            Assert.Equal(Enumerable.Range((int)first, lines - (int)first + 1).Select(number => ((long)number, $"line {number}")), got);
        }

        Assert.Equal(1, all[0][0].Number);
    }

    [Fact]
    public async Task D105_who_comes_late_gets_what_is_older_than_what_is_kept_in_memory()
    {
        const int lines = 12_500;
        var id = await StartAsync();
        var first = WatchAsync(id, 0);
        for (var written = 0; written < lines; written += 500)
            await Executions.WriteAsync(id, written, [.. Enumerable.Range(written + 1, 500).Select(number => $"line {number}")]);
        var all = WatchAsync(id, 0);
        var half = WatchAsync(id, 6_250);
        await Task.Delay(1_500, Token);
        var end = WatchAsync(id, lines - 3);
        await Executions.EndAsync(id);

        Assert.Equal(Enumerable.Range(1, lines).Select(number => (long)number), (await all.WaitAsync(TimeSpan.FromSeconds(20), Token)).Select(line => line.Number));
        Assert.Equal(lines - 6_250, (await half).Count);
        Assert.Equal(6_251, (await half)[0].Number);
        Assert.Equal([lines - 2, lines - 1, lines], (await end).Select(line => line.Number));
        Assert.Equal(lines, (await first).Count);
    }

    [Fact]
    public async Task A_watcher_who_was_cut_off_goes_on_after_the_line_that_it_has_at_another_replica_too()
    {
        await using var other = await WebSite.ReplicaOfAsync(site);
        var id = await StartAsync();
        await Executions.WriteAsync(id, 0, [.. Enumerable.Range(1, 3_000).Select(number => $"line {number}")]);
        List<long> got = [];
        await foreach (var portion in Feeds.FollowAsync(id, 0, -1, Token))
        {
            got.AddRange(Lines(portion).Select(line => line.Number));
            if (got.Count >= 1_000) break;
        }

        await Executions.WriteAsync(id, 3_000, ["more"]);
        await Executions.EndAsync(id);
        await foreach (var portion in other.Service<ExecutionFeeds>().FollowAsync(id, got[^1], -1, Token)) got.AddRange(Lines(portion).Select(line => line.Number));

        Assert.Equal(Enumerable.Range(1, 3_001).Select(number => (long)number), got);
    }

    [Fact]
    public async Task A_watcher_who_is_ahead_of_this_replica_gets_no_line_twice()
    {
        var id = await StartAsync();
        await Executions.WriteAsync(id, 0, ["1", "2", "3"]);
        var ahead = WatchAsync(id, 5);
        await Task.Delay(300, Token);
        await Executions.WriteAsync(id, 3, ["4", "5", "6", "7"]);
        await Executions.EndAsync(id);

        Assert.Equal([(6, "6"), (7, "7")], await ahead.WaitAsync(TimeSpan.FromSeconds(10), Token));
    }

    [Fact]
    public async Task Without_Redis_a_line_is_seen_within_the_next_look_and_with_a_hint_at_once()
    {
        var id = await StartAsync();
        await using var watcher = Feeds.FollowAsync(id, 0, -1, Token).GetAsyncEnumerator(Token);
        Assert.True(await watcher.MoveNextAsync());
        await Task.Delay(500, Token);

        await Executions.WriteAsync(id, 0, ["unannounced"]);
        var clock = Stopwatch.StartNew();
        Assert.True(await watcher.MoveNextAsync());
        var unannounced = clock.Elapsed;
        await Task.Delay(800, Token);
        await Executions.WriteAsync(id, 1, ["announced"]);
        Feeds.Heard(id);
        clock.Restart();
        Assert.True(await watcher.MoveNextAsync());
        var announced = clock.Elapsed;

        Assert.InRange(unannounced, TimeSpan.Zero, TimeSpan.FromSeconds(3));
        Assert.InRange(announced, TimeSpan.Zero, TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public async Task The_end_comes_after_the_last_line_and_a_feed_ends_with_its_watchers()
    {
        var id = await StartAsync();
        var states = new List<(string State, long Last)>();
        var watching = Task.Run(
            async () =>
            {
                long last = 0;
                await foreach (var portion in Feeds.FollowAsync(id, 0, -1, Token))
                {
                    last = portion.Last;
                    if (!portion.State.IsEmpty) states.Add((JsonDocument.Parse(portion.State).RootElement.GetProperty("state").GetString()!, last));
                }
            },
            Token);
        await Task.Delay(300, Token);
        await Executions.WriteAsync(id, 0, ["one", "two"]);
        await Executions.EndAsync(id, ExecutionState.Failed, 2);
        await watching.WaitAsync(TimeSpan.FromSeconds(10), Token);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (Feeds.Watches(id)) await Task.Delay(100, limit.Token);

        Assert.Equal("Running", states[0].State);
        Assert.Equal(("Failed", 2), states[^1]);
    }

    [Fact]
    public async Task What_does_not_exist_ends_at_once()
    {
        await foreach (var _ in Feeds.FollowAsync(999_999, 0, -1, Token)) Assert.Fail("There is no such execution.");
    }

    [Fact]
    public async Task F166_the_hub_hands_out_lines_by_web_socket_to_those_who_may()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var id = await StartAsync();
        await Executions.WriteAsync(id, 0, ["one", "tw\u2028o \e[31m"]);
        await Executions.EndAsync(id);
        await using var connection = Connect(sara);
        await connection.StartAsync(Token);

        List<string> got = [];
        string? state = null;
        await foreach (var portion in connection.StreamAsync<JsonElement>("Follow", id, 0L, Token))
        {
            if (portion.TryGetProperty("lines", out var lines)) got.AddRange(lines.EnumerateArray().Select(line => line[1].GetString()!));
            if (portion.TryGetProperty("state", out var now)) state = now.GetProperty("title").GetString();
        }

        await connection.InvokeAsync("Ping", Token);

        Assert.Equal(["one", "tw\u2028o \e[31m"], got);
        Assert.Equal("succeeded", state);
    }

    [Fact]
    public async Task D11_guests_strangers_and_pages_of_other_hosts_get_no_web_socket()
    {
        var gus = await site.SignedInAsAsync(Role.Guest);
        var sara = await site.SignedInAsAsync(Role.Shifter);

        Assert.Equal(403, await StatusAsync(gus, null));
        Assert.NotEqual(101, await StatusAsync(site.SignedOut(), null));
        Assert.Equal(403, await StatusAsync(sara, "https://other.cern.ch"));
        Assert.Equal(101, await StatusAsync(sara, "http://localhost"));
        Assert.Equal(101, await StatusAsync(sara, null));

        async Task<int> StatusAsync(Visitor visitor, string? origin)
        {
            var client = site.Server.CreateWebSocketClient();
            client.ConfigureRequest = request =>
            {
                request.Headers.Cookie = visitor.CookieJar.GetCookieHeader(new Uri("http://localhost/"));
                if (origin is not null) request.Headers.Origin = origin;
            };
            try
            {
                using var socket = await client.ConnectAsync(new Uri("ws://localhost" + ExecutionsHub.Path), Token);
                return 101;
            }
            catch (InvalidOperationException exception)
            {
                // The test server says the status in words only.
                return int.Parse(exception.Message.Split(':')[^1].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
            }
        }
    }

    private HubConnection Connect(Visitor visitor) => new HubConnectionBuilder()
        .WithUrl("http://localhost" + ExecutionsHub.Path, HttpTransportType.WebSockets, options =>
        {
            options.SkipNegotiation = true;
            options.WebSocketFactory = async (context, cancellationToken) =>
            {
                var client = site.Server.CreateWebSocketClient();
                client.ConfigureRequest = request => request.Headers.Cookie = visitor.CookieJar.GetCookieHeader(new Uri("http://localhost/"));
                return await client.ConnectAsync(context.Uri, cancellationToken);
            };
        })
        .Build();

    private async Task<long> StartAsync() => await Executions.RunningAsync((await site.SignedInAsAsync(Role.Shifter)).User!.Id);

    private Task<List<(long Number, string Text)>> WatchAsync(long id, long after) => Task.Run(
        async () =>
        {
            List<(long, string)> got = [];
            await foreach (var portion in Feeds.FollowAsync(id, after, -1, Token)) got.AddRange(Lines(portion));
            return got;
        },
        Token);

    private static List<(long Number, string Text)> Lines(ExecutionPortion portion) => portion.Lines.IsEmpty
        ? []
        : [.. JsonDocument.Parse(portion.Lines).RootElement.EnumerateArray().Select(line => (line[0].GetInt64(), line[1].GetString()!))];
}
