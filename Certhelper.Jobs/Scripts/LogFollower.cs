using System.Diagnostics;
using System.Text.RegularExpressions;
using Certhelper.Core.Metrics;
using Certhelper.Core.Scripts;

namespace Certhelper.Jobs.Scripts;

/// <summary>Carries the output of a command from its host into numbered lines, from wherever the last worker came to.</summary>
internal sealed class LogFollower
{
    /// <summary>Bytes that are read before lines are kept: the more at once, the cheaper.</summary>
    private const int Portion = 256 * 1024;

    /// <summary>Tail that is shown.</summary>
    private const int LongestTail = 2_000;

    private readonly ExecutionBook book;
    private readonly Ticket ticket;
    private readonly IReadOnlyList<string> secrets;
    private readonly Regex? mark;
    private readonly long limit;
    private readonly long startOffset;
    private readonly LineCutter cutter = new();
    private readonly byte[] buffer = new byte[Portion];
    private long lastLine;
    private long read;
    private LogReading reading;

    public LogFollower(ExecutionBook book, Ticket ticket, Execution execution, IReadOnlyList<string> secrets)
    {
        var definition = execution.ScriptVersion!.Definition;
        (this.book, this.ticket, this.secrets) = (book, ticket, secrets);
        mark = definition.Success.Pattern.Length > 0 ? Patterns.Compile(definition.Success.Pattern) : null;
        limit = definition.OutputLimitMegabytes * 1024L * 1024;
        (startOffset, lastLine) = (execution.LogOffset, execution.LastLine);
        reading = new LogReading(execution.LogOffset, execution.OutputBytes, execution.Tail, execution.Percent, execution.PatternFound, execution.Truncated);
    }

    /// <summary>Where to begin in the remote file.</summary>
    public long StartOffset => startOffset;

    public bool PatternFound => reading.PatternFound;

    public bool Truncated => reading.Truncated;

    /// <summary>Takes over what has been added to the file.</summary>
    /// <returns>Whether there was anything.</returns>
    public async Task<bool> TakeAsync(HostFile file, CancellationToken cancellationToken)
    {
        var filled = 0;
        long arrivedAt = 0;
        while (filled < buffer.Length)
        {
            var got = await file.ReadAsync(buffer.AsMemory(filled), cancellationToken);
            if (got == 0) break;
            if (filled == 0) arrivedAt = Stopwatch.GetTimestamp();
            filled += got;
        }

        if (filled == 0) return false;
        read += filled;
        await KeepAsync(cutter.Feed(buffer.AsSpan(0, filled)), cancellationToken);
        Measures.TimeLines(Stopwatch.GetElapsedTime(arrivedAt));
        return true;
    }

    /// <summary>The command has ended: what has no line break becomes the last line.</summary>
    public Task FinishAsync(CancellationToken cancellationToken) => KeepAsync(cutter.Finish(), cancellationToken);

    private async Task KeepAsync(IReadOnlyList<CutLine> cut, CancellationToken cancellationToken)
    {
        var (percent, found) = (reading.Percent, reading.PatternFound);
        List<CutLine> lines = new(cut.Count);
        var offset = startOffset + cutter.Consumed;
        var truncated = reading.Truncated || offset > limit;
        foreach (var line in cut)
        {
            found = found || (mark is not null && OutputReading.Finds(mark, line.Text));
            if (!truncated) lines.Add(line with { Text = OutputReading.Mask(line.Text, secrets) });
        }

        // Progress is what was said last; looking at the end of a batch is enough.
        var tail = cutter.Tail;
        percent = OutputReading.Percent(tail) ?? cut.Reverse().Take(50).Select(line => OutputReading.Percent(line.Text)).FirstOrDefault(value => value is not null) ?? percent;
        var shownTail = tail.Length == 0 ? null : OutputReading.Mask(tail.Length > LongestTail ? tail[^LongestTail..] : tail, secrets);
        reading = new LogReading(offset, startOffset + read, truncated ? null : shownTail, percent, found, truncated);
        await book.AppendAsync(ticket, lastLine + 1, lines, reading, cancellationToken);
        lastLine += lines.Count;
    }
}
