using System.ComponentModel;
using System.Diagnostics;

namespace Certhelper.AppHost.LocalEngine;

/// <summary>Runs short commands to their end.</summary>
internal static class Commands
{
    /// <summary>Exit code and all output; 127 when the program does not exist, as a shell would say.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(ProcessStartInfo command, CancellationToken cancellationToken)
    {
        command.RedirectStandardOutput = true;
        command.RedirectStandardError = true;
        Process? process;
        try
        {
            process = Process.Start(command);
        }
        catch (Win32Exception exception)
        {
            return (127, exception.Message);
        }

        using (process)
        {
            var output = process!.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output + await errors);
        }
    }
}
