using System.Text;

namespace Certhelper.Core.Reports;

/// <summary>GitHub's Markdown. What people typed is text in it, never markup.</summary>
public static class MarkdownText
{
    private const string Special = "\\`*_{}[]<>#|~";

    /// <summary>The whole report.</summary>
    public static string Render(ReportDocument document)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(Safe(document.Title)).Append("\n\n").Append(Safe(document.Subtitle)).Append("\n\n");
        foreach (var line in document.Lines) text.Append("- **").Append(Safe(line.Label)).Append(":** ").Append(Safe(line.Text)).Append('\n');
        foreach (var section in document.Sections)
        {
            text.Append("\n## ").Append(Safe(section.Title)).Append('\n');
            foreach (var block in section.Blocks) Write(text, block);
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, ReportBlock block)
    {
        switch (block)
        {
            case Heading heading:
                text.Append("\n### ").Append(Safe(heading.Text)).Append('\n');
                break;
            case Paragraph paragraph:
                text.Append('\n').Append(Safe(paragraph.Text)).Append('\n');
                break;
            case Lines lines:
                text.Append('\n');
                foreach (var line in lines.Texts) text.Append("- ").Append(Safe(line)).Append('\n');
                break;
            case Bullets bullets:
                text.Append('\n');
                foreach (var item in bullets.Items) Write(text, item, 0);
                break;
            case RunLine runs:
                text.Append("\n**").Append(Safe(runs.Label)).Append(":** ")
                    .Append(string.Join(' ', runs.Runs.Select(CellText.Number))).Append('\n');
                break;
            case Note { Label: null, Text: null or "" }:
                break;
            case Note note:
                text.Append('\n');
                if (note.Label is { } label) text.Append("**").Append(Safe(label)).Append(":** ");
                text.Append(string.Join("  \n", (note.Text ?? "").ReplaceLineEndings("\n").Trim('\n').Split('\n').Select(Safe))).Append('\n');
                break;
            case ReportTable table:
                Write(text, table);
                break;
            case ReportChart:
                break;
        }
    }

    private static void Write(StringBuilder text, BulletItem item, int depth)
    {
        text.Append(new string(' ', 2 * depth)).Append("- ").Append(Safe(item.Text));
        foreach (var (label, _, runs) in CellText.Groups(item.Runs ?? [])) text.Append(" **").Append(label).Append(":** ").Append(runs);
        text.Append('\n');
        foreach (var below in item.Items ?? []) Write(text, below, depth + 1);
    }

    private static void Write(StringBuilder text, ReportTable table)
    {
        text.Append('\n');
        if (table.Rows.Count == 0)
        {
            text.Append("None.\n");
            return;
        }

        text.Append("| ").AppendJoin(" | ", table.Columns.Select(column => Safe(column.Head))).Append(" |\n");
        text.Append('|').AppendJoin('|', table.Columns.Select(column => column.IsNumber ? "---:" : "---")).Append("|\n");
        foreach (var row in table.Rows)
            text.Append("| ").AppendJoin(" | ", row.Select(Cell)).Append(" |\n");
    }

    private static string Cell(ReportCell cell) => cell is RunsCell runs
        ? string.Join("<br>", CellText.Groups(runs).Select(group => group.Label is null ? group.Runs : $"{group.Label}: {group.Runs}"))
        : string.Join("<br>", CellText.Of(cell).ReplaceLineEndings("\n").Split('\n').Select(Safe));

    private static string Safe(string words)
    {
        var text = new StringBuilder(words.Length);
        foreach (var sign in words)
        {
            if (Special.Contains(sign, StringComparison.Ordinal)) text.Append('\\');
            text.Append(sign);
        }

        return text.ToString();
    }
}
