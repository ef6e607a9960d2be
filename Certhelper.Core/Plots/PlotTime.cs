using Certhelper.Core.Reports;

namespace Certhelper.Core.Plots;

/// <summary>The axis of time that several plots share.</summary>
internal sealed class PlotTime
{
    private readonly Dictionary<DateOnly, int> places;

    public PlotTime(PlotStep step, Period period)
    {
        Step = step;
        Starts = PlotSteps.All(step, period);
        places = Starts.Select((start, at) => (start, at)).ToDictionary(pair => pair.start, pair => pair.at);
    }

    public PlotStep Step { get; }

    /// <summary>The first day of each step.</summary>
    public IReadOnlyList<DateOnly> Starts { get; }

    private string Head => Step switch
    {
        PlotStep.Day => "Day",
        PlotStep.Week => "Week from Monday",
        PlotStep.Month => "Month",
    };

    /// <summary>A sum for each step.</summary>
    public double[] Sum<T>(IEnumerable<T> rows, Func<T, DateOnly> day, Func<T, int> value) => Sum(rows, day, row => (decimal)value(row), _ => 0);

    /// <summary>A sum for each step; exact parts are added as decimals.</summary>
    public double[] Sum<T>(IEnumerable<T> rows, Func<T, DateOnly> day, Func<T, decimal> exact, Func<T, double> beyond)
    {
        var (sums, further) = (new decimal[Starts.Count], new double[Starts.Count]);
        foreach (var row in rows)
        {
            var at = places[PlotSteps.StartOf(Step, day(row))];
            sums[at] += exact(row);
            further[at] += beyond(row);
        }

        return [.. sums.Select((sum, at) => (double)sum + further[at])];
    }

    public ChartFigure Figure(string title, ChartKind kind, string vertical, string unit, IReadOnlyList<FigureSeries> series)
    {
        var severalYears = Starts[0].Year != Starts[^1].Year;
        return new ChartFigure(title, kind, [.. Starts.Select(start => PlotSteps.Short(Step, start, severalYears))], series)
        {
            Names = [.. Starts.Select(start => (Step == PlotStep.Week ? "Week from " : "") + PlotSteps.Name(Step, start))],
            Unit = unit,
            Vertical = unit.Length == 0 ? vertical : $"{vertical} ({unit})",
            Horizontal = Head + (Step == PlotStep.Month ? "" : severalYears ? " (Europe/Zurich)" : $" of {PlotSteps.Name(PlotStep.Day, Starts[0])[..4]} (Europe/Zurich)"),
        };
    }

    public ReportTable Table(string name, string caption, IReadOnlyList<ReportColumn> columns, Func<int, IReadOnlyList<ReportCell>> cells) => new(
        name, caption, [new(Head), .. columns],
        [.. Starts.Select((start, at) => (IReadOnlyList<ReportCell>)[new TextCell(PlotSteps.Name(Step, start)), .. cells(at)])]);
}
