using System.Globalization;
using System.Xml.Linq;
using static Certhelper.Core.Reports.Odf;

namespace Certhelper.Core.Reports;

/// <summary>The looks of a presentation: the page, the master slide, and the styles that slides name.</summary>
internal static class OdpStyles
{
    public const double PageWidth = 720;
    public const double PageHeight = 540;
    public const double Margin = 36;
    public const double BodyTop = 84;
    public const string Master = "Default";
    public const string TitleColour = "#00b0f0";

    private const string Font = "Liberation Sans";

    /// <summary>The file <c>styles.xml</c>.</summary>
    public static XElement Document() => new(
        Office + "document-styles",
        Names(),
        Fonts(),
        new XElement(
            Office + "styles",
            new XElement(
                Style + "default-style", Attribute(Style + "family", "graphic"),
                new XElement(Style + "paragraph-properties"),
                TextLook(14, "#000000", bold: false)),
            // The name is Impress's own for what nothing else is said of: without it cells of tables are blue there, and wider.
            new XElement(
                Style + "style", Attribute(Style + "name", "standard"), Attribute(Style + "family", "graphic"),
                new XElement(
                    Style + "graphic-properties",
                    Attribute(Draw + "stroke", "none"), Attribute(Draw + "fill", "none"),
                    Attribute(Fo + "padding-top", "2pt"), Attribute(Fo + "padding-bottom", "2pt"), Attribute(Fo + "padding-left", "4pt"), Attribute(Fo + "padding-right", "4pt")))),
        new XElement(
            Office + "automatic-styles",
            new XElement(
                Style + "page-layout", Attribute(Style + "name", "PM1"),
                new XElement(
                    Style + "page-layout-properties",
                    Attribute(Fo + "margin-top", "0pt"), Attribute(Fo + "margin-bottom", "0pt"), Attribute(Fo + "margin-left", "0pt"), Attribute(Fo + "margin-right", "0pt"),
                    Attribute(Fo + "page-width", Pt(PageWidth)), Attribute(Fo + "page-height", Pt(PageHeight)), Attribute(Style + "print-orientation", "landscape"))),
            PageStyle("Mdp1"),
            Graphic("Mgr1"),
            Paragraph("MP1", 10, "#595959", "end", 12)),
        new XElement(
            Office + "master-styles",
            new XElement(
                Style + "master-page", Attribute(Style + "name", Master), Attribute(Style + "page-layout-name", "PM1"), Attribute(Draw + "style-name", "Mdp1"),
                new XElement(
                    Draw + "frame", Attribute(Draw + "style-name", "Mgr1"), Attribute(Draw + "layer", "backgroundobjects"), Place(PageWidth - Margin - 120, PageHeight - 28, 120, 16),
                    Attribute(Show + "class", "page-number"),
                    new XElement(
                        Draw + "text-box",
                        new XElement(Text + "p", Attribute(Text + "style-name", "MP1"), new XElement(Text + "page-number", "‹number›")))))));

    /// <summary>What the slides name; the colours of words are added by those who use them.</summary>
    public static IEnumerable<XElement> Automatic(PageShape shape) =>
    [
        PageStyle("dp1"),
        PageStyle("dp0", numbered: false),
        Graphic("gr1"),
        Graphic("grTable"),
        Paragraph("P-title", 28, TitleColour, "start", 34),
        Paragraph("P-first", 40, TitleColour, "center", 48),
        Paragraph("P-week", 28, "#000000", "center", 34),
        Paragraph("P-line", 18, "#000000", "center", 23),
        Paragraph("P-cell", shape.TableSize, "#000000", "start", shape.TableSize * PageShape.LineHeight),
        Paragraph("P-number", shape.TableSize, "#000000", "end", shape.TableSize * PageShape.LineHeight),
        Paragraph("P-chart-start", ChartSize(shape), "#000000", "start", 12),
        Paragraph("P-chart-middle", ChartSize(shape), "#000000", "center", 12),
        Paragraph("P-chart-end", ChartSize(shape), "#000000", "end", 12),
        CellStyle("ce"),
    ];

    private static double ChartSize(PageShape shape) => Math.Min(10, shape.TableSize);

    /// <summary>A paragraph of the body: size, and how far its lines and its bullet are from the left.</summary>
    public static XElement Paragraph(string name, double size, string colour, string align, double lineHeight, double indent = 0, double hang = 0) => new(
        Style + "style", Attribute(Style + "name", name), Attribute(Style + "family", "paragraph"),
        new XElement(
            Style + "paragraph-properties",
            Attribute(Fo + "text-align", align), Attribute(Fo + "line-height", Pt(lineHeight)), Attribute(Fo + "margin-left", Pt(indent)), Attribute(Fo + "text-indent", Pt(-hang)),
            Attribute(Fo + "margin-top", "0pt"), Attribute(Fo + "margin-bottom", "0pt")),
        TextLook(size, colour, bold: false));

