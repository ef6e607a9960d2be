namespace Certhelper.AppHost.LocalEngine;

/// <summary>The last lines that a process wrote.</summary>
internal sealed class LogRing(int capacity = 20)
{
    private const string StartupError = "Certhelper cannot start: ";

    private readonly Queue<string> lines = new(capacity);

    public void Add(string line)
    {
        lock (lines)
        {
            if (lines.Count == capacity) lines.Dequeue();
            lines.Enqueue(line);
        }
    }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (lines) return [.. lines];
        }
    }

    public void Clear()
    {
        lock (lines) lines.Clear();
    }

    /// <summary>What the process itself says about why it does not start, without the words that all of them begin with.</summary>
    public string? StartupErrorLine => Lines
        .LastOrDefault(line => line.StartsWith(StartupError, StringComparison.Ordinal))?[StartupError.Length..];

    /// <summary>The line that says most about the end of the process: its own words, else the exception, else the last one.</summary>
    public string? TellingLine =>
        StartupErrorLine
        ?? Lines.LastOrDefault(line => line.StartsWith("Unhandled exception", StringComparison.Ordinal))
        ?? Lines.LastOrDefault(line => !string.IsNullOrWhiteSpace(line));
}
