using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Certhelper.AppHost.LocalEngine;

/// <summary>Asks a process to stop, which .NET itself cannot, or ends it with all that it has started.</summary>
internal static partial class Signals
{
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int Kill = 9;
    public const int Terminate = 15;

    public static void Send(Process process, int signal) => IfRunning(process, () =>
    {
        if (OperatingSystem.IsWindows()) process.Kill(entireProcessTree: true);
        else _ = SendTo(process.Id, signal);
    });

    /// <summary>Ends the process and the group that it leads, orphans of its children included.</summary>
    public static void KillGroup(Process process) => IfRunning(process, () =>
    {
        // Without a group of its own (no setsid on this system) the first call finds nothing to do.
        if (!OperatingSystem.IsWindows()) _ = SendTo(-process.Id, Kill);
        process.Kill(entireProcessTree: true);
    });

    private static void IfRunning(Process process, Action act)
    {
        try
        {
            if (!process.HasExited) act();
        }
        catch (InvalidOperationException)
        {
            // It ended in this moment.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendTo(int process, int signal);
}
