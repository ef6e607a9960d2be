using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace Certhelper.Tests.Replicas;

/// <summary>
/// Watches one execution as the page does (execution-feed.js): a web socket, opened anew a moment after it broke, that says
/// which line is there already.
/// </summary>
internal sealed class Watcher(Router router, Browser browser, long execution)
{
    private long lastAt = Stopwatch.GetTimestamp();

    // The end is told once, and lines that were not sent yet may follow.
    private Portion? told;

    public long Execution => execution;

    /// <summary>Number of the last line, and so how many there are.</summary>
    public long Count { get; private set; }

    public List<string> Problems { get; } = [];

    /// <summary>From the loss of the connection to the next that stands.</summary>
    public ConcurrentQueue<TimeSpan> Reconnects { get; } = new();

    /// <summary>State in which the execution ended; null while it goes on.</summary>
    public string? Ended { get; private set; }

    /// <summary>Since when there was no new line.</summary>
    public TimeSpan Silence => Stopwatch.GetElapsedTime(Volatile.Read(ref lastAt));

    public async Task RunAsync(CancellationToken stop)
    {
        long lostAt = 0;
        while (Ended is null && !stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = Connect();
                using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
                late.CancelAfter(TimeSpan.FromSeconds(8));
                await connection.StartAsync(late.Token);
                if (lostAt != 0) Reconnects.Enqueue(Stopwatch.GetElapsedTime(lostAt));
                lostAt = 0;
                await foreach (var portion in connection.StreamAsync<Portion>("Follow", execution, Count, stop)) Take(portion);
            }
            catch (Exception exception) when (!stop.IsCancellationRequested && exception is not Xunit.Sdk.XunitException)
            {
                // Broken, refused or too late: all the same to a page.
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (Ended is not null) return;
            if (lostAt == 0) lostAt = Stopwatch.GetTimestamp();
            await Task.Delay(Random.Shared.Next(200, 800), CancellationToken.None);
        }
    }

    private HubConnection Connect()
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(router.Address, "/hubs/executions"), HttpTransportType.WebSockets, options =>
            {
                options.SkipNegotiation = true;
                options.Headers["Cookie"] = browser.CookieHeader;
                options.Headers["Origin"] = router.Address.GetLeftPart(UriPartial.Authority);
                options.WebSocketConfiguration = socket => socket.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == router.Certificate.Thumbprint;
            })
            .Build();
        connection.ServerTimeout = TimeSpan.FromSeconds(15);
        connection.KeepAliveInterval = TimeSpan.FromSeconds(5);
        return connection;
    }

    private void Take(Portion portion)
    {
        foreach (var (number, text) in portion.Lines)
        {
            if (number != Count + 1 && Problems.Count < 20) Problems.Add(string.Create(CultureInfo.InvariantCulture, $"after line {Count} came line {number}"));
            if (text != TextOf(number) && Problems.Count < 20) Problems.Add(string.Create(CultureInfo.InvariantCulture, $"line {number} reads {text}"));
            Count = number;
        }

        if (portion.Lines.Count > 0) Volatile.Write(ref lastAt, Stopwatch.GetTimestamp());
        if (portion.Ended) told = portion;
        if (told is not null && Count >= told.LastLine) Ended = told.State;
    }

    /// <summary>What the script prints.</summary>
    public static string TextOf(long number) => string.Create(CultureInfo.InvariantCulture, $"line {number:000000} of the talkative script, as long as lines of cmsRun are");

    [JsonConverter(typeof(Reader))]
    private sealed record Portion(List<(long Number, string Text)> Lines, bool Ended, long LastLine, string State)
    {
        private sealed class Reader : JsonConverter<Portion>
        {
            public override Portion Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            {
                using var document = JsonDocument.ParseValue(ref reader);
                List<(long, string)> lines = document.RootElement.TryGetProperty("lines", out var some)
                    ? [.. some.EnumerateArray().Select(line => (line[0].GetInt64(), line[1].GetString()!))]
                    : [];
                return document.RootElement.TryGetProperty("state", out var state)
                    ? new Portion(lines, state.GetProperty("ended").GetBoolean(), state.GetProperty("lastLine").GetInt64(), state.GetProperty("state").GetString()!)
                    : new Portion(lines, false, 0, "");
            }

            public override void Write(Utf8JsonWriter writer, Portion value, JsonSerializerOptions options) => throw new NotSupportedException();
        }
    }
}
