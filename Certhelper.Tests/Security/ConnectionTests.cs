using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Certhelper.Core.Audit;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Security;

/// <summary>What an attacker does with a connection of his own: too much, too slowly, in the name of others.</summary>
public sealed class ConnectionTests
{
    // Reads a body of anybody, and as a page does.
    private const string Path = "/signout";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_that_says_that_it_is_too_large_is_refused_before_it_is_sent()
    {
        await using var site = await StartAsync();
        using var client = await ConnectAsync(site);

        await SendAsync(client, Head("Content-Length: 900000000"));

        Assert.StartsWith("HTTP/1.1 413", await AnswerAsync(client), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_without_a_length_is_cut_where_it_becomes_too_large()
    {
        await using var site = await StartAsync();
        using var client = await ConnectAsync(site);
        var sent = 0;
        var piece = Encoding.ASCII.GetBytes("10000\r\n" + new string('x', 0x10000) + "\r\n");

        await SendAsync(client, Head("Transfer-Encoding: chunked"));
        try
        {
            // Much more than is allowed; the connection is closed long before.
            while (sent < 200 * piece.Length) sent += await client.SendAsync(piece, Stop);
        }
        catch (SocketException)
        {
            // Closed under our hands.
        }

        var answer = await AnswerAsync(client);
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal), answer);
    }

    [Fact]
    public async Task A_body_that_trickles_loses_its_connection()
    {
        await using var site = await StartAsync();
        using var client = await ConnectAsync(site);
        await SendAsync(client, Head("Content-Length: 5000"));
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Stop);

        var trickle = Task.Run(
            async () =>
            {
                try
                {
                    while (!ended.IsCancellationRequested)
                    {
                        await SendAsync(client, "x");
                        await Task.Delay(500, ended.Token);
                    }
                }
                catch (Exception exception) when (exception is SocketException or OperationCanceledException)
                {
                    // Closed, or enough.
                }
            },
            Stop);
        // Without the limit it would take 5000 times half a second.
        var answer = await AnswerAsync(client);
        await ended.CancelAsync();
        await trickle;

        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal), answer);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await site.SignedOut().GetAsync("/welcome")).Status);
    }

    [Theory]
    [InlineData("", "127.0.0.1")]
    [InlineData("127.0.0.1/32", "192.0.2.7")]
    [InlineData("127.0.0.1/32, 192.0.2.0/24", "203.0.113.9")]
    public async Task Who_asks_is_the_last_address_that_a_known_proxy_vouches_for(string networks, string from)
    {
        await using var site = new WebSite { Listens = true, Settings = { ["Proxy:Networks"] = networks, ["Audit:WholeAddresses"] = "true" } };
        await site.InitializeAsync();

        // The client wrote the first address itself; the proxies added the others.
        await site.SignedOut().GetAsync("/signin/callback?error=access_denied&state=none", ("X-Forwarded-For", "198.51.100.66, 203.0.113.9, 192.0.2.7"));

        await using var db = site.Database.NewContext();
        Assert.Equal(from, (await db.AuditEntries.SingleAsync(entry => entry.Event == AuditEvent.SignInRefused, Stop)).Address);
    }

    private static async Task<WebSite> StartAsync()
    {
        var site = new WebSite { Listens = true, Settings = { ["Limits:BodyBytes"] = "70000" } };
        await site.InitializeAsync();
        return site;
    }

    private static async Task<Socket> ConnectAsync(WebSite site)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", site.Address.Port, Stop);
        return socket;
    }

    private static string Head(string length) => string.Create(
        CultureInfo.InvariantCulture, $"POST {Path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n{length}\r\n\r\n");

    private static async Task SendAsync(Socket socket, string text)
    {
        var left = Encoding.ASCII.GetBytes(text).AsMemory();
        while (left.Length > 0) left = left[await socket.SendAsync(left, Stop)..];
    }

    /// <summary>What it says until it closes; empty when it was cut off.</summary>
    private static async Task<string> AnswerAsync(Socket socket)
    {
        var buffer = new byte[4096];
        var text = new StringBuilder();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        try
        {
            int count;
            while ((count = await socket.ReceiveAsync(buffer, limit.Token)) > 0)
            {
                text.Append(Encoding.ASCII.GetString(buffer, 0, count));
                if (text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal)) break;
            }
        }
        catch (SocketException)
        {
            // Cut off, with whatever came before.
        }

        return text.ToString();
    }
}
