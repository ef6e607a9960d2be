namespace Certhelper.Core.Reports;

/// <summary>How a value of a line is marked.</summary>
public enum ChartMarker
{
    Circle,
    Square,
    Triangle,
}

/// <summary>How a line is drawn.</summary>
public enum ChartDash
{
    None,
    Long,
    Short,
}

/// <summary>What a chart is drawn from.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Kind">How.</param>
/// <param name="Categories">Along the horizontal axis.</param>
/// <param name="Series">With a value for each category, or null where there is none.</param>
public sealed record ChartFigure(string Title, ChartKind Kind, IReadOnlyList<string> Categories, IReadOnlyList<FigureSeries> Series)
{
    /// <summary>The unit of the values; empty for counts.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The categories in full, for who listens; null when they are so already.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>The title of the vertical axis with its unit; null for a chart without titles of axes.</summary>
    public string? Vertical { get; init; }

    /// <summary>The title of the horizontal axis.</summary>
    public string? Horizontal { get; init; }

    /// <summary>Where the vertical axis ends; null when the values say it.</summary>
    public double? Most { get; init; }

    /// <summary>A place between the categories that a line marks; null for none.</summary>
    public ChartPlace? Marked { get; init; }

    internal static ChartFigure Of(ReportChart chart) => new(
        chart.Title, chart.Kind, chart.Categories,
        [.. chart.Series.Select(series => new FigureSeries(series.Name, Tone(series.Mark), [.. series.Values.Select(value => (double?)value)]))])
    {
        Unit = chart.Unit,
    };

    private static ChartTone Tone(RunMark mark) => mark switch
    {
        RunMark.Good => ChartTone.Good,
        RunMark.Bad => ChartTone.Bad,
        RunMark.None or RunMark.NotCertified => ChartTone.Plain,
    };
}

/// <summary>A place along the horizontal axis.</summary>
/// <param name="At">In categories: 2.5 is the middle of the third one.</param>
/// <param name="Says">What is there.</param>
public sealed record ChartPlace(double At, string Says);

/// <summary>Values that belong together.</summary>
/// <param name="Hollow">Bars only as outlines.</param>
public sealed record FigureSeries(
    string Name, ChartTone Tone, IReadOnlyList<double?> Values, bool Hollow = false, ChartMarker Marker = ChartMarker.Circle, ChartDash Dash = ChartDash.None);
