using Certhelper.Core.Certification;
using Certhelper.Core.Reports;
using Certhelper.Core.Runs;

namespace Certhelper.Core.Plots;

/// <summary>All plots of a selection of certifications.</summary>
/// <param name="Period">The days along the axis; null when nothing is certified and no days were asked for.</param>
/// <param name="Plots">In the order in which they are shown.</param>
public sealed record PlotBook(Period? Period, PlotStep Step, int Certifications, IReadOnlyList<Plot> Plots)
{
    private const string TwiceCertified =
        "A run counts once for each reconstruction in which it is certified; choose one reconstruction to count it once.";

    /// <summary>Makes the plots.</summary>
    /// <param name="rows">What the database grouped.</param>
    /// <param name="asked">The days that were asked for; where an end is open, the certifications themselves say it.</param>
    /// <param name="step">The step that was asked for: <c>day</c>, <c>week</c>, <c>month</c>; null for what suits the days.</param>
    public static PlotBook Of(PlotRows rows, (DateOnly? From, DateOnly? To) asked, string? step)
    {
        var period = PeriodOf(rows, asked);
        if (period is null) return new PlotBook(null, PlotStep.Day, 0, []);
        var chosen = PlotSteps.Of(period, step);
        var time = new PlotTime(chosen, period);
        return new PlotBook(period, chosen, rows.Days.Sum(row => row.Count),
        [
            Luminosity(rows, time),
            LuminositySoFar(rows, time),
            Certified(rows, time),
            Problems(rows, time),
            Health(rows, time),
            Eras(rows),
            WaitingPlot.Of(rows.Waits),
        ]);
    }

    private static Period? PeriodOf(PlotRows rows, (DateOnly? From, DateOnly? To) asked)
    {
        if (rows.Days.Count == 0) return asked is { From: { } first, To: { } last } && first <= last ? new Period(first, last) : null;
        return new Period(asked.From ?? rows.Days.Min(row => row.Day), asked.To ?? rows.Days.Max(row => row.Day));
    }

    private static Plot Luminosity(PlotRows rows, PlotTime time)
    {
        var (good, bad) = Luminosities(rows, time);
        var unknown = time.Sum(rows.Days.Where(row => row.Type == RunType.Collisions), row => row.Day, row => row.WithoutLuminosity);
        var title = $"Luminosity certified per {time.Step.Code()}";
        return new Plot(
            PlotKinds.Luminosity,
            $"Recorded luminosity of certified collision runs, by the day that the certification counts for. Runs without a known luminosity count as 0. {TwiceCertified}",
            time.Figure(title, ChartKind.StackedBars, "Recorded luminosity", "pb⁻¹", [Series.Good("Good", good), Series.Bad("Bad", bad)]),
            time.Table(PlotKinds.Luminosity, title,
                [new("Good", "pb⁻¹", IsNumber: true), new("Bad", "pb⁻¹", IsNumber: true), new("Without known luminosity", "certifications", IsNumber: true)],
                at => [new NumberCell(good[at], 3), new NumberCell(bad[at], 3), new CountCell((long)unknown[at])]),
            NoCollisions(rows));
    }

    private static Plot LuminositySoFar(PlotRows rows, PlotTime time)
    {
        var (goodEach, badEach) = Luminosities(rows, time);
        var (good, bad) = (Cumulated(goodEach), Cumulated(badEach));
        const string title = "Luminosity certified, cumulative";
        return new Plot(
            PlotKinds.LuminositySoFar,
            $"The same, summed from the first day shown. {TwiceCertified}",
            time.Figure(title, ChartKind.Lines, "Recorded luminosity so far", "pb⁻¹", [Series.Good("Good", good), Series.Bad("Bad", bad)]),
            time.Table(PlotKinds.LuminositySoFar, title,
                [new("Good so far", "pb⁻¹", IsNumber: true), new("Bad so far", "pb⁻¹", IsNumber: true)],
                at => [new NumberCell(good[at], 3), new NumberCell(bad[at], 3)]),
            NoCollisions(rows));
    }

