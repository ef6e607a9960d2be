using System.Text.RegularExpressions;
using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Certhelper.Core.Reports;

/// <summary>How a line of a report differs from the revision before.</summary>
public enum DiffKind
{
    Same,
    Added,
    Removed,

    /// <summary>Stands for lines that are the same and left out.</summary>
    Skipped,
}

/// <summary>A line of a comparison.</summary>
public sealed record DiffLine(DiffKind Kind, string Text);

/// <summary>Compares two revisions by their plain text. That a column of a table is wider than it was is no change.</summary>
public static partial class ReportDiff
{
    private const int Around = 2;

    /// <summary>What changed, with two lines around each change; empty when nothing did.</summary>
    public static IReadOnlyList<DiffLine> Between(ReportDocument earlier, ReportDocument later)
    {
        var (before, after) = (PlainText.Render(earlier).Split('\n'), PlainText.Render(later).Split('\n'));
        var lines = Compared(before, after);
        var near = new bool[lines.Count];
        for (var at = 0; at < lines.Count; at++)
        {
            if (lines[at].Kind == DiffKind.Same) continue;
            for (var by = Math.Max(0, at - Around); by <= Math.Min(lines.Count - 1, at + Around); by++) near[by] = true;
        }

        List<DiffLine> shown = [];
        for (var at = 0; at < lines.Count; at++)
        {
            if (near[at]) shown.Add(lines[at]);
            else if (shown.Count > 0 && shown[^1].Kind != DiffKind.Skipped) shown.Add(new DiffLine(DiffKind.Skipped, "…"));
        }

        if (shown is [.., { Kind: DiffKind.Skipped }]) shown.RemoveAt(shown.Count - 1);
        return shown;
    }

    /// <summary>Lines are compared without the widths of columns, and shown as they are.</summary>
    private static List<DiffLine> Compared(string[] before, string[] after)
    {
        var (earlier, later) = (0, 0);
        List<DiffLine> lines = [];
        foreach (var piece in new InlineDiffBuilder(new Differ()).BuildDiffModel(string.Join('\n', before.Select(Narrow)), string.Join('\n', after.Select(Narrow))).Lines)
        {
            var kind = Kind(piece.Type);
            lines.Add(new DiffLine(kind, kind == DiffKind.Removed ? before[earlier] : after[later]));
            if (kind != DiffKind.Added) earlier++;
            if (kind != DiffKind.Removed) later++;
        }

        return lines;
    }

    private static string Narrow(string line) => line.StartsWith('|') || line.StartsWith('+') ? Filling().Replace(line, "$1") : line;

    [GeneratedRegex("([ -])\\1+")]
    private static partial Regex Filling();

    private static DiffKind Kind(ChangeType type) => type switch
    {
        ChangeType.Inserted => DiffKind.Added,
        ChangeType.Deleted => DiffKind.Removed,
        ChangeType.Unchanged or ChangeType.Imaginary or ChangeType.Modified => DiffKind.Same,
    };
}
