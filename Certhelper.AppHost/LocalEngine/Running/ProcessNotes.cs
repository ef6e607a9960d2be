using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Certhelper.AppHost.LocalEngine;

/// <summary>
/// One small file for each started process, so that a start after a killed engine finds what that one left behind. A
/// process is known by its number and the time at which it began, because numbers are used again.
/// </summary>
internal sealed class ProcessNotes(string folder)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public void Write(string name, Process process)
    {
        Directory.CreateDirectory(folder);
        try
        {
            var note = string.Create(CultureInfo.InvariantCulture, $"{process.Id} {process.StartTime.ToUniversalTime().Ticks}");
            // Whole or not at all: an engine that is killed in between leaves the note that was there.
            var draft = PathOf(name) + ".new";
            File.WriteAllText(draft, note);
            File.Move(draft, PathOf(name), overwrite: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It has ended already and leaves nothing behind.
        }
    }

    public void Remove(string name)
    {
        if (Directory.Exists(folder)) File.Delete(PathOf(name));
    }

    /// <summary>Ends what an earlier engine left running, and says what that was.</summary>
    public async Task<IReadOnlyList<string>> EndLeftoversAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder)) return [];
        var ended = new List<string>();
        foreach (var note in Directory.EnumerateFiles(folder))
        {
            using var process = Find(File.ReadAllText(note));
            if (process is not null)
            {
                ended.Add(Path.GetFileName(note));
                // SIGQUIT: PostgreSQL stops at once and recovers at the next start, .NET stops in order.
                Signals.Send(process, Signals.Quit);
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                limit.CancelAfter(Grace);
                await process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!process.HasExited) Signals.KillGroup(process);
            }

            File.Delete(note);
        }

        return ended;
    }

    private static Process? Find(string note)
    {
        var parts = note.Split(' ');
        if (parts.Length != 2
            || !int.TryParse(parts[0], CultureInfo.InvariantCulture, out var id)
            || !long.TryParse(parts[1], CultureInfo.InvariantCulture, out var began)) return null;
        try
        {
            var process = Process.GetProcessById(id);
            // Two readings of one start differ by the rounding of the system's clock.
            if (Math.Abs(process.StartTime.ToUniversalTime().Ticks - began) < TimeSpan.TicksPerSecond) return process;
            process.Dispose();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended.
        }

        return null;
    }

    private string PathOf(string name) => Path.Combine(folder, name);
}