    private static Plot Certified(PlotRows rows, PlotTime time)
    {
        List<FigureSeries> series = [];
        foreach (var reconstruction in rows.Days.Select(row => row.Reconstruction).Distinct().Order())
        {
            foreach (var good in new[] { true, false })
            {
                series.Add(new FigureSeries(
                    $"{reconstruction.Title()} {(good ? "good" : "bad")}", Tone(reconstruction),
                    [.. time.Sum(rows.Days.Where(row => row.Reconstruction == reconstruction && row.Good == good), row => row.Day, row => row.Count).Select(value => (double?)value)],
                    Hollow: !good));
            }
        }

        var title = $"Certifications per {time.Step.Code()} by reconstruction";
        return new Plot(
            PlotKinds.Certifications,
            "Certifications by the day that they count for; filled is good, hollow is bad.",
            time.Figure(title, ChartKind.StackedBars, "Certifications", "", series),
            time.Table(PlotKinds.Certifications, title,
                [.. series.Select(one => new ReportColumn(one.Name, "certifications", IsNumber: true))],
                at => [.. series.Select(one => new CountCell((long?)one.Values[at]))]),
            rows.Days.Count == 0 ? "Nothing is certified in these days. Choose other days or take filters away." : null);
    }

    private static Plot Problems(PlotRows rows, PlotTime time)
    {
        List<FigureSeries> series =
        [
            .. Enum.GetValues<Component>().Select(component => new FigureSeries(
                component.ToString(), Tone(component),
                [.. time.Sum(rows.Problems.Where(row => row.Component == component), row => row.Day, row => row.Count).Select(value => (double?)value)],
                Marker: Marker(component), Dash: Dash(component))),
        ];
        var title = $"Problems per {time.Step.Code()} by component";
        return new Plot(
            PlotKinds.Problems,
            "Certifications that name at least one problem of the component, by the day that they count for.",
            time.Figure(title, ChartKind.Lines, "Certifications with a problem", "", series),
            time.Table(PlotKinds.Problems, title,
                [.. series.Select(one => new ReportColumn(one.Name, "certifications", IsNumber: true))],
                at => [.. series.Select(one => new CountCell((long?)one.Values[at]))]),
            rows.Problems.Count == 0 ? "No certification of these days names a problem. Problems are named when a run is certified." : null);
    }

    private static Plot Health(PlotRows rows, PlotTime time)
    {
        var components = Enum.GetValues<Component>();
        var good = components.ToDictionary(component => component, component => time.Sum(rows.Days, row => row.Day, row => row.Of(component).Good));
        var judged = components.ToDictionary(component => component, component => time.Sum(rows.Days, row => row.Day, row => row.Of(component).Judged));
        var all = time.Sum(rows.Days, row => row.Day, row => row.Count);
        double? Share(Component component, int at) => judged[component][at] == 0 ? null : good[component][at] / judged[component][at];
        var title = $"Detector health: share of good per {time.Step.Code()}";
        return new Plot(
            PlotKinds.Health,
            "Of the certifications in which the component took part, the share in which it is good or marked as low statistics, as in the verdict. Nothing is drawn where nothing was certified.",
            time.Figure(title, ChartKind.Lines, "Share of certifications", "%",
                [
                    .. components.Select(component => new FigureSeries(
                        component.ToString(), Tone(component), [.. time.Starts.Select((_, at) => Share(component, at) * 100)], Marker: Marker(component), Dash: Dash(component))),
                ]) with
            { Most = 100 },
            time.Table(PlotKinds.Health, title,
                [
                    new("Certifications", "number", IsNumber: true),
                    .. components.SelectMany(component => new ReportColumn[]
                    {
                        new($"{component} good", "%", IsNumber: true), new($"{component} took part", "certifications", IsNumber: true),
                    }),
                ],
                at =>
                [
                    new CountCell((long)all[at]),
                    .. components.SelectMany(component => new ReportCell[] { new NumberCell(Share(component, at) * 100, 1), new CountCell((long)judged[component][at]) }),
                ]),
            rows.Days.Count == 0 ? "Nothing is certified in these days. Choose other days or take filters away." : null);
    }

