using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Certhelper.Tests.Infrastructure;
using Certhelper.Tests.Standins;

namespace Certhelper.Tests.Scripts;

/// <summary>
/// A real sshd that asks for a password. It sees account files of its own, by a mount that nobody else sees, which only root
/// may make; on other machines the tests that need it are skipped.
/// </summary>
public sealed class PasswordHost : IAsyncLifetime
{
    public const string Account = "mapper";
    public const string Password = "n0t; a $(secret) of \"anybody\"";

    private const int AccountId = 4711;

    private readonly string folder = TestFolder.Create("password-host-");
    private Process? server;

    public int Port { get; private set; }

    /// <summary>Why it is not there; null when it is.</summary>
    public string? Absent { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            Absent = "Only root can give sshd accounts of its own.";
            return;
        }

        await WriteAsync();
        var ready = new TaskCompletionSource();
        var said = "";
        server = Process.Start(new ProcessStartInfo("unshare", ["--mount", "--propagation", "private", "sh", "-c",
            "cd \"$1\" && mount --bind passwd /etc/passwd && mount --bind shadow /etc/shadow && mount --bind pam /etc/pam.d/sshd && exec \"$(command -v sshd || echo /usr/sbin/sshd)\" -D -e -f \"$1/sshd_config\"",
            "sh", folder])
        { RedirectStandardError = true })!;
        server.ErrorDataReceived += (_, line) =>
        {
            said += line.Data + "\n";
            if (line.Data?.StartsWith("Server listening on ", StringComparison.Ordinal) == true) ready.TrySetResult();
        };
        server.BeginErrorReadLine();
        await Task.WhenAny(ready.Task, server.WaitForExitAsync()).WaitAsync(TimeSpan.FromSeconds(30));
        if (!ready.Task.IsCompleted) Absent = "sshd with accounts of its own does not start here: " + said;
    }

    public ValueTask DisposeAsync()
    {
        if (server is { HasExited: false }) server.Kill(entireProcessTree: true);
        server?.Dispose();
        TestFolder.Delete(folder);
        return ValueTask.CompletedTask;
    }

    private async Task WriteAsync()
    {
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        Directory.CreateDirectory("/run/sshd");
        var home = Path.Combine(folder, "home");
        Directory.CreateDirectory(home);
        var id = AccountId.ToString(CultureInfo.InvariantCulture);
        await DoneAsync("chown", $"{id}:{id}", home);
        await DoneAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(folder, "host"));
        var hash = (await DoneAsync("perl", "-e", "print crypt($ARGV[0], '$6$tracker$')", Password)).Output;
        await FileAsync("passwd", await File.ReadAllTextAsync("/etc/passwd") + $"{Account}:x:{id}:{id}:Maps:{home}:/bin/sh\n");
        await FileAsync("shadow", await File.ReadAllTextAsync("/etc/shadow") + $"{Account}:{hash}:19000:0:99999:7:::\n");
        await FileAsync("pam", "auth required pam_unix.so\naccount required pam_permit.so\nsession required pam_permit.so\n");
        await FileAsync("sshd_config", string.Create(CultureInfo.InvariantCulture, $"""
            ListenAddress 127.0.0.1:{Port}
            HostKey {folder}/host
            PidFile none
            UsePAM yes
            PubkeyAuthentication no
            PasswordAuthentication yes
            KbdInteractiveAuthentication yes
            AllowUsers {Account}
            UseDNS no
            PrintMotd no
            PrintLastLog no
            Subsystem sftp internal-sftp

            """));

        static async Task<TrackerHostServer.Answer> DoneAsync(string program, params string[] arguments)
        {
            var answer = await TrackerHostServer.RunAsync(program, arguments);
            return answer.ExitCode == 0 ? answer : throw new InvalidOperationException($"{program}: {answer.Errors}");
        }

        Task FileAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(folder, name), text);
    }
}