    public static XElement Words(string name, string colour, bool bold) => new(
        Style + "style", Attribute(Style + "name", name), Attribute(Style + "family", "text"),
        new XElement(Style + "text-properties", Attribute(Fo + "color", colour), Attribute(Fo + "font-weight", bold ? "bold" : "normal")));

    public static XElement Column(string name, double width) => new(
        Style + "style", Attribute(Style + "name", name), Attribute(Style + "family", "table-column"),
        new XElement(Style + "table-column-properties", Attribute(Style + "column-width", Pt(width))));

    public static XElement Row(string name, double height) => new(
        Style + "style", Attribute(Style + "name", name), Attribute(Style + "family", "table-row"),
        new XElement(Style + "table-row-properties", Attribute(Style + "row-height", Pt(height))));

    /// <summary>A stroke of a chart: filled, or a line.</summary>
    public static XElement Stroke(string name, string colour, double? thickness) => new(
        Style + "style", Attribute(Style + "name", name), Attribute(Style + "family", "graphic"),
        new XElement(
            Style + "graphic-properties",
            thickness is { } wide
                ? [Attribute(Draw + "fill", "none"), Attribute(Draw + "stroke", "solid"), Attribute(Svg + "stroke-color", colour), Attribute(Svg + "stroke-width", Pt(wide))]
                : new[] { Attribute(Draw + "fill", "solid"), Attribute(Draw + "fill-color", colour), Attribute(Draw + "stroke", "none") }));

    public static XElement Fonts() => new(
        Office + "font-face-decls",
        new XElement(
            Style + "font-face", Attribute(Style + "name", Font), Attribute(Svg + "font-family", "'Liberation Sans', Arial, Helvetica, sans-serif"),
            Attribute(Style + "font-family-generic", "swiss"), Attribute(Style + "font-pitch", "variable")));

    private static XElement PageStyle(string name, bool numbered = true) => new(
        Style + "style", Attribute(Style + "name", name), Attribute(Style + "family", "drawing-page"),
        new XElement(
            Style + "drawing-page-properties",
            Attribute(Draw + "fill", "solid"), Attribute(Draw + "fill-color", "#ffffff"),
            Attribute(Show + "background-visible", "true"), Attribute(Show + "background-objects-visible", numbered ? "true" : "false"),
            Attribute(Show + "display-page-number", numbered ? "true" : "false")));

    /// <summary>A frame that is exactly as large as it says and adds nothing around its text.</summary>
    private static XElement Graphic(string name) => new(
        Style + "style", Attribute(Style + "name", name), Attribute(Style + "family", "graphic"),
        new XElement(
            Style + "graphic-properties",
            Attribute(Draw + "stroke", "none"), Attribute(Draw + "fill", "none"), Attribute(Draw + "textarea-vertical-align", "top"), Attribute(Draw + "textarea-horizontal-align", "justify"),
            Attribute(Draw + "auto-grow-height", "false"), Attribute(Draw + "auto-grow-width", "false"),
            Attribute(Fo + "padding-top", "0pt"), Attribute(Fo + "padding-bottom", "0pt"), Attribute(Fo + "padding-left", "0pt"), Attribute(Fo + "padding-right", "0pt"),
            Attribute(Fo + "wrap-option", "wrap")));

    private static XElement CellStyle(string name) => new(
        Style + "style", Attribute(Style + "name", name), Attribute(Style + "family", "table-cell"),
        new XElement(
            Style + "table-cell-properties",
            Attribute(Style + "vertical-align", "top"),
            Attribute(Fo + "padding-top", "2pt"), Attribute(Fo + "padding-bottom", "2pt"), Attribute(Fo + "padding-left", "4pt"), Attribute(Fo + "padding-right", "4pt")),
        new XElement(Style + "paragraph-properties", Attribute(Fo + "border", "0.5pt solid " + ReportColours.Rule)));

    private static XElement TextLook(double size, string colour, bool bold) => new(
        Style + "text-properties",
        Attribute(Style + "font-name", Font), Attribute(Fo + "font-size", size.ToString("0.##", CultureInfo.InvariantCulture) + "pt"), Attribute(Fo + "color", colour),
        Attribute(Fo + "font-weight", bold ? "bold" : "normal"), Attribute(Fo + "language", "en"), Attribute(Fo + "country", "GB"));

    private static XAttribute Attribute(XName name, string value) => new(name, value);
}