    private static Plot Eras(PlotRows rows)
    {
        var eras = rows.Days.GroupBy(row => row.Era).OrderBy(group => group.Key is null).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (Name: group.Key ?? "not known", Good: group.Where(row => row.Good).Sum(row => row.Count), All: group.Sum(row => row.Count))).ToList();
        const string title = "Share of good certifications per era";
        return new Plot(
            PlotKinds.Eras,
            $"Share of certifications whose verdict over all components is good, by the era that OMS names for the run. {TwiceCertified}",
            new ChartFigure(title, ChartKind.StackedBars, [.. eras.Select(era => era.Name)], [Series.Good("Good", [.. eras.Select(era => 100.0 * era.Good / era.All)])])
            {
                Unit = "%",
                Vertical = "Share of certifications (%)",
                Horizontal = "Era",
                Most = 100,
            },
            new ReportTable(
                PlotKinds.Eras, title,
                [new("Era"), new("Good", "%", IsNumber: true), new("Good", "certifications", IsNumber: true), new("All", "certifications", IsNumber: true)],
                [.. eras.Select(era => (IReadOnlyList<ReportCell>)[new TextCell(era.Name), new NumberCell(100.0 * era.Good / era.All, 1), new CountCell(era.Good), new CountCell(era.All)])]),
            eras.Count == 0 ? "Nothing is certified in these days. Choose other days or take filters away." : null);
    }

    private static (double[] Good, double[] Bad) Luminosities(PlotRows rows, PlotTime time)
    {
        double[] Of(bool good) => time.Sum(rows.Days.Where(row => row.Type == RunType.Collisions && row.Good == good), row => row.Day, row => row.Exact, row => row.Beyond);
        return (Of(true), Of(false));
    }

    private static string? NoCollisions(PlotRows rows) => rows.Days.Any(row => row.Type == RunType.Collisions)
        ? null
        : "No collision run is certified here; cosmics have no luminosity. Choose collisions, or other days.";

    private static double[] Cumulated(double[] values)
    {
        var sums = new double[values.Length];
        for (var at = 0; at < sums.Length; at++) sums[at] = values[at] + (at > 0 ? sums[at - 1] : 0);
        return sums;
    }

    private static ChartTone Tone(Reconstruction reconstruction) => reconstruction switch
    {
        Reconstruction.Online => ChartTone.Grey,
        Reconstruction.Express => ChartTone.Blue,
        Reconstruction.Prompt => ChartTone.Orange,
        Reconstruction.ReReco => ChartTone.Green,
        Reconstruction.ReRecoUl => ChartTone.Purple,
    };

    private static ChartTone Tone(Component component) => component switch
    {
        Component.Pixel => ChartTone.Blue,
        Component.Strip => ChartTone.Orange,
        Component.Tracking => ChartTone.Green,
    };

    private static ChartMarker Marker(Component component) => component switch
    {
        Component.Pixel => ChartMarker.Circle,
        Component.Strip => ChartMarker.Square,
        Component.Tracking => ChartMarker.Triangle,
    };

    private static ChartDash Dash(Component component) => component switch
    {
        Component.Pixel => ChartDash.None,
        Component.Strip => ChartDash.Long,
        Component.Tracking => ChartDash.Short,
    };
}

/// <summary>Series of good and bad; colour is never all that tells them apart.</summary>
internal static class Series
{
    public static FigureSeries Good(string name, IReadOnlyList<double> values) =>
        new(name, ChartTone.Good, [.. values.Select(value => (double?)value)]);

    public static FigureSeries Bad(string name, IReadOnlyList<double> values) =>
        new(name, ChartTone.Bad, [.. values.Select(value => (double?)value)], Hollow: true, Marker: ChartMarker.Square, Dash: ChartDash.Long);
}
