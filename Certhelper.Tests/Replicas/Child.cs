using System.Diagnostics;
using System.Globalization;
using Certhelper.Tests.Standins;

namespace Certhelper.Tests.Replicas;

/// <summary>A process of the house, with what it says kept in a file.</summary>
internal sealed class Child : IDisposable
{
    private readonly StreamWriter log;

    private Child(Process process, StreamWriter log) => (Process, this.log) = (process, log);

    public Process Process { get; }

    public int Id => Process.Id;

    /// <param name="command">What is started; its standard input stays.</param>
    /// <param name="logFile">Where it writes; a second start adds to it.</param>
    public static Child Start(ProcessStartInfo command, string logFile)
    {
        command.RedirectStandardOutput = command.RedirectStandardError = true;
        var log = new StreamWriter(new FileStream(logFile, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
        var child = new Child(Process.Start(command)!, log);
        child.Process.OutputDataReceived += (_, line) => child.Hear(line.Data);
        child.Process.ErrorDataReceived += (_, line) => child.Hear(line.Data);
        child.Process.BeginOutputReadLine();
        child.Process.BeginErrorReadLine();
        // A run that is ended leaves nothing behind.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => child.Kill();
        return child;
    }

    public static ProcessStartInfo Dotnet(string project, params string[] arguments)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var folder = Path.Combine(own.Parent!.Parent!.FullName, project, own.Name);
        return new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(folder, project + ".dll"), .. arguments]) { WorkingDirectory = folder };
    }

    public Task SignalAsync(string signal) => TrackerHostServer.RunAsync("kill", "-" + signal, Id.ToString(CultureInfo.InvariantCulture));

    /// <summary>Asks it to end with a signal, and waits.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> EndAsync(string signal, TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        await SignalAsync(signal);
        using var stop = new CancellationTokenSource(limit);
        await Process.WaitForExitAsync(stop.Token);
        return clock.Elapsed;
    }

    public void Kill()
    {
        try
        {
            if (!Process.HasExited) Process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended in this moment, or was disposed.
        }
    }

    public void Dispose()
    {
        Kill();
        Process.WaitForExit(5_000);
        Process.Dispose();
        lock (log) log.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        lock (log)
        {
            try
            {
                log.WriteLine(line);
            }
            catch (ObjectDisposedException)
            {
                // What it says while it is being killed interests nobody.
            }
        }
    }
}
