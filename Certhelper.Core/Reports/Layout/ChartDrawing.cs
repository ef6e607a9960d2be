using System.Globalization;

namespace Certhelper.Core.Reports;

/// <summary>What a stroke of a chart means; each output has its colour for it.</summary>
public enum ChartTone
{
    Ink,
    Axis,
    Grid,
    Good,
    Bad,
    Plain,

    // Tones of things that are neither good nor bad; people who see colours differently tell them apart too.
    Blue,
    Orange,
    Green,
    Purple,
    Grey,
}

/// <summary>A stroke of a chart; the origin is the upper left corner.</summary>
internal abstract record ChartStroke;

internal sealed record ChartBox(double X, double Y, double Width, double Height, ChartTone Tone, string Says) : ChartStroke
{
    /// <summary>Only its outline.</summary>
    public bool Hollow { get; init; }

    /// <summary>Whether it stands for a value.</summary>
    public bool IsPoint { get; init; } = true;
}

internal sealed record ChartLine(IReadOnlyList<(double X, double Y)> Points, ChartTone Tone, double Thickness) : ChartStroke
{
    public ChartDash Dash { get; init; }
}

/// <summary>A mark on a line; X and Y are its middle.</summary>
internal sealed record ChartMark(double X, double Y, ChartMarker Marker, ChartTone Tone, string Says) : ChartStroke
{
    /// <summary>From its middle to its edge.</summary>
    public const double Reach = 3.6;

    public bool IsPoint { get; init; } = true;
}

/// <summary>A word; Y is its baseline. Anchor: -1 starts at X, 0 is centred there, 1 ends there.</summary>
internal sealed record ChartWord(double X, double Y, string Text, int Anchor, double Size) : ChartStroke;

/// <summary>
/// A chart as strokes on a sheet of fixed size: SVG, presentation, PDF and PNG draw the same strokes, so that no two outputs show
/// different charts.
/// </summary>
internal static class ChartDrawing
{
    public const double Width = 640;
    public const double Height = 250;

    private const double Left = 64;
    private const double Right = 8;
    private const double LegendRow = 21;
    private const double TitleSize = 16;

    private static readonly double[] Steps = [1, 2, 5, 10];

    public static IReadOnlyList<ChartStroke> Draw(ReportChart chart) => Draw(ChartFigure.Of(chart));

    public static double HeightOf(ChartFigure figure) => figure.Vertical is null ? Height : Height + 82;

    /// <summary>What a title takes above a chart that stands alone, in a file; on a page and in a report it has a heading.</summary>
    public const double TitleHeight = 30;

    /// <summary>The title of a chart that stands alone.</summary>
    public static ChartWord Title(ChartFigure figure) => new(4, 20, figure.Title, -1, TitleSize);

    public static IReadOnlyList<ChartStroke> Draw(ChartFigure figure)
    {
        List<ChartStroke> strokes = [];
        var legend = Legend(figure);
        var sheet = Sheet.Of(figure, legend.Rows);
        var (low, high, step) = Scale(figure);
        double Y(double value) => sheet.Top + (sheet.Bottom - sheet.Top) * (high - value) / (high - low);
        for (var tick = low; tick <= high + step / 2; tick += step)
        {
            var value = Math.Abs(tick) < step / 1e6 ? 0 : tick;
            strokes.Add(new ChartLine([(Left, Y(value)), (Width - Right, Y(value))], value == 0 ? ChartTone.Axis : ChartTone.Grid, 1));
            strokes.Add(new ChartWord(Left - 6, Y(value) + 4, Number(value, step), 1, Size(figure)));
        }

        Categories(figure, sheet, strokes);
        if (figure.Kind == ChartKind.StackedBars) Bars(figure, strokes, Y);
        else Curves(figure, strokes, Y);
        if (figure.Marked is { } place) Marked(figure, place, sheet, strokes);
        Titles(figure, strokes);
        strokes.AddRange(legend.Strokes);
        return strokes;
    }

    // A plot stands in half of a page or on a phone: its letters are larger than those of a chart that fills the width of a report.
    private static double Size(ChartFigure figure) => figure.Vertical is null ? 12 : 14;

    private static double Slot(ChartFigure figure) => (Width - Left - Right) / Math.Max(1, figure.Categories.Count);

    private static double Middle(ChartFigure figure, int at) => Left + (at + 0.5) * Slot(figure);

    private static void Categories(ChartFigure figure, Sheet sheet, List<ChartStroke> strokes)
    {
        // As many names as fit: every one, every second …
        var longest = figure.Vertical is null ? 0 : figure.Categories.Select(name => name.Length).DefaultIfEmpty().Max();
        var each = (int)Math.Ceiling(Math.Max(46, 8.4 * longest) / Slot(figure));
        for (var at = 0; at < figure.Categories.Count; at += each)
            strokes.Add(new ChartWord(Middle(figure, at), sheet.Bottom + (figure.Vertical is null ? 18 : 20), figure.Categories[at], 0, Size(figure)));
    }

    private static void Titles(ChartFigure figure, List<ChartStroke> strokes)
    {
        if (figure.Vertical is null)
        {
            if (figure.Unit.Length > 0) strokes.Add(new ChartWord(Left - 6, 16, figure.Unit, 1, Size(figure)));
            return;
        }

        strokes.Add(new ChartWord(4, 14, figure.Vertical, -1, Size(figure)));
        strokes.Add(new ChartWord((Left + Width - Right) / 2, HeightOf(figure) - 6, figure.Horizontal ?? "", 0, Size(figure)));
    }

