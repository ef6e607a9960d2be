using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Certhelper.Standins.TrackerHost;
using Certhelper.Tests.Infrastructure;

namespace Certhelper.Tests.Standins;

/// <summary>The host of the remote scripts as a process of its own, and the system's <c>ssh</c> to sign in there.</summary>
public sealed class TrackerHostServer : IAsyncLifetime
{
    private static readonly string[] Quiet =
        ["-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR", "-o", "BatchMode=yes", "-o", "ConnectTimeout=10", "-o", "IdentitiesOnly=yes"];

    private readonly StringBuilder log = new();
    private Process? process;

    // With a space, which a path of a developer may have too.
    public string Folder { get; } = Path.Combine(TestFolder.Create("tracker-host-"), "tracker host");

    public int Port { get; private set; }

    /// <summary>Path of sshd; a path of nothing plays a machine without it.</summary>
    public string? Server { get; init; }

    public string Data => Path.Combine(Folder, "data");

    public string Practice => Path.Combine(Data, "practice");

    public string TkMaps => Path.Combine(Data, "users/event_display/ShiftRun3/TkMapGeneration");

    public string ClientKey => Path.Combine(Folder, "client_ed25519");

    public string HostKey => File.ReadAllText(Path.Combine(Folder, "host_ed25519.pub"));

    public int ServerProcess
    {
        get
        {
            var file = Path.Combine(Folder, "sshd.pid");
            // sshd listens first and writes its number then.
            Assert.True(SpinWait.SpinUntil(() => File.Exists(file) && new FileInfo(file).Length > 0, TimeSpan.FromSeconds(20)), "sshd wrote no number.");
            return int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture);
        }
    }

    public Process Process => process!;

    public string Log
    {
        get
        {
            lock (log) return log.ToString();
        }
    }

    public async ValueTask InitializeAsync()
    {
        await StartAsync();
        Assert.False(Log.Contains(TrackerHostVerb.Missing, StringComparison.Ordinal) && Server is null, TrackerHostVerb.Missing);
    }

    /// <summary>Returns when the host says that it is ready, or why it is not.</summary>
    public async Task StartAsync()
    {
        Port = FreePort();
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var assembly = Path.Combine(own.Parent!.Parent!.FullName, "Certhelper.Standins", own.Name, "Certhelper.Standins.dll");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [assembly, "host"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TrackerHost__Folder"] = Folder;
        start.Environment["TrackerHost__Port"] = Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["TrackerHost__Server"] = Server;
        start.Environment["TRACKER_HOST_SPEED"] = "0.02";
        var ready = new TaskCompletionSource();
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Task.WhenAny(ready.Task, process.WaitForExitAsync()).WaitAsync(TimeSpan.FromSeconds(60));
        if (!ready.Task.IsCompleted) throw new InvalidOperationException($"The tracker host did not start:\n{Log}");

        void Hear(string? line)
        {
            if (line is null) return;
            lock (log) log.AppendLine(line);
            if (line.StartsWith("sshd listens", StringComparison.Ordinal) || line == TrackerHostVerb.Missing) ready.TrySetResult();
        }
    }

    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", Process.Id.ToString(CultureInfo.InvariantCulture)]);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await Process.WaitForExitAsync(limit.Token);
        return Process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            if (!process.HasExited) await StopAsync();
            process.Dispose();
        }

        TestFolder.Delete(Path.GetDirectoryName(Folder)!);
    }

    /// <summary>Runs a command line on the host.</summary>
    public Task<Answer> SshAsync(string command) => SshAsync([], command);

    public Task<Answer> SshAsync(string[] options, string command) =>
        RunAsync("ssh", ["-i", ClientKey, .. Quiet, .. options, "-p", Port.ToString(CultureInfo.InvariantCulture), $"{Environment.UserName}@127.0.0.1", command]);

    /// <summary>The session as it runs, for those who look at the host meanwhile.</summary>
    public Process Open(string command)
    {
        string[] arguments = ["-i", ClientKey, .. Quiet, "-p", Port.ToString(CultureInfo.InvariantCulture), $"{Environment.UserName}@127.0.0.1", command];
        return Process.Start(new ProcessStartInfo("ssh", arguments) { RedirectStandardOutput = true })!;
    }

    public static async Task<Answer> RunAsync(string program, params string[] arguments)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        using var command = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var bytes = new MemoryStream();
        var output = command.StandardOutput.BaseStream.CopyToAsync(bytes, limit.Token);
        var errors = command.StandardError.ReadToEndAsync(limit.Token);
        await command.WaitForExitAsync(limit.Token);
        await output;
        return new Answer(command.ExitCode, bytes.ToArray(), await errors);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public sealed record Answer(int ExitCode, byte[] Bytes, string Errors)
    {
        public string Output => Encoding.UTF8.GetString(Bytes);
    }
}
