using System.Globalization;
using System.Xml.Linq;
using static Certhelper.Core.Reports.Odf;

namespace Certhelper.Core.Reports;

/// <summary>Draws the slides of a presentation: the title, then each section on as many slides as it needs.</summary>
internal sealed class OdpSlides
{
    // Another machine may draw the letters a little wider than we measured them.
    private static readonly PageShape Shape = new(
        OdpStyles.PageWidth - 2 * OdpStyles.Margin, OdpStyles.PageHeight - OdpStyles.BodyTop - 40, 13, 11, Palette.Slides, 435, 1.08);

    private readonly Dictionary<string, XElement> styles = [];
    private readonly List<XElement> pages = [];

    /// <summary>The file <c>content.xml</c>.</summary>
    public static XElement Document(ReportDocument document)
    {
        var slides = new OdpSlides();
        slides.Title(document);
        foreach (var section in document.Sections) slides.Section(section);
        return new XElement(
            Office + "document-content",
            Names(),
            OdpStyles.Fonts(),
            new XElement(Office + "automatic-styles", OdpStyles.Automatic(Shape), slides.styles.OrderBy(style => style.Key, StringComparer.Ordinal).Select(style => style.Value)),
            new XElement(Office + "body", new XElement(Office + "presentation", slides.pages)));
    }

    private void Title(ReportDocument document)
    {
        var page = NewPage("dp0");
        page.Add(Frame(OdpStyles.Margin, 120, Shape.Width, 110, Line("P-first", document.Title), Line("P-week", document.Subtitle)));
        var lines = document.Lines.SelectMany(line => SpanWrap.Wrap([new Span($"{line.Label}: {line.Text}", false, "#000000")], (Shape.Width - 60) / Shape.Spare, 18).Take(4))
            .Take(11).Select(line => Line("P-line", string.Concat(line.Select(span => span.Text))));
        page.Add(Frame(OdpStyles.Margin + 30, 260, Shape.Width - 60, 255, [.. lines]));
    }

    private void Section(ReportSection section)
    {
        var filled = PageFiller.Fill(Flow.Of(section, Palette.Slides), Shape);
        for (var at = 0; at < filled.Count; at++)
        {
            var page = NewPage("dp1");
            var title = filled.Count == 1 ? section.Title : string.Create(CultureInfo.InvariantCulture, $"{section.Title} ({at + 1}/{filled.Count})");
            // A title that is longer than its line is drawn smaller rather than over what is below.
            var size = Math.Clamp(28 * Shape.Width / (ReportFonts.Width(title, 28, false) * Shape.Spare), 15, 28);
            page.Add(Frame(OdpStyles.Margin, 30, Shape.Width, 40, Line(TitleStyle(size), title)));
            List<PlacedText> texts = [];
            foreach (var placed in filled[at])
            {
                if (placed is PlacedText text)
                {
                    texts.Add(text);
                    continue;
                }

                Flush(page, texts);
                if (placed is PlacedTable table) page.Add(Head(table), Table(table));
                if (placed is PlacedChart chart) page.Add(Chart(chart));
            }

            Flush(page, texts);
        }
    }

    private XElement NewPage(string style)
    {
        var page = new XElement(
            Draw + "page",
            new XAttribute(Draw + "name", string.Create(CultureInfo.InvariantCulture, $"page{pages.Count + 1}")),
            new XAttribute(Draw + "style-name", style), new XAttribute(Draw + "master-page-name", OdpStyles.Master));
        pages.Add(page);
        return page;
    }

    /// <summary>Paragraphs that follow each other are one box, so that a person can go on writing in it.</summary>
    private void Flush(XElement page, List<PlacedText> texts)
    {
        if (texts.Count == 0) return;
        var top = texts[0].Y;
        List<XElement> paragraphs = [];
        var end = top;
        foreach (var text in texts)
        {
            var size = text.Of.Size * Shape.TextSize;
            var name = ParagraphStyle(size, text.Of.Depth, text.Y - end, text.IsBegin);
            var spans = text.Lines.SelectMany((line, at) => at == 0 ? line : line.Select((span, one) => one == 0 ? span with { Text = " " + span.Text.TrimStart() } : span));
            paragraphs.Add(new XElement(
                Text + "p", new XAttribute(Text + "style-name", name), text.Of.Depth > 0 && text.IsBegin ? Words("• ") : null, spans.Select(SpanOf)));
            end = text.Y + text.Height;
        }

        page.Add(Frame(OdpStyles.Margin, OdpStyles.BodyTop + top, Shape.Width, end - top + 2, [.. paragraphs]));
        texts.Clear();
    }

    /// <summary>The ground of a table's head: a shape behind it, because readers differ in what they make of the ground of a cell.</summary>
    private XElement Head(PlacedTable table) => new(
        Draw + "rect", new XAttribute(Draw + "style-name", Named("gr-head", name => OdpStyles.Stroke(name, ReportColours.Head, null))),
        Place(OdpStyles.Margin, OdpStyles.BodyTop + table.Y, table.Widths.Sum(), table.Rows[0].Height));

