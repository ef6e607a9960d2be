using System.Globalization;
using Certhelper.Core.Runs;

namespace Certhelper.Core.Reports;

/// <summary>A run type with a reconstruction: what the numbers of a period are grouped by.</summary>
internal sealed record WeeklyGroup(RunType? Type, Reconstruction Reconstruction)
{
    /// <summary>Those that are always reported, even when there is nothing; others only when there is something.</summary>
    public static IReadOnlyList<WeeklyGroup> Standard { get; } =
    [
        new(RunType.Collisions, Reconstruction.Express), new(RunType.Collisions, Reconstruction.Prompt),
        new(RunType.Cosmics, Reconstruction.Express), new(RunType.Cosmics, Reconstruction.Prompt),
    ];

    public string Title => $"{TypeTitle(Type)} {Reconstruction.Title()}";

    public bool Has(CertifiedRun row) => row.Type == Type && row.Reconstruction == Reconstruction;

    public static string TypeTitle(RunType? type) => type switch
    {
        RunType.Collisions => "Collisions",
        RunType.Cosmics => "Cosmics",
        null => "Undecided",
    };

    /// <summary>The standard ones and those that occur besides, by type and reconstruction.</summary>
    public static IReadOnlyList<WeeklyGroup> Of(IEnumerable<CertifiedRun> rows) =>
    [
        .. rows.Select(row => new WeeklyGroup(row.Type, row.Reconstruction)).Concat(Standard).Distinct()
            .OrderBy(group => group.Type ?? (RunType)int.MaxValue).ThenBy(group => group.Reconstruction),
    ];
}

/// <summary>The report of a period for the meeting; its slides are those of the previous application, in that order, and some more.</summary>
internal static class WeeklyBuilder
{
    /// <param name="inputs">What it is made of.</param>
    /// <param name="only">What narrows it, in words; empty when nothing does.</param>
    public static ReportDocument Build(WeeklyInputs inputs, string only = "")
    {
        var groups = WeeklyGroup.Of(inputs.Rows);
        var week = inputs.Period.WeekText();
        IReadOnlyList<ReportSection> sections =
        [
            WeeklyFills.RecordedLuminosity(inputs),
            .. WeeklyFills.Runs(inputs, groups),
            .. WeeklyDays.Build(inputs),
            WeeklyNumbers.Certification(inputs, groups),
            new ReportSection("summary", $"Summary of {LowerFirst(week)}", [new Note(WeeklyNotes.Summary, null)]),
            .. WeeklyRunLists.Build(inputs, groups),
            .. WeeklyCharts.Build(inputs),
            WeeklyNumbers.Comparison(inputs),
            WeeklyNumbers.Problems(inputs),
            WeeklyNumbers.Shifters(inputs),
        ];
        return new ReportDocument(
            ReportKind.Weekly,
            "Offline Shift Leader Report",
            $"{week}, {PeriodWords.Of(inputs.Period)}",
            inputs.Period,
            [
                new TitleLine("SL", inputs.Leader ?? "", WeeklyNotes.Leader),
                new TitleLine("Shifters", string.Join(", ", inputs.Rows.Select(row => row.ShifterName).Distinct().Order(StringComparer.Ordinal))),
                new TitleLine("On-call", "", WeeklyNotes.OnCall),
                .. TitleLine.Narrowed(only),
            ],
            sections);
    }

    private static string LowerFirst(string text) => char.ToLower(text[0], CultureInfo.InvariantCulture) + text[1..];
}
