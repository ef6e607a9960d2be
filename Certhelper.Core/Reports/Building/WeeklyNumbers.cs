using System.Globalization;
using Certhelper.Core.Certification;
using Certhelper.Core.Runs;

namespace Certhelper.Core.Reports;

/// <summary>The numbers of a period: per type and reconstruction, against the period before, problems, shifters.</summary>
internal static class WeeklyNumbers
{
    /// <summary>What leaders call a reconstruction in sentences.</summary>
    public static string StreamName(Reconstruction reconstruction) => reconstruction switch
    {
        Reconstruction.Express => "Stream-Express",
        Reconstruction.Prompt => "Prompt-Reco",
        Reconstruction.Online or Reconstruction.ReReco or Reconstruction.ReRecoUl => reconstruction.Title(),
    };

    public static ReportSection Certification(WeeklyInputs inputs, IReadOnlyList<WeeklyGroup> groups) => new("weekly-certification", "Weekly certification",
    [
        new Bullets([.. groups.GroupBy(group => group.Type).Select(type => OfType(inputs, type.Key, [.. type]))]),
        new ReportTable(
            "weekly-certification",
            "Certified runs per type and reconstruction",
            [
                new("Type"), new("Reco"), new("Runs", IsNumber: true), new("Good", IsNumber: true), new("Bad", IsNumber: true),
                new("Lumi", IsNumber: true), new("Lumi good", IsNumber: true), new("Lumi bad", IsNumber: true),
                new("LS", IsNumber: true), new("LS good", IsNumber: true), new("LS bad", IsNumber: true),
            ],
            [
                .. groups.Select(group =>
                {
                    var rows = inputs.Rows.Where(group.Has).ToList();
                    var good = rows.Where(row => row.Good).ToList();
                    var bad = rows.Where(row => !row.Good).ToList();
                    return (IReadOnlyList<ReportCell>)
                    [
                        new TextCell(WeeklyGroup.TypeTitle(group.Type)), new TextCell(group.Reconstruction.Title()),
                        new CountCell(rows.Count), new CountCell(good.Count), new CountCell(bad.Count),
                        new LuminosityCell(Luminosities.Sum(rows)), new LuminosityCell(Luminosities.Sum(good)), new LuminosityCell(Luminosities.Sum(bad)),
                        new CountCell(Lumisections(rows)), new CountCell(Lumisections(good)), new CountCell(Lumisections(bad)),
                    ];
                }),
            ]),
        new Heading("Central certification"),
        .. Central(inputs),
        new Note(WeeklyNotes.Deadline, "Deadline has been met"),
    ]);

    private static BulletItem OfType(WeeklyInputs inputs, RunType? type, IReadOnlyList<WeeklyGroup> groups) => new(
        WeeklyGroup.TypeTitle(type),
        // Prompt first, as leaders are used to.
        Items: [.. groups.OrderByDescending(group => group.Reconstruction == Reconstruction.Prompt).ThenBy(group => group.Reconstruction).Select(group =>
        {
            var rows = inputs.Rows.Where(group.Has).ToList();
            var bad = rows.Where(row => !row.Good).ToList();
            return new BulletItem(
                $"{StreamName(group.Reconstruction)}: {Amount(type, rows)}", Items: [new BulletItem($"BAD runs: {Amount(type, bad)}")]);
        })]);

    private static string Amount(RunType? type, List<CertifiedRun> rows) => type == RunType.Cosmics
        ? FormattableString.Invariant($"total number = {rows.Count}")
        : FormattableString.Invariant($"total number = {rows.Count}, integrated lumi = {LuminosityText.Report(Luminosities.Sum(rows))}");

    private static IEnumerable<ReportBlock> Central(WeeklyInputs inputs)
    {
        if (inputs.CentralRuns.Count == 0)
        {
            yield return new Paragraph("No list of central certification runs has been given.");
            yield break;
        }

        var check = CentralCertification.Check(
            inputs.CentralRuns, inputs.CentralVerdicts.Select(item => new CentralVerdict(item.RunNumber, item.Reconstruction, item.Type, item.Good)));
        yield return new ReportTable(
            "central-certification",
            "Runs of the central certification, by prompt; changed means that express said the opposite",
            [new("Type"), new("Good"), new("Bad"), new("Changed to good"), new("Changed to bad"), new("Prompt missing")],
            [Row("Collisions", check.Collisions), Row("Cosmics", check.Cosmics)]);
        yield return new RunLine("Not certified at all", Marked(check.Missing, RunMark.NotCertified));

        static IReadOnlyList<ReportCell> Row(string type, CentralGroup of) =>
        [
            new TextCell(type), new RunsCell(Marked(of.Good, RunMark.Good), Bare: true), new RunsCell(Marked(of.Bad, RunMark.Bad), Bare: true),
            new RunsCell(Marked(of.ChangedToGood, RunMark.Good), Bare: true), new RunsCell(Marked(of.ChangedToBad, RunMark.Bad), Bare: true),
            new RunsCell(Marked(of.PromptMissing, RunMark.None), Bare: true),
        ];

        static IReadOnlyList<MarkedRun> Marked(IEnumerable<int> runs, RunMark mark) => [.. runs.Select(run => new MarkedRun(run, mark))];
    }

