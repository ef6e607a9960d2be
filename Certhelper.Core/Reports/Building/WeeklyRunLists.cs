using Certhelper.Core.Runs;

namespace Certhelper.Core.Reports;

/// <summary>The runs that were certified, per reconstruction and day, good before bad.</summary>
internal static class WeeklyRunLists
{
    public static IEnumerable<ReportSection> Build(WeeklyInputs inputs, IReadOnlyList<WeeklyGroup> groups)
    {
        foreach (var reconstruction in groups.GroupBy(group => group.Reconstruction).OrderBy(group => group.Key))
        {
            yield return new ReportSection($"runs-{reconstruction.Key.Code()}", $"List of runs certified {Stream(reconstruction.Key)}",
            [
                .. reconstruction.SelectMany(group => OfType(group, [.. inputs.Rows.Where(group.Has)])),
            ]);
        }
    }

    private static string Stream(Reconstruction reconstruction) => reconstruction == Reconstruction.Express ? "StreamExpress" : reconstruction.Title();

    private static IEnumerable<ReportBlock> OfType(WeeklyGroup group, IReadOnlyList<CertifiedRun> rows)
    {
        yield return new Heading(WeeklyGroup.TypeTitle(group.Type));
        if (rows.Count == 0)
        {
            yield return new Paragraph("None.");
            yield break;
        }

        foreach (var day in rows.GroupBy(row => row.Date).OrderBy(day => day.Key))
        {
            var name = $"{PeriodWords.Weekday(day.Key)} {PeriodWords.Iso(day.Key)}";
            foreach (var verdict in day.GroupBy(row => row.Good).OrderByDescending(verdict => verdict.Key))
                yield return new RunLine($"{name}, {(verdict.Key ? "Good" : "Bad")}", [.. verdict.OrderBy(row => row.RunNumber).Select(row => row.Marked)]);
        }
    }
}
