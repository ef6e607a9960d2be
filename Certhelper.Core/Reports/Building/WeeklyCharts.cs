using System.Globalization;
using Certhelper.Core.Runs;

namespace Certhelper.Core.Reports;

/// <summary>Charts of the luminosity that was certified, each with its table; collisions only, cosmics have none.</summary>
internal static class WeeklyCharts
{
    /// <summary>More days than that are no bars that anybody can read: they are put together by weeks.</summary>
    private const int MostDays = 31;

    public static IEnumerable<ReportSection> Build(WeeklyInputs inputs)
    {
        foreach (var reconstruction in inputs.Rows.Where(row => row.Type == RunType.Collisions).Select(row => row.Reconstruction).Distinct().Order())
        {
            var rows = inputs.Rows.Where(row => row.Type == RunType.Collisions && row.Reconstruction == reconstruction).ToList();
            var steps = Steps(inputs.Period);
            List<(string Name, double Good, double Bad)> values =
            [
                .. steps.Select(step => (step.Name,
                    Luminosities.Sum(rows.Where(row => row.Good && step.Days.Contains(row.Date))),
                    Luminosities.Sum(rows.Where(row => !row.Good && step.Days.Contains(row.Date))))),
            ];
            var names = values.ConvertAll(value => value.Name);
            var good = Cumulated(values.Select(value => value.Good));
            var bad = Cumulated(values.Select(value => value.Bad));
            var per = inputs.Period.Length > MostDays ? "week" : "day";
            var of = $"Luminosity certified, collisions {reconstruction.Title()}";
            yield return new ReportSection($"luminosity-{reconstruction.Code()}", of,
            [
                new ReportChart($"Per {per}", ChartKind.StackedBars, "pb⁻¹", names,
                    [new("Good", RunMark.Good, [.. values.Select(value => value.Good)]), new("Bad", RunMark.Bad, [.. values.Select(value => value.Bad)])]),
                new ReportChart("Cumulative", ChartKind.Lines, "pb⁻¹", names, [new("Good", RunMark.Good, good), new("Bad", RunMark.Bad, bad)]),
                new ReportTable(
                    $"luminosity-{reconstruction.Code()}", of,
                    [
                        new(per == "day" ? "Day" : "Week from"), new("Good", "pb⁻¹", IsNumber: true), new("Bad", "pb⁻¹", IsNumber: true),
                        new("Good so far", "pb⁻¹", IsNumber: true), new("Bad so far", "pb⁻¹", IsNumber: true),
                    ],
                    [
                        .. values.Select((value, at) => (IReadOnlyList<ReportCell>)
                        [
                            new TextCell(PeriodWords.Iso(steps[at].Days.From)), new NumberCell(value.Good, 3), new NumberCell(value.Bad, 3),
                            new NumberCell(good[at], 3), new NumberCell(bad[at], 3),
                        ]),
                    ]),
            ]);
        }
    }

    private static IReadOnlyList<(string Name, Period Days)> Steps(Period period)
    {
        if (period.Length <= MostDays)
            return [.. period.Days.Select(day => (day.ToString(period.Length <= 7 ? "ddd dd" : "dd.MM", CultureInfo.InvariantCulture), new Period(day, day)))];
        return
        [
            .. period.Days.GroupBy(day => Period.WeekOf(day).From).Select(week =>
                (week.Key.ToString("dd.MM", CultureInfo.InvariantCulture), new Period(week.Min(), week.Max()))),
        ];
    }

    private static List<double> Cumulated(IEnumerable<double> values)
    {
        List<double> sums = [];
        foreach (var value in values) sums.Add(value + (sums.Count > 0 ? sums[^1] : 0));
        return sums;
    }
}
