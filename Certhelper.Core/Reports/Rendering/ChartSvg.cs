using System.Globalization;
using System.Xml.Linq;

namespace Certhelper.Core.Reports;

/// <summary>Charts as SVG, without script and without style attributes: they may stand in our pages and in files.</summary>
public static class ChartSvg
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>A chart.</summary>
    /// <param name="chart">What it shows.</param>
    /// <param name="forPage">Whether a style sheet colours it by its classes (light, dark); else it carries its colours.</param>
    public static string Render(ReportChart chart, bool forPage = false)
    {
        var drawing = new XElement(
            Svg + "svg",
            new XAttribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {ChartDrawing.Width} {ChartDrawing.Height}")),
            new XAttribute("role", "img"),
            new XAttribute("class", "report-chart"),
            new XElement(Svg + "title", Alternative(chart)),
            ChartDrawing.Draw(chart).Select(stroke => Draw(stroke, forPage)));
        return drawing.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>A plot with titles of its axes. On a page its points can be reached with the keyboard and read their values.</summary>
    /// <param name="figure">What it shows.</param>
    /// <param name="says">A sentence on what is counted.</param>
    /// <param name="id">Unique on the page.</param>
    /// <param name="forPage">Whether a style sheet colours it by its classes (light, dark); else it carries its colours.</param>
    public static string Render(ChartFigure figure, string says, string id, bool forPage)
    {
        // A file stands alone: it has its title in the drawing.
        var title = forPage ? 0 : ChartDrawing.TitleHeight;
        var (width, height) = (ChartDrawing.Width, ChartDrawing.HeightOf(figure) + title);
        var stop = true;
        var strokes = ChartDrawing.Draw(figure).Select(stroke => Point(Draw(stroke, forPage), stroke));
        var drawing = new XElement(
            Svg + "svg",
            new XAttribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {width} {height}")),
            // A picture hides its parts from who listens; a group does not.
            new XAttribute("role", forPage ? "group" : "img"),
            new XAttribute("aria-labelledby", id + "-title"), new XAttribute("aria-describedby", id + "-desc"),
            forPage ? new XAttribute("class", "report-chart plot-chart") : new XAttribute("width", width),
            forPage ? null : new XAttribute("height", height),
            new XElement(Svg + "title", new XAttribute("id", id + "-title"), figure.Title),
            new XElement(Svg + "desc", new XAttribute("id", id + "-desc"), says),
            forPage ? null : new XElement(Svg + "rect", At("width", width), At("height", height), new XAttribute("fill", "#ffffff")),
            forPage
                ? strokes
                : [Draw(ChartDrawing.Title(figure), forPage), new XElement(Svg + "g", new XAttribute("transform", $"translate(0 {Say(title)})"), strokes)]);
        return drawing.ToString(SaveOptions.DisableFormatting);

        XElement Point(XElement element, ChartStroke stroke)
        {
            if (!forPage) return element;
            if (stroke is not (ChartBox { IsPoint: true } or ChartMark { IsPoint: true }))
            {
                element.Add(new XAttribute("aria-hidden", "true"));
                return element;
            }

            // One stop for the tabulator; the arrow keys lead from point to point.
            element.Add(
                new XAttribute("role", "img"), new XAttribute("tabindex", stop ? "0" : "-1"), new XAttribute("data-point", ""),
                new XAttribute("aria-label", stroke is ChartBox box ? box.Says : ((ChartMark)stroke).Says));
            stop = false;
            return element;
        }
    }

    private static string Alternative(ReportChart chart) =>
        $"{chart.Title}{(chart.Unit.Length > 0 ? " in " + chart.Unit : "")}, {chart.Categories.Count.ToString(CultureInfo.InvariantCulture)} steps; the table below has the numbers.";

    private static XElement Draw(ChartStroke stroke, bool forPage) => stroke switch
    {
        ChartBox { Hollow: true } box => new XElement(
            Svg + "rect", At("x", box.X + 0.7), At("y", box.Y + 0.7), At("width", Math.Max(0.1, box.Width - 1.4)), At("height", Math.Max(0.1, box.Height - 1.4)),
            Outline(box.Tone, forPage), At("stroke-width", 1.4), new XElement(Svg + "title", box.Says)),
        ChartBox box => new XElement(
            Svg + "rect", At("x", box.X), At("y", box.Y), At("width", box.Width), At("height", box.Height), Paint("fill", box.Tone, forPage),
            new XElement(Svg + "title", box.Says)),
        ChartLine line => new XElement(
            Svg + "polyline", new XAttribute("points", string.Join(' ', line.Points.Select(point => Say(point.X) + "," + Say(point.Y)))),
            new XAttribute("fill", "none"), At("stroke-width", line.Thickness), line.Dash == ChartDash.None ? null : new XAttribute("stroke-dasharray", string.Join(' ', Dashes(line.Dash).Select(part => Say(part)))),
            Paint("stroke", line.Tone, forPage)),
        ChartMark mark => new XElement(
            Svg + "path", new XAttribute("d", Outline(mark)), Paint("fill", mark.Tone, forPage), new XElement(Svg + "title", mark.Says)),
        ChartWord word => new XElement(
            Svg + "text", At("x", word.X), At("y", word.Y), At("font-size", word.Size),
            new XAttribute("text-anchor", word.Anchor < 0 ? "start" : word.Anchor > 0 ? "end" : "middle"),
            forPage ? null : new XAttribute("font-family", "Liberation Sans, Arial, sans-serif"), Paint("fill", ChartTone.Ink, forPage), word.Text),
        _ => throw new NotSupportedException($"A stroke of type {stroke.GetType()} cannot be drawn."),
    };

    /// <summary>How long the parts of a dashed line and the gaps between them are.</summary>
    internal static float[] Dashes(ChartDash dash) => dash switch
    {
        ChartDash.Long => [8, 4],
        ChartDash.Short => [2.5f, 3],
        ChartDash.None => [],
    };

    /// <summary>The outline of a mark, as SVG writes paths.</summary>
    internal static string Outline(ChartMark mark)
    {
        const double reach = ChartMark.Reach;
        var (x, y) = (mark.X, mark.Y);
        return mark.Marker switch
        {
            ChartMarker.Circle => $"M{Say(x - reach)} {Say(y)}a{Say(reach)} {Say(reach)} 0 1 0 {Say(2 * reach)} 0a{Say(reach)} {Say(reach)} 0 1 0 {Say(-2 * reach)} 0z",
            ChartMarker.Square => $"M{Say(x - 3.2)} {Say(y - 3.2)}h6.4v6.4h-6.4z",
            ChartMarker.Triangle => $"M{Say(x)} {Say(y - 4.4)}l4.4 7.8h-8.8z",
        };
    }

    private static IEnumerable<XAttribute> Outline(ChartTone tone, bool forPage) => forPage
        ? [new XAttribute("class", $"chart-hollow chart-stroke chart-{tone.ToString().ToLowerInvariant()}")]
        : [new XAttribute("fill", "#ffffff"), new XAttribute("stroke", ReportColours.Of(tone))];

    private static XAttribute Paint(string attribute, ChartTone tone, bool forPage) => forPage
        ? new XAttribute("class", $"chart-{attribute} chart-{tone.ToString().ToLowerInvariant()}")
        : new XAttribute(attribute, ReportColours.Of(tone));

    private static XAttribute At(string name, double value) => new(name, Say(value));

    private static string Say(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

/// <summary>Colours on paper; each has at least 4.5 to 1 against white where it carries words.</summary>
internal static class ReportColours
{
    public const string Good = "#0b6b4b";
    public const string Bad = "#b3231b";
    public const string Ink = "#161b24";
    public const string Soft = "#4d5766";
    public const string Rule = "#c9ced6";
    public const string Head = "#eceef2";

    public static string Of(RunMark mark) => mark switch
    {
        RunMark.Good => Good,
        RunMark.Bad => Bad,
        RunMark.NotCertified => Soft,
        RunMark.None => Ink,
    };

    public static string Of(ChartTone tone) => tone switch
    {
        ChartTone.Ink => Ink,
        ChartTone.Axis => Soft,
        ChartTone.Grid => "#dcdfe5",
        ChartTone.Good => Good,
        ChartTone.Bad => Bad,
        ChartTone.Plain => "#3046b0",
        ChartTone.Blue => "#0060a8",
        ChartTone.Orange => "#c04e00",
        ChartTone.Green => "#008060",
        ChartTone.Purple => "#8f4277",
        ChartTone.Grey => Soft,
    };
}
