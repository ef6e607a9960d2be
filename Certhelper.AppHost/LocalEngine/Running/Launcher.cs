using System.Collections.Concurrent;
using System.Diagnostics;

namespace Certhelper.AppHost.LocalEngine;

/// <summary>
/// Starts processes in groups of their own, so that Ctrl-C reaches only the engine, which then stops them in order. On
/// Linux each child is told to die with its parent; the kernel means the thread that started it, so one thread that lives
/// as long as the engine starts all.
/// </summary>
internal sealed class Launcher : IDisposable
{
    private static readonly bool HasSessions = IsOnPath("setsid");
    private static readonly bool HasDeathSignals = OperatingSystem.IsLinux() && IsOnPath("setpriv");

    private readonly BlockingCollection<Action> work = [];

    public Launcher() => new Thread(() =>
    {
        foreach (var start in work.GetConsumingEnumerable()) start();
    })
    {
        IsBackground = true,
        Name = "Launcher",
    }.Start();

    /// <summary>Starts the command with output and errors redirected.</summary>
    /// <param name="deathSignal">Name of the signal that the process gets when the engine dies.</param>
    public Task<Process> StartAsync(ProcessStartInfo command, string deathSignal)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        var info = Detached(command, deathSignal);
        work.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(info)!);
            }
            catch (Exception exception)
            {
                started.SetException(exception);
            }
        });
        return started.Task;
    }

    public void Dispose() => work.CompleteAdding();

    private static ProcessStartInfo Detached(ProcessStartInfo command, string deathSignal)
    {
        List<string> words = [command.FileName, .. command.ArgumentList];
        if (HasDeathSignals)
        {
            // A change of user clears the wish, so it is made after the wrapper that changes the user.
            var program = command.FileName is "setpriv" or "unshare" ? words.IndexOf("--") + 1 : 0;
            words.InsertRange(program, ["setpriv", "--pdeathsig", deathSignal, "--"]);
        }

        if (HasSessions) words.Insert(0, "setsid");
        var detached = new ProcessStartInfo(words[0], words[1..])
        {
            WorkingDirectory = command.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in command.Environment) detached.Environment[name] = value;
        return detached;
    }

    public static bool IsOnPath(string program) =>
        !OperatingSystem.IsWindows()
        && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