    public static ReportSection Comparison(WeeklyInputs inputs)
    {
        var before = inputs.Period.Before();
        return new ReportSection("comparison", $"Compared with {PeriodWords.Of(before)}",
        [
            new ReportTable(
                "comparison",
                "This period and the one before",
                [
                    new("Type"), new("Certified", IsNumber: true), new("before", IsNumber: true), new("change", IsNumber: true),
                    new("Bad", IsNumber: true), new("before", IsNumber: true), new("Luminosity", IsNumber: true), new("before", IsNumber: true),
                ],
                [
                    .. WeeklyGroup.Of(inputs.Rows.Concat(inputs.Before)).Select(group =>
                    {
                        var now = inputs.Rows.Where(group.Has).ToList();
                        var then = inputs.Before.Where(group.Has).ToList();
                        return (IReadOnlyList<ReportCell>)
                        [
                            new TextCell(group.Title), new CountCell(now.Count), new CountCell(then.Count),
                            new TextCell((now.Count - then.Count).ToString("+0;-0;0", CultureInfo.InvariantCulture)),
                            new CountCell(now.Count(row => !row.Good)), new CountCell(then.Count(row => !row.Good)),
                            new LuminosityCell(Luminosities.Sum(now)), new LuminosityCell(Luminosities.Sum(then)),
                        ];
                    }),
                ]),
        ]);
    }

    public static ReportSection Problems(WeeklyInputs inputs) => new("problems", "Problems and bad reasons",
    [
        Counted("problems", "Problems of the components", "Problem", inputs.Rows.SelectMany(row => row.Problems
            .Select(problem => ($"{problem.Component}: {problem.Name}", Order: (int)problem.Component, row)))),
        Counted("bad-reasons", "Reasons of bad runs", "Bad reason", inputs.Rows.Where(row => row.BadReason is not null).Select(row => (row.BadReason!, Order: 0, row))),
    ]);

    private static ReportTable Counted(string name, string caption, string head, IEnumerable<(string Name, int Order, CertifiedRun Row)> items) => new(
        name, caption, [new(head), new("Certifications", IsNumber: true), new("Runs")],
        [
            .. items.GroupBy(item => (item.Order, item.Name)).OrderBy(group => group.Key.Order).ThenByDescending(group => group.Count()).ThenBy(group => group.Key.Name, StringComparer.Ordinal)
                .Select(group => (IReadOnlyList<ReportCell>)
                [
                    new TextCell(group.Key.Name), new CountCell(group.Count()),
                    new RunsCell([.. group.Select(item => item.Row.RunNumber).Distinct().Order().Select(run => new MarkedRun(run, RunMark.None))]),
                ]),
        ]);

    public static ReportSection Shifters(WeeklyInputs inputs) => new("shifters", "Shifters",
    [
        new ReportTable(
            "shifters",
            "Who certified how much",
            [new("Shifter"), new("Certifications", IsNumber: true), new("Good", IsNumber: true), new("Bad", IsNumber: true), new("Days")],
            [
                .. inputs.Rows.GroupBy(row => (row.ShifterName, row.OwnerId)).OrderBy(person => person.Key.ShifterName, StringComparer.Ordinal).ThenBy(person => person.Key.OwnerId)
                    .Select(person => (IReadOnlyList<ReportCell>)
                    [
                        new TextCell(person.Key.ShifterName), new CountCell(person.Count()), new CountCell(person.Count(row => row.Good)), new CountCell(person.Count(row => !row.Good)),
                        new TextCell(string.Join(", ", person.Select(row => row.Date).Distinct().Order().Select(day => day.ToString("ddd d MMM", CultureInfo.InvariantCulture)))),
                    ]),
            ]),
    ]);

    private static long Lumisections(IEnumerable<CertifiedRun> rows) => rows.Sum(row => (long)(row.Lumisections ?? 0));
}
