using System.Globalization;
using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace Certhelper.Core.Reports;

/// <summary>
/// A report as PDF, A4 across, with numbered pages, bookmarks, text that can be searched and copied, and tags that say what is a
/// heading, a list, a table or a picture.
/// </summary>
public sealed class PdfRenderer
{
    private const double PageWidth = 842;
    private const double PageHeight = 595;
    private const double Margin = 42;
    private const double FootHeight = 22;

    private static readonly PageShape Shape = new(PageWidth - 2 * Margin, PageHeight - 2 * Margin - FootHeight, 9.5, 8.5, Palette.Paper, 500, 1);

    private readonly PdfDocument pdf;
    private readonly PdfTags tags;

    // Set for each page.
    private XGraphics graphics = null!;

    private PdfRenderer(PdfDocument pdf, ReportDocument document, DateTimeOffset madeAt, string author)
    {
        this.pdf = pdf;
        pdf.Info.Title = $"{document.Title}, {document.Subtitle}";
        pdf.Info.Author = author;
        pdf.Info.Creator = "Certhelper";
        pdf.Info.CreationDate = madeAt.UtcDateTime;
        tags = new PdfTags(pdf, "en-GB");
    }

    /// <summary>The file.</summary>
    /// <param name="document">The report with its notes.</param>
    /// <param name="madeAt">When it was made; the date of the file.</param>
    /// <param name="author">Who made it.</param>
    public static byte[] Render(ReportDocument document, DateTimeOffset madeAt, string author)
    {
        lock (ReportFonts.Turn)
        {
            using var pdf = new PdfDocument();
            new PdfRenderer(pdf, document, madeAt, author).Draw(document, PageFiller.Fill(Items(document), Shape));
            using var bytes = new MemoryStream();
            pdf.Save(bytes, closeStream: false);
            return bytes.ToArray();
        }
    }

    private void Draw(ReportDocument document, IReadOnlyList<IReadOnlyList<Placed>> pages)
    {
        for (var at = 0; at < pages.Count; at++)
        {
            var page = pdf.AddPage();
            page.Width = XUnit.FromPoint(PageWidth);
            page.Height = XUnit.FromPoint(PageHeight);
            using (graphics = XGraphics.FromPdfPage(page))
            {
                foreach (var placed in pages[at])
                {
                    if (placed is PlacedText { Of.Level: 2, IsBegin: true } title) pdf.Outlines.Add(string.Concat(title.Of.Spans.Select(span => span.Text)), page);
                    Draw(placed);
                }

                tags.EndLists();
                tags.Decoration(() => Foot(document, string.Create(CultureInfo.InvariantCulture, $"{at + 1} / {pages.Count}")));
            }
        }
    }

    private static IEnumerable<FlowItem> Items(ReportDocument document)
    {
        yield return new FlowText([new(document.Title, true, Palette.Paper.Ink)], 2, Level: 1);
        yield return new FlowText([new(document.Subtitle, false, Palette.Paper.Soft)], 1.3);
        foreach (var line in document.Lines)
            yield return new FlowText([new(line.Label + ":", true, Palette.Paper.Ink), new(" " + line.Text, false, Palette.Paper.Ink)]);
        foreach (var section in document.Sections)
        {
            yield return new FlowText([new(" ", false, Palette.Paper.Ink)], 0.5, KeepsWithNext: true);
            yield return new FlowText([new(section.Title, true, "#24368d")], 1.35, KeepsWithNext: true, Level: 2);
            var any = false;
            foreach (var item in Flow.Of(section, Palette.Paper))
            {
                any = true;
                yield return item;
            }

            if (!any) yield return new FlowText([new("–", false, Palette.Paper.Soft)]);
        }
    }

    private void Foot(ReportDocument document, string number)
    {
        var font = ReportFonts.Font(8, false);
        var y = PageHeight - Margin + 4;
        graphics.DrawString($"{document.Title}, {document.Subtitle}", font, Brush(Palette.Paper.Soft), new XPoint(Margin, y));
        graphics.DrawString(number, font, Brush(Palette.Paper.Soft), new XPoint(PageWidth - Margin - ReportFonts.Width(number, 8, false), y));
    }

    private void Draw(Placed placed)
    {
        switch (placed)
        {
            case PlacedText text:
                Draw(text);
                break;
            case PlacedTable table:
                tags.EndLists();
                Draw(table);
                break;
            case PlacedChart chart:
                tags.EndLists();
                Draw(chart);
                break;
        }
    }

