using System.Globalization;
using Certhelper.Core.Runs;

namespace Certhelper.Core.Reports;

/// <summary>The notes of each day that has certifications.</summary>
internal static class WeeklyDays
{
    public static IEnumerable<ReportSection> Build(WeeklyInputs inputs)
    {
        var changes = FlagChanges.Of(inputs.Verdicts);
        foreach (var day in inputs.Period.Days)
        {
            var rows = inputs.Rows.Where(row => row.Date == day).ToList();
            if (rows.Count == 0) continue;
            var iso = PeriodWords.Iso(day);
            var runs = rows.Select(row => row.RunNumber).ToHashSet();
            yield return new ReportSection($"day-{iso}", $"Day by day notes: {PeriodWords.Weekday(day)}, {iso}",
            [
                new Bullets(
                [
                    new BulletItem("Fills: " + Fills(rows)),
                    new BulletItem("Number of runs certified", Items: [.. Counts(rows)]),
                    Bad(rows),
                    .. Changed([.. changes.Where(change => change.Day == day && runs.Contains(change.RunNumber))]),
                ]),
                new Note($"{iso}/conditions", "Conditions update"),
                new Note($"{iso}/elog", "Issues reported in the Elog and feedback to Online"),
                new Note($"{iso}/on-calls", "On-calls"),
                new Note($"{iso}/daily", "Daily Shifter Summaries"),
                new Bullets([.. Feedback([.. inputs.Dailies.Where(daily => daily.Day == day)])]),
            ]);
        }
    }

    private static string Fills(IEnumerable<CertifiedRun> rows)
    {
        var fills = rows.Where(row => row is { Type: RunType.Collisions, Reconstruction: Reconstruction.Express })
            .Select(row => row.FillNumber).OfType<int>().Distinct().Order().Select(fill => fill.ToString(CultureInfo.InvariantCulture)).ToList();
        return fills.Count == 0 ? "none" : string.Join(", ", fills);
    }

    private static IEnumerable<BulletItem> Counts(IReadOnlyList<CertifiedRun> rows) => WeeklyGroup.Of(rows)
        .GroupBy(group => group.Type)
        .Select(type => new BulletItem($"{WeeklyGroup.TypeTitle(type.Key)}: " + string.Join("; ", type.Select(group =>
        {
            var of = rows.Where(group.Has).ToList();
            var count = FormattableString.Invariant($"{of.Count} in {WeeklyNumbers.StreamName(group.Reconstruction)}");
            return type.Key == RunType.Cosmics || of.Count == 0 ? count : $"{count} ({LuminosityText.Report(Luminosities.Sum(of))})";
        }))));

    private static BulletItem Bad(IReadOnlyList<CertifiedRun> rows)
    {
        var bad = rows.Where(row => !row.Good).ToList();
        var by = bad.Count == 0
            ? null
            : WeeklyGroup.Of(bad).Select(group => (group, Count: bad.Count(group.Has))).Where(item => item.Count > 0)
                .Select(item => new BulletItem(FormattableString.Invariant($"{item.group.Title}: {item.Count}"), [.. bad.Where(item.group.Has).Select(row => row.Marked)])).ToList();
        return new BulletItem(FormattableString.Invariant($"Total number of BAD runs = {bad.Count} ({LuminosityText.Report(Luminosities.Sum(bad))})"), Items: by);
    }

    /// <summary>Express→Prompt is always said; others when there are some.</summary>
    private static IEnumerable<BulletItem> Changed(IReadOnlyList<FlagChange> changes)
    {
        var known = changes.ToLookup(FlagChanges.Between);
        const string usual = "Express→Prompt";
        foreach (var between in known.Select(group => group.Key).Prepend(usual).Distinct())
        {
            yield return new BulletItem(
                FormattableString.Invariant($"Number of changed flags {between} = {known[between].Count()}"),
                [.. known[between].Select(change => change.Marked)]);
        }
    }

    private static IEnumerable<BulletItem> Feedback(IReadOnlyList<KeptDaily> dailies)
    {
        if (dailies.Count > 0)
            yield return new BulletItem("Daily reports: " + string.Join("; ", dailies.Select(daily => FormattableString.Invariant($"{daily.PersonName} (/reports/{daily.ReportId})"))));
        var links = dailies
            .SelectMany(daily => (daily.Notes.GetValueOrDefault(DailyNotes.Links) ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Distinct(StringComparer.Ordinal).Select(line => new BulletItem(line)).ToList();
        yield return links.Count == 0 ? new BulletItem("Prompt Feedback plots: none") : new BulletItem("Prompt Feedback plots:", Items: links);
    }
}
