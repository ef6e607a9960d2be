using System.Diagnostics;

namespace Certhelper.Standins.TrackerHost;

/// <summary>OpenSSH's sshd as a child process with files of its own; nothing of the machine's sshd is used or changed.</summary>
internal sealed class SshServer(TrackerHostOptions options, TrackerHostFiles files, TextWriter log) : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly TaskCompletionSource listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? server;
    private Task ended = Task.CompletedTask;

    /// <summary>Completes when sshd has ended, wanted or not.</summary>
    public Task Ended => ended;

    public int ProcessId => server!.Id;

    /// <summary>Returns when sshd answers.</summary>
    /// <exception cref="InvalidOperationException">It cannot start; the message is one line.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await EndLeftoverAsync(cancellationToken);
        await MakeKeyAsync(files.HostKey, "tracker-host", cancellationToken);
        await MakeKeyAsync(files.ClientKey, "certhelper", cancellationToken);
        File.Copy(files.ClientKey + ".pub", files.AuthorizedKeys, overwrite: true);
        // As root, sshd insists on this folder; a service manager would make it.
        if (Environment.IsPrivilegedProcess && OperatingSystem.IsLinux()) Directory.CreateDirectory("/run/sshd");
        await ConfigureAsync(cancellationToken);

        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var finished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ended = finished.Task;
        // sshd is told to end with the thread that started it, so that thread lives as long as sshd.
        new Thread(() => Live(started, finished)) { IsBackground = true, Name = "sshd" }.Start();
        await started.Task.WaitAsync(cancellationToken);
        await BecomeReadyAsync(cancellationToken);
    }

    /// <summary>Ends sshd, its sessions, and whatever they have started, also what left its session.</summary>
    public async ValueTask DisposeAsync()
    {
        if (server is null) return;
        var sessions = HostProcesses.DescendantsOf(server.Id);
        if (!ended.IsCompleted)
        {
            HostProcesses.Terminate(server.Id);
            try
            {
                await ended.WaitAsync(StopLimit);
            }
            catch (TimeoutException)
            {
                HostProcesses.Kill([server.Id]);
                await ended;
            }
        }

        HostProcesses.Kill(sessions);
        HostProcesses.Kill(HostProcesses.With(files.Marker));
        server.Dispose();
    }

    private void Live(TaskCompletionSource started, TaskCompletionSource finished)
    {
        try
        {
            string[] command = [options.Server!, "-D", "-e", "-f", files.Configuration];
            if (File.Exists("/usr/bin/setpriv")) command = ["/usr/bin/setpriv", "--pdeathsig", "TERM", "--", .. command];
            server = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardInput = true })!;
            server.StandardInput.Close();
            server.ErrorDataReceived += (_, line) =>
            {
                if (line.Data is not { Length: > 0 } text) return;
                log.WriteLine(text);
                if (text.StartsWith("Server listening on ", StringComparison.Ordinal)) listening.TrySetResult();
            };
            server.BeginErrorReadLine();
            started.SetResult();
            // Without a limit it would wait for the end of the log too, and sessions that outlive sshd hold that open.
            while (!server.WaitForExit(int.MaxValue))
            {
            }
        }
        catch (Exception exception)
        {
            started.TrySetException(new InvalidOperationException($"sshd cannot be started: {exception.Message}", exception));
        }
        finally
        {
            finished.SetResult();
        }
    }

    private async Task BecomeReadyAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        // By its own word: a look at the port would be an interrupted sign-in to it.
        var first = await Task.WhenAny(listening.Task, ended, Task.Delay(Timeout.Infinite, limit.Token));
        cancellationToken.ThrowIfCancellationRequested();
        if (first == listening.Task) return;
        throw new InvalidOperationException(first == ended
            ? "sshd ended at once; its own words are above."
            : $"sshd does not listen on port {options.Port} after {StartLimit.TotalSeconds:0} s.");
    }

    private async Task ConfigureAsync(CancellationToken cancellationToken)
    {
        foreach (var withPenalties in new[] { true, false })
        {
            files.WriteConfiguration(withPenalties);
            var (exitCode, errors) = await HostProcesses.RunAsync(options.Server!, ["-t", "-f", files.Configuration], cancellationToken);
            if (exitCode == 0) return;
            if (!withPenalties) throw new InvalidOperationException($"sshd does not take its configuration: {errors.ReplaceLineEndings(" ")}");
        }
    }

    private static async Task MakeKeyAsync(string path, string comment, CancellationToken cancellationToken)
    {
        if (File.Exists(path) && File.Exists(path + ".pub")) return;
        File.Delete(path);
        var (exitCode, errors) = await HostProcesses.RunAsync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", path], cancellationToken);
        if (exitCode != 0) throw new InvalidOperationException($"ssh-keygen could not make {path}: {errors.ReplaceLineEndings(" ")}");
    }

    /// <summary>
    /// One that a killed stand-in left behind still has the port. It is told to end with the stand-in, too, but would take our
    /// file with its number along when it goes late.
    /// </summary>
    private async Task EndLeftoverAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(files.PidFile) || !int.TryParse(await File.ReadAllTextAsync(files.PidFile, cancellationToken), out var left)) return;
        if (!HostProcesses.HasArgument(left, files.Configuration)) return;
        HostProcesses.Terminate(left);
        for (var waited = TimeSpan.Zero; HostProcesses.HasArgument(left, files.Configuration); waited += Pause)
        {
            if (waited >= StopLimit) HostProcesses.Kill([left]);
            await Task.Delay(Pause, cancellationToken);
        }
    }
}