    private void Draw(PlacedText text)
    {
        var size = text.Of.Size * Shape.TextSize;
        var x = Margin + Shape.Indent(text.Of.Depth);
        void Words()
        {
            for (var at = 0; at < text.Lines.Count; at++) Draw(text.Lines[at], x, Margin + text.Y + size + at * size * PageShape.LineHeight, size);
        }

        // What is only there to keep things apart says nothing.
        if (text.Lines.All(line => line.All(span => string.IsNullOrWhiteSpace(span.Text)))) return;
        if (text.Of.Depth > 0 && text.IsBegin)
        {
            tags.ListItem(
                text.Of.Depth,
                () => graphics.DrawString("•", ReportFonts.Font(size, false), Brush(Palette.Paper.Ink), new XPoint(x - size, Margin + text.Y + size)),
                Words);
            return;
        }

        tags.EndLists();
        tags.Paragraph(text.Of.Level, Words);
    }

    private void Draw(IReadOnlyList<Span> line, double x, double y, double size)
    {
        foreach (var span in line)
        {
            graphics.DrawString(span.Text, ReportFonts.Font(size, span.Bold), Brush(span.Colour), new XPoint(x, y));
            x += ReportFonts.Width(span.Text, size, span.Bold);
        }
    }

    private void Draw(PlacedTable table)
    {
        tags.Decoration(() => Rules(table));
        tags.Table(() =>
        {
            var y = Margin + table.Y;
            foreach (var row in table.Rows)
            {
                tags.Row(() => Cells(table, row, y));
                y += row.Height;
            }
        });
    }

    private void Rules(PlacedTable table)
    {
        var rule = new XPen(Colour(ReportColours.Rule), 0.5);
        var right = Margin + table.Widths.Sum();
        var y = Margin + table.Y;
        graphics.DrawLine(rule, Margin, y, right, y);
        foreach (var row in table.Rows)
        {
            if (row.IsHead) graphics.DrawRectangle(Brush(ReportColours.Head), Margin, y, right - Margin, row.Height);
            y += row.Height;
            graphics.DrawLine(rule, Margin, y, right, y);
        }
    }

    private void Cells(PlacedTable table, TableRow row, double y)
    {
        var x = Margin;
        for (var at = 0; at < row.Cells.Count; at++)
        {
            var (left, width, isNumber, lines) = (x, table.Widths[at], table.Of.Columns[at].IsNumber, row.Cells[at]);
            tags.Cell(row.IsHead, () =>
            {
                for (var line = 0; line < lines.Count; line++)
                {
                    var wide = lines[line].Sum(span => ReportFonts.Width(span.Text, Shape.TableSize, span.Bold));
                    var from = isNumber ? left + width - PageShape.CellPadding - wide : left + PageShape.CellPadding;
                    Draw(lines[line], from, y + PageShape.CellPadding / 2 + Shape.TableSize + line * Shape.TableSize * PageShape.LineHeight, Shape.TableSize);
                }
            });
            x += width;
        }
    }

    private void Draw(PlacedChart chart)
    {
        var scale = chart.Width / ChartDrawing.Width;
        XPoint At(double x, double y) => new(Margin + x * scale, Margin + chart.Y + y * scale);
        tags.Figure($"Chart: {chart.Of.Title}. A table of this report has its numbers.", new XRect(Margin, Margin + chart.Y, chart.Width, chart.Height), () =>
        {
            foreach (var stroke in ChartDrawing.Draw(chart.Of))
            {
                switch (stroke)
                {
                    case ChartBox box:
                        graphics.DrawRectangle(Brush(ReportColours.Of(box.Tone)), new XRect(At(box.X, box.Y), new XSize(box.Width * scale, box.Height * scale)));
                        break;
                    case ChartLine line:
                        graphics.DrawLines(new XPen(Colour(ReportColours.Of(line.Tone)), line.Thickness * scale), [.. line.Points.Select(point => At(point.X, point.Y))]);
                        break;
                    case ChartWord word:
                        var size = word.Size * scale;
                        var wide = ReportFonts.Width(word.Text, size, false);
                        var at = At(word.X, word.Y);
                        graphics.DrawString(word.Text, ReportFonts.Font(size, false), Brush(ReportColours.Ink), new XPoint(at.X - wide * (word.Anchor + 1) / 2, at.Y));
                        break;
                }
            }
        });
    }

    private static XSolidBrush Brush(string colour) => new(Colour(colour));

    private static XColor Colour(string hex) => XColor.FromArgb(
        255, int.Parse(hex.AsSpan(1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture), int.Parse(hex.AsSpan(3, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        int.Parse(hex.AsSpan(5, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}
