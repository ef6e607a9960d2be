using System.Globalization;
using Certhelper.Core.Reports;

namespace Certhelper.Core.Plots;

/// <summary>How long runs waited for their certification: a histogram and the median.</summary>
internal static class WaitingPlot
{
    private const int Hour = 60;
    private const int Day = 24 * Hour;

    // The bins grow: a shift of eight hours matters in the beginning, weeks at the end.
    private static readonly (int From, string Name)[] Bins =
    [
        (int.MinValue, "before end"), (0, "< 1 h"), (Hour, "1–2 h"), (2 * Hour, "2–4 h"), (4 * Hour, "4–8 h"), (8 * Hour, "8–16 h"), (16 * Hour, "16–24 h"),
        (Day, "1–2 d"), (2 * Day, "2–4 d"), (4 * Day, "4–7 d"), (7 * Day, "7–14 d"), (14 * Day, "14–28 d"), (28 * Day, "≥ 28 d"),
    ];

    public static Plot Of(IReadOnlyList<WaitRow> waits)
    {
        var known = waits.Where(row => row.Minutes is not null).OrderBy(row => row.Minutes).ToList();
        var unknown = waits.Where(row => row.Minutes is null).Sum(row => row.Count);
        var counts = Bins.Select((bin, at) => known
            .Where(row => row.Minutes >= bin.From && (at + 1 == Bins.Length || row.Minutes < Bins[at + 1].From)).Sum(row => row.Count)).ToList();
        // Nobody expects a certification before the end; the bin is there only when it is needed.
        var first = counts[0] == 0 ? 1 : 0;
        var median = Median(known);
        var title = median is null ? "Time from the end of the run to its certification" : $"Time from the end of the run to its certification, median {Words(median.Value)}";
        return new Plot(
            PlotKinds.TimeToCertification,
            $"From the end of the run to the moment at which its certification was made, in whole minutes; each reconstruction counts.{(unknown == 0 ? "" : $" {unknown.ToString(CultureInfo.InvariantCulture)} without a known end of the run are left out.")}",
            new ChartFigure(
                title, ChartKind.StackedBars, [.. Bins.Skip(first).Select(bin => bin.Name)],
                [new FigureSeries("Certifications", ChartTone.Blue, [.. counts.Skip(first).Select(count => (double?)count)])])
            {
                Vertical = "Certifications",
                Horizontal = "Time to certification (h: hours, d: days)",
                Marked = median is null ? null : new ChartPlace(PlaceOf(median.Value) - first, "median " + Words(median.Value)),
            },
            new ReportTable(
                PlotKinds.TimeToCertification, title,
                [new("Time to certification"), new("Certifications", "number", IsNumber: true), new("Median", "h", IsNumber: true)],
                [
                    .. Bins.Select((bin, at) => (IReadOnlyList<ReportCell>)[new TextCell(bin.Name), new CountCell(counts[at]), new NumberCell(null, 2)]).Skip(first),
                    [new TextCell("all with a known end"), new CountCell(counts.Sum()), new NumberCell(median / Hour, 2)],
                    [new TextCell("end of run not known"), new CountCell(unknown), new NumberCell(null, 2)],
                ]),
            known.Count == 0 ? "The end of no certified run is known here. It comes from OMS; choose other days or wait for it." : null);
    }

    /// <summary>The median in minutes; between the two in the middle when their number is even.</summary>
    internal static double? Median(IReadOnlyList<WaitRow> ordered)
    {
        var all = ordered.Sum(row => (long)row.Count);
        return all == 0 ? null : (At((all - 1) / 2) + At(all / 2)) / 2.0;

        long At(long place)
        {
            foreach (var row in ordered)
            {
                if (place < row.Count) return row.Minutes!.Value;
                place -= row.Count;
            }

            throw new InvalidOperationException("No certification stands at this place.");
        }
    }

    /// <summary>Where a time lies among the bins: in its bin, as far as it is from its beginning to its end; bins without an end have a middle.</summary>
    internal static double PlaceOf(double minutes)
    {
        var at = Array.FindLastIndex(Bins, bin => minutes >= bin.From);
        return at == 0 || at == Bins.Length - 1 ? at + 0.5 : at + (minutes - Bins[at].From) / (Bins[at + 1].From - Bins[at].From);
    }

    private static string Words(double minutes) => Math.Abs(minutes) switch
    {
        < Hour => string.Create(CultureInfo.InvariantCulture, $"{minutes:0} min"),
        < 2 * Day => string.Create(CultureInfo.InvariantCulture, $"{minutes / Hour:0.0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{minutes / Day:0.0} d"),
    };
}
