using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Garnet;

namespace Certhelper.AppHost.LocalEngine;

/// <summary>
/// Garnet as the Redis of the local engine: a process of its own (the app host started with <see cref="Verb"/>), so that
/// it can be killed and comes back like a container.
/// </summary>
internal static class RedisServer
{
    public const string Verb = "redis-server";
    private const string PortVariable = "CERTHELPER_REDIS_PORT";
    private const string PasswordVariable = "CERTHELPER_REDIS_PASSWORD";

    public static ProcessStartInfo Command(int port, string password)
    {
        var command = Runtime.Command(Runtime.Self, [Verb]);
        command.Environment[PortVariable] = port.ToString(CultureInfo.InvariantCulture);
        command.Environment[PasswordVariable] = password;
        // It holds a few hundred small keys; memory is worth more here than speed.
        command.Environment["DOTNET_gcServer"] = "0";
        command.Environment["DOTNET_GCConserveMemory"] = "7";
        command.Environment["DOTNET_TieredPGO"] = "0";
        return command;
    }

    /// <summary>Serves until the process is asked to stop.</summary>
    public static void Run()
    {
        using var stop = new ManualResetEventSlim();
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Set();
        }

        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Stop);
        using var server = new GarnetServer(
        [
            "--bind", "127.0.0.1",
            "--port", Environment.GetEnvironmentVariable(PortVariable)!,
            "--auth", "Password",
            "--password", Environment.GetEnvironmentVariable(PasswordVariable)!,
            "--memory", "32m",
            "--page", "1m",
            "--index", "4m",
            "--pubsub-pagesize", "1m",
            "--logger-level", "Warning",
            "-q",
        ]);
        server.Start();
        stop.Wait();
    }

    /// <summary>Signs in and pings, as a client would.</summary>
    public static async Task<string?> ProbeAsync(int port, string password, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, cancellationToken);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Request("AUTH", password), cancellationToken);
            await stream.WriteAsync(Request("PING"), cancellationToken);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            var signedIn = await reader.ReadLineAsync(cancellationToken);
            if (signedIn != "+OK") return $"sign-in was answered by {signedIn}";
            var pong = await reader.ReadLineAsync(cancellationToken);
            return pong == "+PONG" ? null : $"ping was answered by {pong}";
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return exception.Message;
        }
    }

    private static byte[] Request(params string[] words) => Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"*{words.Length}\r\n")
        + string.Concat(words.Select(word => string.Create(CultureInfo.InvariantCulture, $"${word.Length}\r\n{word}\r\n"))));
}
