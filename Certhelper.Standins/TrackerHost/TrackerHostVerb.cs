using System.Runtime.InteropServices;

namespace Certhelper.Standins.TrackerHost;

/// <summary>The verb <c>host</c>: plays the CERN host on which the remote scripts are.</summary>
internal static class TrackerHostVerb
{
    public const string Missing = "OpenSSH server is missing: remote scripts cannot be tried here (apt-get install openssh-server)";

    /// <summary>Runs until told to stop, or until sshd ends by itself, which is an error.</summary>
    public static async Task<int> RunAsync(TextWriter output)
    {
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        var log = TextWriter.Synchronized(output);
        try
        {
            return await RunAsync(TrackerHostOptions.Read(Environment.GetEnvironmentVariable), log, stop.Token);
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The tracker host cannot start: {exception.Message}");
            return 1;
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task<int> RunAsync(TrackerHostOptions options, TextWriter log, CancellationToken stop)
    {
        Directory.CreateDirectory(options.Folder);
        var files = new TrackerHostFiles(options);
        files.WriteScripts();
        if (options.Server is null)
        {
            await log.WriteLineAsync(Missing);
            await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 0;
        }

        await using var server = new SshServer(options, files, log);
        try
        {
            await server.StartAsync(stop);
            await log.WriteLineAsync(FormattableString.Invariant($"sshd listens; try: ssh -i {files.ClientKey} -p {options.Port} {Environment.UserName}@127.0.0.1"));
            await server.Ended.WaitAsync(stop);
            await Console.Error.WriteLineAsync("sshd has ended by itself.");
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }
}
