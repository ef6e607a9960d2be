using System.Diagnostics;
using System.Globalization;

namespace Certhelper.Tests.AppHost;

/// <summary>The processes that an engine has started, by its own notes.</summary>
internal static class Processes
{
    /// <summary>The number of the process; 0 while there is none.</summary>
    public static int IdOf(string dataFolder, string name)
    {
        var note = Path.Combine(dataFolder, "processes", name);
        return File.Exists(note) ? int.Parse(File.ReadAllText(note).Split(' ')[0], CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>As <c>kill -9</c>: only this process, without asking.</summary>
    public static async Task KillAsync(int id)
    {
        // Number 0 would be this process and all that it has started.
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(id);
        using var process = Process.GetProcessById(id);
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public static bool IsRunning(int id)
    {
        // Ended, but its parent has not asked how: no process any more.
        if (OperatingSystem.IsLinux() && (!File.Exists($"/proc/{id}/stat") || File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal))) return false;
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Looks again and again until it is so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo, TimeSpan limit, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!await isSo())
        {
            if (clock.Elapsed > limit) Assert.Fail($"Not within {limit.TotalSeconds:0} s: {what}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
