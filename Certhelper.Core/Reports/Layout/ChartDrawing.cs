using System.Globalization;

namespace Certhelper.Core.Reports;

/// <summary>What a stroke of a chart means; each output has its colour for it.</summary>
internal enum ChartTone
{
    Ink,
    Axis,
    Grid,
    Good,
    Bad,
    Plain,
}

/// <summary>A stroke of a chart; the origin is the upper left corner.</summary>
internal abstract record ChartStroke;

internal sealed record ChartBox(double X, double Y, double Width, double Height, ChartTone Tone, string Says) : ChartStroke;

internal sealed record ChartLine(IReadOnlyList<(double X, double Y)> Points, ChartTone Tone, double Thickness) : ChartStroke;

/// <summary>A word; Y is its baseline. Anchor: -1 starts at X, 0 is centred there, 1 ends there.</summary>
internal sealed record ChartWord(double X, double Y, string Text, int Anchor, double Size) : ChartStroke;

/// <summary>
/// A chart as strokes on a sheet of fixed size: SVG, presentation and PDF draw the same strokes, so that no two outputs show
/// different charts.
/// </summary>
internal static class ChartDrawing
{
    public const double Width = 640;
    public const double Height = 250;

    private const double Left = 64;
    private const double Right = 8;
    private const double Top = 30;
    private const double Bottom = 30;
    private const double Size = 12;

    private static readonly double[] Steps = [1, 2, 5, 10];

    public static IReadOnlyList<ChartStroke> Draw(ReportChart chart)
    {
        List<ChartStroke> strokes = [];
        var (low, high, step) = Scale(chart);
        double Y(double value) => Top + (Height - Top - Bottom) * (high - value) / (high - low);
        for (var tick = low; tick <= high + step / 2; tick += step)
        {
            var value = Math.Abs(tick) < step / 1e6 ? 0 : tick;
            strokes.Add(new ChartLine([(Left, Y(value)), (Width - Right, Y(value))], value == 0 ? ChartTone.Axis : ChartTone.Grid, 1));
            strokes.Add(new ChartWord(Left - 6, Y(value) + 4, Number(value, step), 1, Size));
        }

        Categories(chart, strokes);
        if (chart.Kind == ChartKind.StackedBars) Bars(chart, strokes, Y);
        else Curves(chart, strokes, Y);
        Legend(chart, strokes);
        return strokes;
    }

    private static double Slot(ReportChart chart) => (Width - Left - Right) / Math.Max(1, chart.Categories.Count);

    private static double Middle(ReportChart chart, int at) => Left + (at + 0.5) * Slot(chart);

    private static void Categories(ReportChart chart, List<ChartStroke> strokes)
    {
        // As many names as fit: every one, every second …
        var each = (int)Math.Ceiling(46 / Slot(chart));
        for (var at = 0; at < chart.Categories.Count; at += each)
            strokes.Add(new ChartWord(Middle(chart, at), Height - Bottom + 18, chart.Categories[at], 0, Size));
    }

    private static void Bars(ReportChart chart, List<ChartStroke> strokes, Func<double, double> y)
    {
        var width = Math.Min(46, Slot(chart) * 0.62);
        for (var at = 0; at < chart.Categories.Count; at++)
        {
            var (above, below) = (0.0, 0.0);
            foreach (var series in chart.Series)
            {
                var value = series.Values[at];
                if (value == 0) continue;
                var from = value > 0 ? above : below;
                var to = from + value;
                if (value > 0) above = to;
                else below = to;
                strokes.Add(new ChartBox(
                    Middle(chart, at) - width / 2, Math.Min(y(from), y(to)), width, Math.Max(0.8, Math.Abs(y(from) - y(to))), Tone(series.Mark),
                    string.Create(CultureInfo.InvariantCulture, $"{chart.Categories[at]}, {series.Name}: {value:0.###} {chart.Unit}").TrimEnd()));
            }
        }
    }

    private static void Curves(ReportChart chart, List<ChartStroke> strokes, Func<double, double> y)
    {
        foreach (var series in chart.Series)
        {
            List<(double, double)> points = [.. series.Values.Select((value, at) => (Middle(chart, at), y(value)))];
            if (points.Count > 1) strokes.Add(new ChartLine(points, Tone(series.Mark), 2.2));
            strokes.AddRange(points.Select((point, at) => new ChartBox(
                point.Item1 - 2.6, point.Item2 - 2.6, 5.2, 5.2, Tone(series.Mark),
                string.Create(CultureInfo.InvariantCulture, $"{chart.Categories[at]}, {series.Name}: {series.Values[at]:0.###} {chart.Unit}").TrimEnd())));
        }
    }

    private static void Legend(ReportChart chart, List<ChartStroke> strokes)
    {
        var x = Left;
        if (chart.Unit.Length > 0)
        {
            strokes.Add(new ChartWord(x - 6, 16, chart.Unit, 1, Size));
        }

        foreach (var series in chart.Series)
        {
            strokes.Add(new ChartBox(x, 7, 10, 10, Tone(series.Mark), series.Name));
            strokes.Add(new ChartWord(x + 15, 16, series.Name, -1, Size));
            x += 15 + 8 * series.Name.Length + 18;
        }
    }

    /// <summary>From where to where the axis goes, and how far its marks are apart: 1, 2 or 5 times a power of ten.</summary>
    private static (double Low, double High, double Step) Scale(ReportChart chart)
    {
        var (most, least) = (0.0, 0.0);
        for (var at = 0; at < chart.Categories.Count; at++)
        {
            var values = chart.Series.Select(series => series.Values[at]).ToList();
            most = Math.Max(most, chart.Kind == ChartKind.StackedBars ? values.Where(value => value > 0).Sum() : values.DefaultIfEmpty().Max());
            least = Math.Min(least, chart.Kind == ChartKind.StackedBars ? values.Where(value => value < 0).Sum() : values.DefaultIfEmpty().Min());
        }

        if (most - least <= 0) return (0, 1, 0.5);
        var rough = (most - least) / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = Array.Find(Steps, times => times * power >= rough * 0.999) * power;
        return (Math.Floor(least / step) * step, Math.Ceiling(most / step) * step, step);
    }

    private static string Number(double value, double step)
    {
        var decimals = Math.Clamp((int)-Math.Floor(Math.Log10(step)), 0, 9);
        return value.ToString("#,0." + new string('0', decimals), CultureInfo.InvariantCulture);
    }

    private static ChartTone Tone(RunMark mark) => mark switch
    {
        RunMark.Good => ChartTone.Good,
        RunMark.Bad => ChartTone.Bad,
        RunMark.None or RunMark.NotCertified => ChartTone.Plain,
    };
}
