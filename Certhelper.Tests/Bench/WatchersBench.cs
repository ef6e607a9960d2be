using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Certhelper.AppHost.LocalEngine;
using Certhelper.Core.Scripts;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using StackExchange.Redis;
using Role = Certhelper.Core.People.Role;

namespace Certhelper.Tests.Bench;

/// <summary>Two hundred people watch one execution that prints a thousand lines a second; the web application is a process of its own.</summary>
[Trait("kind", "bench")]
public sealed class WatchersBench(ITestOutputHelper output)
{
    private const int Watchers = 200;
    private const int LinesPerSecond = 1_000;
    private const int Seconds = 20;
    private const int BatchMs = 100;
    private const int Lines = LinesPerSecond * Seconds;
    private const int SlowestMs = 10_000;
    private const double MostP95Ms = 500;

    /// <summary>Without Redis the reader looks by itself.</summary>
    private const double MostP95MsUnannounced = 1_500;
    private const double MostMiB = 400;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(Seconds + 90);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_hundred_watchers_of_a_thousand_lines_a_second(bool hints)
    {
        await using var site = new WebSite();
        await site.InitializeAsync();
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var id = await new ExecutionSamples(site.Database).RunningAsync(sara.User!.Id);
        var ports = new Ports();
        using var redis = await StartRedisAsync(ports.Any());
        var address = new Uri($"http://127.0.0.1:{ports.Any()}");
        using var web = await StartWebAsync(site, address, redis.ConnectionString);
        try
        {
            var insertedAt = new long[Lines + 1];
            var watched = Enumerable.Range(0, Watchers).Select(_ => new Watcher()).ToList();
            var watching = new List<Task>();
            foreach (var watcher in watched)
            {
                var connection = Connect(address, sara);
                await connection.StartAsync(Token);
                watching.Add(watcher.WatchAsync(connection, id, insertedAt, Token));
            }

            var idle = MemoryOf(web);
            await using var pinging = Connect(address, sara);
            await pinging.StartAsync(Token);
            using var written = new CancellationTokenSource();
            var pings = PingAsync(pinging, written.Token);
            var processor = web.TotalProcessorTime;
            await WriteAsync(site.Database.ConnectionString, id, insertedAt, hints ? redis.ConnectionString : null);
            await new ExecutionSamples(site.Database).EndAsync(id);
            processor = web.TotalProcessorTime - processor;
            await Task.WhenAll(watching).WaitAsync(Patience, Token);
            await written.CancelAsync();
            var round = await pings;
            var (now, most) = MemoryOf(web);

            var times = new int[SlowestMs];
            foreach (var watcher in watched)
                for (var ms = 0; ms < SlowestMs; ms++) times[ms] += watcher.Times[ms];
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Watchers} watchers, {Lines} lines at {LinesPerSecond} a second in batches of {BatchMs} ms, {(hints ? "with hints" : "without hints")}:"));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  insert to arrival    p50 {At(times, 0.5)} ms, p95 {At(times, 0.95)} ms, p99 {At(times, 0.99)} ms"));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  empty hub message    p50 {At(round, 0.5):0.0} ms, p95 {At(round, 0.95):0.0} ms, p99 {At(round, 0.99):0.0} ms ({round.Count} there and back)"));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  web process          {idle.Now:0} MiB before, {now:0} MiB after, {most:0} MiB at most; {processor.TotalSeconds:0.0} s of processor in {Seconds} s"));
            Assert.All(watched, watcher => Assert.Equal((Lines, null), (watcher.Count, watcher.Problem)));
            Assert.InRange(most, 0, MostMiB);
            Assert.InRange(At(times, 0.95), 0, hints ? MostP95Ms : MostP95MsUnannounced);
        }
        finally
        {
            web.Kill();
        }
    }

    private static async Task WriteAsync(string connectionString, long id, long[] insertedAt, string? redis)
    {
        const int batch = LinesPerSecond * BatchMs / 1_000;
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Token);
        await using var multiplexer = redis is null ? null : await ConnectionMultiplexer.ConnectAsync(redis);
        var hints = multiplexer is null ? null : new ExecutionHints(multiplexer, NullLogger<ExecutionHints>.Instance);
        var clock = Stopwatch.StartNew();
        for (var after = 0; after < Lines; after += batch)
        {
            var due = TimeSpan.FromMilliseconds((double)after / batch * BatchMs) - clock.Elapsed;
            if (due > TimeSpan.Zero) await Task.Delay(due, Token);
            var now = TimeProvider.System.GetUtcNow();
            List<ExecutionLine> lines = [];
            for (var number = after + 1; number <= after + batch; number++)
            {
                lines.Add(new ExecutionLine { ExecutionId = id, Number = number, Text = $"{number} module 369157164 layer 3 occupancy 0.{number % 1000:000} of the run 380115, as scripts chat", Ends = true, At = now });
                insertedAt[number] = Stopwatch.GetTimestamp();
            }

            await ExecutionSamples.WriteAsync(connection, id, lines, null, after * 100 / Lines);
            hints?.TellWatchers(id);
        }
    }

    private static async Task<List<double>> PingAsync(HubConnection connection, CancellationToken stop)
    {
        List<double> times = [];
        while (!stop.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            await connection.InvokeAsync<string>("Ping", Token);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            await Task.Delay(20, Token);
        }

        times.Sort();
        return times;
    }

    private static HubConnection Connect(Uri address, Visitor visitor) => new HubConnectionBuilder()
        .WithUrl(new Uri(address, "/hubs/executions"), HttpTransportType.WebSockets, options =>
        {
            options.SkipNegotiation = true;
            options.Headers["Cookie"] = visitor.CookieJar.GetCookieHeader(new Uri("http://localhost/"));
        })
        .Build();

    private static async Task<Process> StartWebAsync(WebSite site, Uri address, string redis)
    {
        var assembly = Runtime.AssemblyOf("Certhelper.Web.csproj");
        var command = Runtime.Command(assembly, []);
        command.WorkingDirectory = Path.GetDirectoryName(assembly)!;
        foreach (var (key, value) in site.Configuration()) command.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        command.Environment["ConnectionStrings__redis"] = redis;
        command.Environment["ASPNETCORE_URLS"] = address.ToString();
        command.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        command.Environment["Logging__LogLevel__Default"] = "Warning";
        command.RedirectStandardOutput = command.RedirectStandardError = true;
        var process = Process.Start(command)!;
        var said = new ConcurrentQueue<string>();
        process.OutputDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var client = new HttpClient { BaseAddress = address };
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                if ((await client.GetAsync("/alive", limit.Token)).IsSuccessStatusCode) return process;
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                await Task.Delay(200, limit.Token);
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                if (!process.HasExited) process.Kill();
                throw new InvalidOperationException(string.Join('\n', said), exception);
            }
        }
    }

    private static async Task<RedisProcess> StartRedisAsync(int port)
    {
        const string password = "bench";
        var process = Process.Start(RedisServer.Command(port, password))!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await RedisServer.ProbeAsync(port, password, limit.Token) is not null) await Task.Delay(100, limit.Token);
        return new RedisProcess(process, $"127.0.0.1:{port},password={password}");
    }

    private static (double Now, double Most) MemoryOf(Process process)
    {
        var status = File.ReadAllLines($"/proc/{process.Id}/status");
        double Of(string name) => double.Parse(status.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        return (Of("VmRSS:"), Of("VmHWM:"));
    }

    private static int At(int[] times, double part)
    {
        var wanted = times.Sum(count => (long)count) * part;
        long seen = 0;
        for (var ms = 0; ms < times.Length; ms++)
        {
            seen += times[ms];
            if (seen >= wanted) return ms;
        }

        return times.Length;
    }

    private static double At(List<double> times, double part) => times[Math.Min(times.Count - 1, (int)(times.Count * part))];

    private sealed record RedisProcess(Process Process, string ConnectionString) : IDisposable
    {
        public void Dispose()
        {
            Process.Kill();
            Process.Dispose();
        }
    }

    private sealed class Watcher
    {
        public int Count { get; private set; }

        public string? Problem { get; private set; }

        /// <summary>How many lines took so many milliseconds.</summary>
        public int[] Times { get; } = new int[SlowestMs];

        public async Task WatchAsync(HubConnection connection, long id, long[] insertedAt, CancellationToken cancellationToken)
        {
            await using (connection)
            {
                await foreach (var numbers in connection.StreamAsync<Numbers>("Follow", id, 0L, cancellationToken))
                {
                    foreach (var number in numbers.Of)
                    {
                        if (number != ++Count) Problem ??= $"line {number} came as number {Count}";
                        if (number < 1 || number >= insertedAt.Length) continue;
                        Times[(int)Math.Clamp(Stopwatch.GetElapsedTime(insertedAt[number]).TotalMilliseconds, 0, SlowestMs - 1)]++;
                    }
                }
            }
        }
    }

    /// <summary>The numbers of the lines of a portion: two hundred clients in one process have no time for more.</summary>
    [JsonConverter(typeof(Reader))]
    private sealed record Numbers(List<long> Of)
    {
        private sealed class Reader : JsonConverter<Numbers>
        {
            public override Numbers Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            {
                List<long> numbers = [];
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var isLines = reader.ValueTextEquals("lines"u8);
                    reader.Read();
                    if (!isLines)
                    {
                        reader.Skip();
                        continue;
                    }

                    while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
                    {
                        reader.Read();
                        numbers.Add(reader.GetInt64());
                        while (reader.TokenType != JsonTokenType.EndArray) reader.Read();
                    }
                }

                return new Numbers(numbers);
            }

            public override void Write(Utf8JsonWriter writer, Numbers value, JsonSerializerOptions options) => throw new NotSupportedException();
        }
    }
}
