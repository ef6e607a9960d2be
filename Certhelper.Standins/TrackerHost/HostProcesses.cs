using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Certhelper.Standins.TrackerHost;

/// <summary>Processes of this machine that belong to the host.</summary>
internal static partial class HostProcesses
{
    private const int SignalTerminate = 15;
    private const int SignalKill = 9;

    public static void Terminate(int process) => _ = SendTo(process, SignalTerminate);

    public static void Kill(IEnumerable<int> processes)
    {
        foreach (var process in processes) _ = SendTo(process, SignalKill);
    }

    /// <summary>All that a process has started, and they in turn.</summary>
    public static HashSet<int> DescendantsOf(int ancestor)
    {
        var parents = All().Select(process => (process, Parent: ParentOf(process))).ToList();
        HashSet<int> found = [ancestor];
        while (parents.RemoveAll(entry => found.Contains(entry.Parent) && found.Add(entry.process)) > 0)
        {
        }

        found.Remove(ancestor);
        return found;
    }

    /// <summary>Those with the variable (as <c>NAME=value</c>) in their environment, whoever their parent is.</summary>
    public static IEnumerable<int> With(string variable)
    {
        var wanted = Encoding.UTF8.GetBytes(variable + "\0");
        return All().Where(process => process != Environment.ProcessId && Read(process, "environ").AsSpan().IndexOf(wanted) >= 0);
    }

    public static bool HasArgument(int process, string argument) =>
        Encoding.UTF8.GetString(Read(process, "cmdline")).Contains(argument, StringComparison.Ordinal);

    private static List<int> All() => !Directory.Exists("/proc") ? [] : Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var process) ? process : 0)
        .Where(process => process > 0).ToList();

    private static int ParentOf(int process)
    {
        // "pid (name) state parent …"; the name may hold anything, also brackets.
        var stat = Encoding.UTF8.GetString(Read(process, "stat"));
        var words = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 ? int.Parse(words[1], CultureInfo.InvariantCulture) : 0;
    }

    private static byte[] Read(int process, string name)
    {
        try
        {
            return File.ReadAllBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/{name}"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended, or it is somebody else's.
            return [];
        }
    }

    /// <summary>A short command to its end.</summary>
    public static async Task<(int ExitCode, string Errors)> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardInput = true })!;
        process.StandardInput.Close();
        var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, errors.Trim());
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendTo(int process, int signal);
}
