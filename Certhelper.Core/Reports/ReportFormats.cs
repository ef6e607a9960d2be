using System.Text;

namespace Certhelper.Core.Reports;

/// <summary>A file to hand out.</summary>
/// <param name="Bytes">What is in it.</param>
/// <param name="MediaType">What it is.</param>
/// <param name="FileName">Its name.</param>
public sealed record ReportFile(byte[] Bytes, string MediaType, string FileName);

/// <summary>The formats that a report can be had in.</summary>
public static class ReportFormats
{
    /// <summary>Their names in addresses, as people look for them.</summary>
    public static IReadOnlyList<(string Extension, string Title)> All { get; } =
        [("odp", "Presentation (ODP)"), ("pdf", "PDF"), ("txt", "Plain text"), ("md", "Markdown"), ("html", "HTML"), ("csv", "Tables (CSV)")];

    /// <summary>Draws a report.</summary>
    /// <param name="document">The report with its notes.</param>
    /// <param name="extension">One of <see cref="All"/>.</param>
    /// <param name="madeAt">When the report was made.</param>
    /// <param name="author">Who made it.</param>
    /// <returns>The file; null when there is no such format.</returns>
    public static ReportFile? Render(ReportDocument document, string extension, DateTimeOffset madeAt, string author)
    {
        var name = Name(document);
        return extension switch
        {
            "odp" => new ReportFile(OdpRenderer.Render(document, madeAt, author), Odf.Presentation, name + ".odp"),
            "pdf" => new ReportFile(PdfRenderer.Render(document, madeAt, author), "application/pdf", name + ".pdf"),
            "txt" => new ReportFile(Encoding.UTF8.GetBytes(PlainText.Render(document)), "text/plain; charset=utf-8", name + ".txt"),
            "md" => new ReportFile(Encoding.UTF8.GetBytes(MarkdownText.Render(document)), "text/markdown; charset=utf-8", name + ".md"),
            "html" => new ReportFile(Encoding.UTF8.GetBytes(HtmlText.Page(document)), "text/html; charset=utf-8", name + ".html"),
            // Several tables: several files in one archive.
            "csv" => new ReportFile(CsvTables.Render(document), "application/zip", name + ".csv.zip"),
            _ => null,
        };
    }

    private static string Name(ReportDocument document) => NameOf(document) + (document.IsNarrowed ? "_filtered" : "");

    private static string NameOf(ReportDocument document) => document.Kind switch
    {
        ReportKind.Weekly => $"shiftleader_report_{PeriodWords.Iso(document.Period.From)}_{PeriodWords.Iso(document.Period.To)}",
        ReportKind.Daily => $"shift_report_{PeriodWords.Iso(document.Period.From)}",
    };
}
