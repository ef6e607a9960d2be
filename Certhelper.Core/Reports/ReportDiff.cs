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

/// <summary>Compares two revisions by their plain text.</summary>
public static class ReportDiff
{
    private const int Around = 2;

    /// <summary>What changed, with two lines around each change; empty when nothing did.</summary>
    public static IReadOnlyList<DiffLine> Between(ReportDocument earlier, ReportDocument later)
    {
        var lines = new InlineDiffBuilder(new Differ()).BuildDiffModel(PlainText.Render(earlier), PlainText.Render(later)).Lines;
        var near = new bool[lines.Count];
        for (var at = 0; at < lines.Count; at++)
        {
            if (lines[at].Type == ChangeType.Unchanged) continue;
            for (var by = Math.Max(0, at - Around); by <= Math.Min(lines.Count - 1, at + Around); by++) near[by] = true;
        }

        List<DiffLine> shown = [];
        for (var at = 0; at < lines.Count; at++)
        {
            if (near[at]) shown.Add(new DiffLine(Kind(lines[at].Type), lines[at].Text));
            else if (shown.Count > 0 && shown[^1].Kind != DiffKind.Skipped) shown.Add(new DiffLine(DiffKind.Skipped, "…"));
        }

        if (shown is [.., { Kind: DiffKind.Skipped }]) shown.RemoveAt(shown.Count - 1);
        return shown;
    }

    private static DiffKind Kind(ChangeType type) => type switch
    {
        ChangeType.Inserted => DiffKind.Added,
        ChangeType.Deleted => DiffKind.Removed,
        ChangeType.Unchanged or ChangeType.Imaginary or ChangeType.Modified => DiffKind.Same,
    };
}