    private static void Bars(ChartFigure figure, List<ChartStroke> strokes, Func<double, double> y)
    {
        var width = Math.Min(46, Slot(figure) * 0.62);
        for (var at = 0; at < figure.Categories.Count; at++)
        {
            var (above, below) = (0.0, 0.0);
            foreach (var series in figure.Series)
            {
                if (series.Values[at] is not { } value || value == 0) continue;
                var from = value > 0 ? above : below;
                var to = from + value;
                if (value > 0) above = to;
                else below = to;
                strokes.Add(new ChartBox(
                    Middle(figure, at) - width / 2, Math.Min(y(from), y(to)), width, Math.Max(0.8, Math.Abs(y(from) - y(to))), series.Tone, Says(figure, series, at, value))
                {
                    Hollow = series.Hollow,
                });
            }
        }
    }

    private static void Curves(ChartFigure figure, List<ChartStroke> strokes, Func<double, double> y)
    {
        foreach (var series in figure.Series)
        {
            // Where a value is missing, the line is broken.
            List<(double X, double Y)> piece = [];
            for (var at = 0; at <= series.Values.Count; at++)
            {
                if (at < series.Values.Count && series.Values[at] is { } value)
                {
                    piece.Add((Middle(figure, at), y(value)));
                    continue;
                }

                if (piece.Count > 1) strokes.Add(new ChartLine([.. piece], series.Tone, 2.2) { Dash = series.Dash });
                piece.Clear();
            }

            for (var at = 0; at < series.Values.Count; at++)
            {
                if (series.Values[at] is not { } value) continue;
                var says = Says(figure, series, at, value);
                strokes.Add(figure.Vertical is null
                    ? new ChartBox(Middle(figure, at) - 2.6, y(value) - 2.6, 5.2, 5.2, series.Tone, says)
                    : new ChartMark(Middle(figure, at), y(value), series.Marker, series.Tone, says));
            }
        }
    }

    private static void Marked(ChartFigure figure, ChartPlace place, Sheet sheet, List<ChartStroke> strokes)
    {
        var x = Left + place.At * Slot(figure);
        strokes.Add(new ChartLine([(x, sheet.Top - 12), (x, sheet.Bottom)], ChartTone.Ink, 1.6) { Dash = ChartDash.Long });
        // The words stand on the side with more room.
        var left = place.At > figure.Categories.Count / 2.0;
        strokes.Add(new ChartWord(left ? x - 5 : x + 5, sheet.Top - 4, place.Says, left ? 1 : -1, Size(figure)));
    }

    private static string Says(ChartFigure figure, FigureSeries series, int at, double value) =>
        string.Create(CultureInfo.InvariantCulture, $"{(figure.Names ?? figure.Categories)[at]}, {series.Name}: {value:0.###} {figure.Unit}").TrimEnd();

    private static (IReadOnlyList<ChartStroke> Strokes, int Rows) Legend(ChartFigure figure)
    {
        List<ChartStroke> strokes = [];
        var (x, y, rows) = (Left, figure.Vertical is null ? 7.0 : 27.0, 1);
        foreach (var series in figure.Series)
        {
            var wide = 15 + (figure.Vertical is null ? 8 : 8.6) * series.Name.Length + 18;
            if (figure.Vertical is not null && x > Left && x + wide > Width)
            {
                (x, y, rows) = (Left, y + LegendRow, rows + 1);
            }

            if (figure.Vertical is not null && figure.Kind == ChartKind.Lines)
            {
                strokes.Add(new ChartLine([(x - 8, y + 5), (x + 12, y + 5)], series.Tone, 2.2) { Dash = series.Dash });
                strokes.Add(new ChartMark(x + 2, y + 5, series.Marker, series.Tone, series.Name) { IsPoint = false });
            }
            else
            {
                strokes.Add(new ChartBox(x, y, 10, 10, series.Tone, series.Name) { Hollow = series.Hollow, IsPoint = false });
            }

            strokes.Add(new ChartWord(x + 15, y + 9, series.Name, -1, Size(figure)));
            x += wide;
        }

        return (strokes, rows);
    }

    /// <summary>From where to where the axis goes, and how far its marks are apart: 1, 2 or 5 times a power of ten.</summary>
    private static (double Low, double High, double Step) Scale(ChartFigure figure)
    {
        if (figure.Most is { } end) return (0, end, end / 5);
        var (most, least) = (0.0, 0.0);
        for (var at = 0; at < figure.Categories.Count; at++)
        {
            var values = figure.Series.Select(series => series.Values[at] ?? 0).ToList();
            most = Math.Max(most, figure.Kind == ChartKind.StackedBars ? values.Where(value => value > 0).Sum() : values.DefaultIfEmpty().Max());
            least = Math.Min(least, figure.Kind == ChartKind.StackedBars ? values.Where(value => value < 0).Sum() : values.DefaultIfEmpty().Min());
        }

        if (most - least <= 0) return figure.Vertical is not null && figure.Unit.Length == 0 ? (0, 1, 1) : (0, 1, 0.5);
        var rough = (most - least) / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = Array.Find(Steps, times => times * power >= rough * 0.999) * power;
        // Nobody counts halves.
        if (figure.Vertical is not null && figure.Unit.Length == 0) step = Math.Max(1, step);
        return (Math.Floor(least / step) * step, Math.Ceiling(most / step) * step, step);
    }

    private static string Number(double value, double step)
    {
        var decimals = Math.Clamp((int)-Math.Floor(Math.Log10(step)), 0, 9);
        return value.ToString("#,0." + new string('0', decimals), CultureInfo.InvariantCulture);
    }

    /// <summary>Where the values are drawn.</summary>
    private sealed record Sheet(double Top, double Bottom)
    {
        public static Sheet Of(ChartFigure figure, int legendRows) => figure.Vertical is null
            ? new Sheet(30, Height - 30)
            : new Sheet(32 + LegendRow * legendRows + (figure.Marked is null ? 2 : 14), HeightOf(figure) - 52);
    }
}
