using System.Text;

namespace Certhelper.Core.Reports;

/// <summary>Plain monospaced text for the ELOG, in ASCII but for what people typed.</summary>
public static class PlainText
{
    private const int Width = 120;

    /// <summary>The whole report; lines end with a line feed.</summary>
    public static string Render(ReportDocument document)
    {
        var text = new StringBuilder();
        if (document.Kind != ReportKind.Daily)
        {
            text.Append(document.Title).Append('\n').Append(document.Subtitle.Plain()).Append('\n');
            foreach (var line in document.Lines) text.Append($"{line.Label}: {line.Text}".TrimEnd()).Append('\n');
        }

        else
        {
            // Readers expect the first section first; that something is left out must be said before it.
            foreach (var line in document.Lines.Where(line => line.IsNarrowing)) text.Append(line.Label).Append(": ").Append(line.Text).Append('\n');
        }

        foreach (var section in document.Sections)
        {
            text.Append(section.PlainHeading ?? UsualHeading(section.Title.Plain())).Append('\n');
            for (var at = 0; at < section.Blocks.Count; at++)
            {
                Write(text, section.Blocks[at]);
                if (!section.Tight && GapAfter(section.Blocks[at], at + 1 < section.Blocks.Count ? section.Blocks[at + 1] : null)) text.Append('\n');
            }
        }

        return text.ToString();
    }

    private static string UsualHeading(string title) => new string('=', 13) + title + new string('=', Math.Max(12, 42 - 13 - title.Length));

    private static bool GapAfter(ReportBlock block, ReportBlock? next) => block switch
    {
        Heading => next is null or Heading,
        RunLine => next is not RunLine,
        Note => next is not Note,
        ReportChart => false,
        _ => true,
    };

    private static void Write(StringBuilder text, ReportBlock block)
    {
        switch (block)
        {
            case Heading heading:
                text.Append(heading.Text.Plain()).Append('\n');
                break;
            case Paragraph paragraph:
                foreach (var line in TextWrap.Words(paragraph.Text.Plain(), Width)) text.Append(line).Append('\n');
                break;
            case Lines lines:
                foreach (var line in lines.Texts) text.Append(line).Append('\n');
                break;
            case Bullets bullets:
                foreach (var item in bullets.Items) Write(text, item, 0);
                break;
            case RunLine runs:
                var label = $" {runs.Label}: ";
                Indented(text, label, string.Join(' ', runs.Runs.Select(CellText.Number)), 1);
                break;
            case Note note:
                Write(text, note);
                break;
            case ReportTable table:
                PlainTable.Write(text, table);
                break;
            case ReportChart:
                // Its numbers are in the table beside it.
                break;
        }
    }

    private static void Write(StringBuilder text, BulletItem item, int depth)
    {
        var indent = new string(' ', 2 * depth);
        Indented(text, indent + "* ", item.Text.Plain(), indent.Length + 2);
        foreach (var (label, _, runs) in CellText.Groups(item.Runs ?? [])) Indented(text, $"{indent}    {label}: ", runs, indent.Length + 4);
        foreach (var below in item.Items ?? []) Write(text, below, depth + 1);
    }

    private static void Write(StringBuilder text, Note note)
    {
        var typed = (note.Text ?? "").ReplaceLineEndings("\n").Trim('\n');
        if (note.Label is { } label)
        {
            text.Append(label).Append(':').Append(typed.Length == 0 ? "" : typed.Contains('\n', StringComparison.Ordinal) ? "\n" : " ");
            if (typed.Length == 0) text.Append('\n');
        }

        if (typed.Length == 0) return;
        foreach (var line in typed.Split('\n'))
            foreach (var part in TextWrap.Words(line, Width)) text.Append(part).Append('\n');
    }

    /// <summary>A list of runs is one line in a daily report however long it is: people and programs read it so.</summary>
    private static void Indented(StringBuilder text, string start, string words, int indent)
    {
        if (indent == 1)
        {
            text.Append(start).Append(words).Append('\n');
            return;
        }

        var lines = TextWrap.Words(words, Width - start.Length);
        for (var at = 0; at < lines.Count; at++) text.Append(at == 0 ? start : new string(' ', indent)).Append(lines[at]).Append('\n');
    }
}
