using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace Certhelper.Core.Reports;

/// <summary>HTML: a part of a page, or a page of its own that can be kept and mailed. Everything that comes from data is encoded.</summary>
public static partial class HtmlText
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);

    private const string Style = """
        body{font:15px/1.45 system-ui,"Liberation Sans",Arial,sans-serif;color:#161b24;max-width:70rem;margin:2rem auto;padding:0 1rem}
        table{border-collapse:collapse;margin:.6rem 0;font-size:14px}caption{text-align:left;color:#4d5766;padding:.2rem 0}
        th,td{border:1px solid #dcdfe5;padding:.25rem .6rem;text-align:left;vertical-align:top}.num{text-align:right;font-variant-numeric:tabular-nums}
        .report-good,.run-good{color:#0b6b4b;font-weight:600}.report-bad,.run-bad{color:#b3231b;font-weight:600}.run-out{color:#545d6b}
        .chart{max-width:46rem}.note{white-space:pre-wrap}
        """;

    /// <summary>A page of its own.</summary>
    public static string Page(ReportDocument document)
    {
        var text = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>");
        text.Append(Safe($"{document.Title}, {document.Subtitle}")).Append("</title><style>").Append(Style).Append("</style></head><body>\n<h1>");
        text.Append(Safe(document.Title)).Append("</h1>\n<p>").Append(Safe(document.Subtitle)).Append("</p>\n");
        text.Append(Fragment(document)).Append("</body></html>\n");
        return text.ToString();
    }

    /// <summary>What stands below the title: sections with <c>h2</c> and the ids of their keys.</summary>
    public static string Fragment(ReportDocument document)
    {
        var text = new StringBuilder();
        text.Append("<ul class=\"report-lines\">");
        foreach (var line in document.Lines) text.Append("<li><span>").Append(Safe(line.Label)).Append(":</span> ").Append(Safe(line.Text)).Append("</li>");
        text.Append("</ul>\n");
        foreach (var section in document.Sections)
        {
            text.Append("<section id=\"").Append(Safe(section.Key)).Append("\" aria-labelledby=\"").Append(Safe(section.Key)).Append("-title\"><h2 id=\"")
                .Append(Safe(section.Key)).Append("-title\">").Append(Safe(section.Title)).Append("</h2>\n");
            foreach (var block in section.Blocks) Write(text, block);
            text.Append("</section>\n");
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, ReportBlock block)
    {
        switch (block)
        {
            case Heading heading:
                text.Append("<h3>").Append(Safe(heading.Text)).Append("</h3>\n");
                break;
            case Paragraph paragraph:
                text.Append("<p>").Append(Safe(paragraph.Text)).Append("</p>\n");
                break;
            case Lines lines:
                text.Append("<ul>").AppendJoin("", lines.Texts.Select(line => $"<li>{Safe(line)}</li>")).Append("</ul>\n");
                break;
            case Bullets bullets:
                Write(text, bullets.Items);
                break;
            case RunLine runs:
                text.Append("<p class=\"run-line\"><span>").Append(Safe(runs.Label)).Append(":</span> ").Append(Runs(runs.Runs)).Append("</p>\n");
                break;
            case Note { Label: null, Text: null or "" }:
                text.Append("<p class=\"quiet\">–</p>\n");
                break;
            case Note note:
                text.Append("<p class=\"note\">");
                if (note.Label is { } label) text.Append("<strong>").Append(Safe(label)).Append(":</strong> ");
                text.Append(string.IsNullOrEmpty(note.Text) ? "–" : Linked(note.Text)).Append("</p>\n");
                break;
            case ReportTable table:
                Write(text, table);
                break;
            case ReportChart chart:
                text.Append("<figure class=\"chart\"><figcaption>").Append(Safe(chart.Title)).Append(chart.Unit.Length > 0 ? $", {Safe(chart.Unit)}" : "")
                    .Append("</figcaption>").Append(ChartSvg.Render(chart, forPage: true)).Append("</figure>\n");
                break;
        }
    }

    private static void Write(StringBuilder text, IReadOnlyList<BulletItem> items)
    {
        text.Append("<ul>");
        foreach (var item in items)
        {
            text.Append("<li>").Append(Linked(item.Text));
            foreach (var (label, mark, runs) in CellText.Groups(item.Runs ?? []))
                text.Append(" <span class=\"").Append(Css(mark)).Append("\">").Append(label).Append(": ").Append(runs).Append("</span>");
            if (item.Items is { Count: > 0 } below) Write(text, below);
            text.Append("</li>");
        }

        text.Append("</ul>\n");
    }

    private static void Write(StringBuilder text, ReportTable table)
    {
        if (table.Rows.Count == 0)
        {
            text.Append("<p class=\"quiet\">None.</p>\n");
            return;
        }

        text.Append("<div class=\"table-scroll\" tabindex=\"0\" role=\"group\" aria-label=\"").Append(Safe(table.Caption)).Append("\"><table class=\"grid\" data-table=\"").Append(Safe(table.Name))
            .Append("\"><caption class=\"visually-hidden\">").Append(Safe(table.Caption)).Append("</caption><thead><tr>");
        foreach (var column in table.Columns) text.Append("<th scope=\"col\"").Append(Number(column)).Append('>').Append(Safe(column.Head)).Append("</th>");
        text.Append("</tr></thead><tbody>\n");
        foreach (var row in table.Rows)
        {
            text.Append("<tr>");
            for (var at = 0; at < row.Count; at++)
            {
                var (column, tag) = (table.Columns[at], at == 0 ? "th" : "td");
                text.Append('<').Append(tag).Append(at == 0 ? " scope=\"row\"" : "").Append(Number(column, row[at] is RunsCell)).Append(" data-head=\"").Append(Safe(column.Head)).Append("\">")
                    .Append(Cell(row[at])).Append("</").Append(tag).Append('>');
            }

            text.Append("</tr>\n");
        }

        text.Append("</tbody></table></div>\n");
    }

    private static string Number(ReportColumn column, bool wide = false) => wide ? " class=\"wide-cell\"" : column.IsNumber ? " class=\"num\"" : "";

    private static string Cell(ReportCell cell) => cell switch
    {
        RunsCell runs => string.Join("<br>", CellText.Groups(runs).Select(group =>
            $"<span class=\"{Css(group.Mark)}\">{(group.Label is null ? "" : group.Label + ": ")}{group.Runs}</span>")),
        MarkCell mark => $"<span class=\"report-{mark.Mark.ToString().ToLowerInvariant()}\">{Safe(mark.Text)}</span>",
        TextCell text => $"<span class=\"text-prewrap\">{Safe(text.Text ?? "")}</span>",
        _ => Safe(CellText.Of(cell)),
    };

    private static string Runs(IReadOnlyList<MarkedRun> runs) => string.Join(' ', runs.Select(run =>
        $"<span class=\"{Css(run.Mark)}\">{CellText.Number(run)}</span>"));

    private static string Css(RunMark mark) => mark switch
    {
        RunMark.Good => "run-good",
        RunMark.Bad => "run-bad",
        RunMark.NotCertified => "run-out",
        RunMark.None => "run-plain",
    };

    private static string Safe(string words) => Encoder.Encode(words);

    /// <summary>Encoded, with addresses as links.</summary>
    private static string Linked(string words)
    {
        var text = new StringBuilder();
        var from = 0;
        foreach (Match match in Address().Matches(words))
        {
            text.Append(Safe(words[from..match.Index])).Append(CultureInfo.InvariantCulture, $"<a href=\"{Safe(match.Value)}\">{Safe(match.Value)}</a>");
            from = match.Index + match.Length;
        }

        return text.Append(Safe(words[from..])).ToString();
    }

    [GeneratedRegex(@"https?://[^\s<>""']+|(?<=\()/reports/\d+(?=\))")]
    private static partial Regex Address();
}
