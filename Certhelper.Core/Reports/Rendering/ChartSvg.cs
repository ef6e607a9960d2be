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

    private static string Alternative(ReportChart chart) =>
        $"{chart.Title}{(chart.Unit.Length > 0 ? " in " + chart.Unit : "")}, {chart.Categories.Count.ToString(CultureInfo.InvariantCulture)} steps; the table below has the numbers.";

    private static XElement Draw(ChartStroke stroke, bool forPage) => stroke switch
    {
        ChartBox box => new XElement(
            Svg + "rect", At("x", box.X), At("y", box.Y), At("width", box.Width), At("height", box.Height), Paint("fill", box.Tone, forPage),
            new XElement(Svg + "title", box.Says)),
        ChartLine line => new XElement(
            Svg + "polyline", new XAttribute("points", string.Join(' ', line.Points.Select(point => Say(point.X) + "," + Say(point.Y)))),
            new XAttribute("fill", "none"), At("stroke-width", line.Thickness), Paint("stroke", line.Tone, forPage)),
        ChartWord word => new XElement(
            Svg + "text", At("x", word.X), At("y", word.Y), At("font-size", word.Size),
            new XAttribute("text-anchor", word.Anchor < 0 ? "start" : word.Anchor > 0 ? "end" : "middle"),
            forPage ? null : new XAttribute("font-family", "Liberation Sans, Arial, sans-serif"), Paint("fill", ChartTone.Ink, forPage), word.Text),
        _ => throw new NotSupportedException($"A stroke of type {stroke.GetType()} cannot be drawn."),
    };

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
    };
}
