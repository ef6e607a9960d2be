using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Certhelper.Core.Reports;

/// <summary>The tables of a report as CSV by RFC 4180, a file each, in one ZIP archive. Numbers are whole, luminosities in pb⁻¹.</summary>
public static class CsvTables
{
    /// <summary>The archive; one entry <c>name.csv</c> for each table.</summary>
    public static byte[] Render(ReportDocument document)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var table in document.Sections.SelectMany(section => section.Blocks.OfType<ReportTable>()))
            {
                using var entry = archive.CreateEntry(table.Name + ".csv").Open();
                entry.Write(Encoding.UTF8.GetBytes(Table(table)));
            }
        }

        return bytes.ToArray();
    }

    internal static string Table(ReportTable table)
    {
        var text = new StringBuilder();
        Row(text, table.Columns.Select((column, at) => table.Rows.Any(row => row[at] is LuminosityCell) ? $"{column.Title} (pb⁻¹)" : column.Head));
        foreach (var row in table.Rows) Row(text, row.Select(Cell));
        return text.ToString();
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Quoted)).Append("\r\n");

    // Spreadsheets take text that starts so for a formula and run it; numbers of ours may be negative.
    private static string Cell(ReportCell cell) => cell is TextCell { Text: { } typed } && (typed.TrimStart() is ['=' or '+' or '-' or '@', ..] || typed is ['\t' or '\r', ..])
        && !double.TryParse(typed, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? "'" + typed
            : CellText.Raw(cell);

    private static string Quoted(string cell) => cell.AsSpan().IndexOfAny("\",\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