    private XElement Table(PlacedTable table) => new(
        Draw + "frame", new XAttribute(Draw + "style-name", "grTable"), Place(OdpStyles.Margin, OdpStyles.BodyTop + table.Y, table.Widths.Sum(), table.Height),
        new XElement(
            Odf.Table + "table",
            table.Widths.Select(width => new XElement(Odf.Table + "table-column", new XAttribute(Odf.Table + "style-name", ColumnStyle(width)))),
            table.Rows.Select(row => new XElement(
                Odf.Table + "table-row", new XAttribute(Odf.Table + "style-name", RowStyle(row.Height)),
                row.Cells.Select((cell, at) => new XElement(
                    Odf.Table + "table-cell", new XAttribute(Odf.Table + "style-name", "ce"),
                    cell.DefaultIfEmpty([]).Select(line => new XElement(
                        Text + "p", new XAttribute(Text + "style-name", table.Of.Columns[at].IsNumber ? "P-number" : "P-cell"), line.Select(SpanOf)))))))));

    private XElement Chart(PlacedChart chart)
    {
        var scale = chart.Width / ChartDrawing.Width;
        var (left, top) = (OdpStyles.Margin, OdpStyles.BodyTop + chart.Y);
        return new XElement(
            Draw + "g",
            new XElement(Svg + "title", chart.Of.Title),
            new XElement(Svg + "desc", "The table beside it has the numbers."),
            ChartDrawing.Draw(chart.Of).SelectMany(stroke => Stroke(stroke, left, top, scale)));
    }

    private IEnumerable<XElement> Stroke(ChartStroke stroke, double left, double top, double scale)
    {
        switch (stroke)
        {
            case ChartBox box:
                yield return new XElement(
                    Draw + "rect", new XAttribute(Draw + "style-name", StrokeStyle(box.Tone, null)), Place(left + box.X * scale, top + box.Y * scale, box.Width * scale, box.Height * scale));
                break;
            case ChartLine line:
                // Straight pieces: the same in every reader.
                foreach (var (from, to) in line.Points.Zip(line.Points.Skip(1)))
                {
                    yield return new XElement(
                        Draw + "line", new XAttribute(Draw + "style-name", StrokeStyle(line.Tone, line.Thickness * scale)),
                        new XAttribute(Svg + "x1", Pt(left + from.X * scale)), new XAttribute(Svg + "y1", Pt(top + from.Y * scale)),
                        new XAttribute(Svg + "x2", Pt(left + to.X * scale)), new XAttribute(Svg + "y2", Pt(top + to.Y * scale)));
                }

                break;
            case ChartWord word:
                var wide = ReportFonts.Width(word.Text, 12, false) * Shape.Spare + 6;
                var x = left + word.X * scale - wide * (word.Anchor + 1) / 2;
                yield return Frame(x, top + word.Y * scale - 10, wide, 14, Line(word.Anchor < 0 ? "P-chart-start" : word.Anchor > 0 ? "P-chart-end" : "P-chart-middle", word.Text));
                break;
        }
    }

    private static XElement Frame(double x, double y, double width, double height, params XElement[] paragraphs) => new(
        Draw + "frame", new XAttribute(Draw + "style-name", "gr1"), Place(x, y, width, height), new XElement(Draw + "text-box", paragraphs));

    private static XElement Line(string style, string text) => new(Text + "p", new XAttribute(Text + "style-name", style), Words(text));

    private XElement SpanOf(Span span) => new(Text + "span", new XAttribute(Text + "style-name", WordStyle(span)), Words(span.Text));

    private string WordStyle(Span span) => Named($"T-{span.Colour.TrimStart('#')}{(span.Bold ? "-bold" : "")}", name => OdpStyles.Words(name, span.Colour, span.Bold));

    private string TitleStyle(double size) => Named(FormattableString.Invariant($"P-title-{Math.Floor(size * 2) / 2:0.#}").Replace('.', '_'), name =>
        OdpStyles.Paragraph(name, Math.Floor(size * 2) / 2, OdpStyles.TitleColour, "start", 34));

    private string ParagraphStyle(double size, int depth, double before, bool isBegin) => Named(
        FormattableString.Invariant($"P-{size:0.#}-{depth}-{before:0.#}-{(isBegin ? 1 : 0)}").Replace('.', '_'), name =>
        {
            var bullet = depth > 0 && isBegin ? ReportFonts.Width("• ", size, false) : 0;
            var style = OdpStyles.Paragraph(name, size, "#000000", "start", size * PageShape.LineHeight, Shape.Indent(depth), bullet);
            style.Element(Style + "paragraph-properties")!.SetAttributeValue(Fo + "margin-top", Pt(Math.Max(0, before)));
            return style;
        });

    private string ColumnStyle(double width) => Named(FormattableString.Invariant($"co-{width:0.#}").Replace('.', '_'), name => OdpStyles.Column(name, width));

    private string RowStyle(double height) => Named(FormattableString.Invariant($"ro-{height:0.#}").Replace('.', '_'), name => OdpStyles.Row(name, height));

    private string StrokeStyle(ChartTone tone, double? thickness) => Named(
        FormattableString.Invariant($"gr-{tone}-{thickness ?? 0:0.#}").Replace('.', '_').ToLowerInvariant(), name => OdpStyles.Stroke(name, Colour(tone), thickness));

    private static string Colour(ChartTone tone) => tone switch
    {
        ChartTone.Good => Palette.Slides.Good,
        ChartTone.Bad => Palette.Slides.Bad,
        ChartTone.Ink or ChartTone.Axis or ChartTone.Grid or ChartTone.Plain or ChartTone.Blue or ChartTone.Orange or ChartTone.Green or ChartTone.Purple or ChartTone.Grey => ReportColours.Of(tone),
    };

    private string Named(string name, Func<string, XElement> make)
    {
        if (!styles.ContainsKey(name)) styles.Add(name, make(name));
        return name;
    }
}
