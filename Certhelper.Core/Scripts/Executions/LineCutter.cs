using System.Text;

namespace Certhelper.Core.Scripts;

/// <summary>A line cut from output.</summary>
/// <param name="Text">Without its line break.</param>
/// <param name="Ends">Whether a line break followed.</param>
public sealed record CutLine(string Text, bool Ends);

/// <summary>
/// Cuts bytes into lines, wherever the portions begin and end. A line that never ends is cut after <see cref="Longest"/>
/// bytes. Invalid UTF-8 becomes U+FFFD, and NUL, which PostgreSQL cannot hold, the picture of it (U+2400).
/// </summary>
public sealed class LineCutter
{
    /// <summary>Bytes after which a line is cut.</summary>
    public const int Longest = 32 * 1024;

    private readonly byte[] rest = new byte[Longest];
    private int restLength;

    /// <summary>Bytes that are in lines handed out so far.</summary>
    public long Consumed { get; private set; }

    /// <summary>What follows the last line break.</summary>
    public string Tail => Decode(rest.AsSpan(0, restLength));

    /// <summary>Takes a portion, and hands out the lines that it completes.</summary>
    public IReadOnlyList<CutLine> Feed(ReadOnlySpan<byte> portion)
    {
        List<CutLine> lines = [];
        while (portion.Length > 0)
        {
            var end = portion.IndexOf((byte)'\n');
            var piece = end < 0 ? portion : portion[..end];
            // What does not fit any more is handed out as a part of a line.
            while (restLength + piece.Length > Longest)
            {
                var room = Longest - restLength;
                piece[..room].CopyTo(rest.AsSpan(restLength));
                restLength = Longest;
                piece = piece[room..];
                HandOutPart(lines);
            }

            piece.CopyTo(rest.AsSpan(restLength));
            restLength += piece.Length;
            if (end < 0) break;
            lines.Add(new CutLine(Tail, true));
            Consumed += restLength + 1;
            restLength = 0;
            portion = portion[(end + 1)..];
        }

        return lines;
    }

    /// <summary>The output is over: hands out what has no line break.</summary>
    public IReadOnlyList<CutLine> Finish()
    {
        if (restLength == 0) return [];
        var last = new CutLine(Tail, false);
        Consumed += restLength;
        restLength = 0;
        return [last];
    }

    private void HandOutPart(List<CutLine> lines)
    {
        // Not in the middle of a character: at most three bytes of one can be at the end.
        var cut = restLength;
        for (var back = 1; back <= 3; back++)
        {
            var value = rest[restLength - back];
            if ((value & 0xC0) == 0x80) continue;
            var length = value >= 0xF0 ? 4 : value >= 0xE0 ? 3 : value >= 0xC0 ? 2 : 1;
            if (length > back) cut = restLength - back;
            break;
        }

        lines.Add(new CutLine(Decode(rest.AsSpan(0, cut)), false));
        Consumed += cut;
        rest.AsSpan(cut, restLength - cut).CopyTo(rest);
        restLength -= cut;
    }

    private static string Decode(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes).Replace('\0', '\u2400');
}
