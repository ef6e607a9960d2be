using System.Text;

namespace Certhelper.Core.Reports;

/// <summary>A table as a grid of ASCII signs, with a rule after every row, as the ELOG has had it for years.</summary>
internal static class PlainTable
{
    /// <summary>Lists of runs are wrapped here, characters.</summary>
    private const int RunsWidth = 60;

    public static void Write(StringBuilder text, ReportTable table)
    {
        if (table.Rows.Count == 0)
        {
            text.Append("(none)\n");
            return;
        }

        List<IReadOnlyList<IReadOnlyList<string>>> rows = [[.. table.Columns.Select(column => (IReadOnlyList<string>)[column.Head.Plain()])]];
        foreach (var row in table.Rows) rows.Add([.. row.Select((cell, at) => Lines(cell, table.Columns[at]))]);
        int[] widths = [.. table.Columns.Select((_, at) => rows.Max(row => row[at].Max(line => line.Length)))];
        var rule = "+" + string.Concat(widths.Select(width => new string('-', width + 2) + "+")) + "\n";
        text.Append(rule);
        foreach (var row in rows)
        {
            for (var line = 0; line < row.Max(cell => cell.Count); line++)
            {
                text.Append('|');
                for (var at = 0; at < widths.Length; at++)
                    text.Append(' ').Append((line < row[at].Count ? row[at][line] : "").PadRight(widths[at])).Append(" |");
                text.Append('\n');
            }

            text.Append(rule);
        }
    }

    private static List<string> Lines(ReportCell cell, ReportColumn column)
    {
        // What people typed stays as it is; the words of the report itself become ASCII.
        var words = cell is TextCell ? CellText.Of(cell, ascii: true) : CellText.Of(cell, ascii: true).Plain();
        var width = column.PlainWidth ?? (cell is RunsCell ? RunsWidth : int.MaxValue);
        List<string> lines = [.. words.Replace("\r", "", StringComparison.Ordinal).Split('\n').SelectMany(line => TextWrap.Words(line, width))];
        return lines.Count == 0 ? [""] : lines;
    }
}

/// <summary>Breaks text at spaces.</summary>
internal static class TextWrap
{
    /// <summary>Lines of at most so many characters; a word that is longer is cut, but for addresses, which stay whole.</summary>
    public static IReadOnlyList<string> Words(string text, int width)
    {
        if (text.Length <= width) return [text];
        List<string> lines = [];
        var line = new StringBuilder();
        foreach (var given in text.Split(' '))
        {
            var word = given;
            if (line.Length > 0 && line.Length + 1 + word.Length <= width)
            {
                line.Append(' ').Append(word);
                continue;
            }

            if (line.Length > 0) lines.Add(line.ToString());
            line.Clear();
            while (word.Length > width && !word.Contains("://", StringComparison.Ordinal))
            {
                lines.Add(word[..width]);
                word = word[width..];
            }

            line.Append(word);
        }

        if (line.Length > 0) lines.Add(line.ToString());
        return lines;
    }
}
