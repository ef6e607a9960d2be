using System.Globalization;
using Certhelper.Core.Certification;
using Certhelper.Core.Runs;

namespace Certhelper.Core.Reports;

/// <summary>Certifications that belong together in a daily report, with the line above them.</summary>
internal sealed record DailyType(string Headline, IReadOnlyList<CertifiedRun> Rows);

/// <summary>
/// The report of a shift for the ELOG. Its sections, their order and the lines that begin them are what readers of the ELOG
/// look for: they do not change.
/// </summary>
internal static class DailyBuilder
{
    private const int CommentWidth = 50;

    /// <summary>The report.</summary>
    /// <param name="period">The day, or the days.</param>
    /// <param name="whose">The person, or who else is meant.</param>
    /// <param name="rows">The certifications.</param>
    /// <param name="withNotes">Whether it has the sections that a person writes; the summary of several people has not.</param>
    /// <param name="only">What narrows it, in words; empty when nothing does.</param>
    public static ReportDocument Build(Period period, string whose, IReadOnlyList<CertifiedRun> rows, bool withNotes = true, string only = "")
    {
        var types = Types(rows);
        List<ReportSection> sections =
        [
            new("references", "Reference Runs", [new Lines([.. References(rows)])]) { PlainHeading = "=============Reference Runs===============" },
            new("runs-checked", "Runs Checked", [.. types.SelectMany(Checked)]) { PlainHeading = "=============Runs Checked================" },
            new("tracker-maps", "Tracker Maps", [.. types.SelectMany(Maps)]) { PlainHeading = "=============Tracker Maps=================" },
            new("hdqm-trends", "HDQM Trends", withNotes ? [new Note(DailyNotes.Hdqm, null)] : []) { PlainHeading = "=============HDQM Trends==================", Tight = true },
            new("certified-runs", "Certified Runs", [.. types.SelectMany(GoodAndBad)]) { PlainHeading = "=============Certified Runs===============" },
            new("sums", "Sum of Quantities", [.. types.Select(Sums)]) { PlainHeading = "=============Sum of Quantities============", Tight = true },
        ];
        if (withNotes)
        {
            sections.Add(new ReportSection("special-comments", "Special Comments", [new Note(DailyNotes.Comment, null)])
            {
                PlainHeading = "=============Special Comments=============",
                Tight = true,
                OmitWhenEmpty = true,
            });
            sections.Add(new ReportSection("prompt-feedback", "Link to the Prompt Feedback plots", [new Note(DailyNotes.Links, null)])
            {
                PlainHeading = "=============Link to the Prompt Feedback plots============",
                Tight = true,
            });
        }

        return new ReportDocument(ReportKind.Daily, "Daily shift report", $"{whose}, {PeriodWords.Of(period)}", period, [new TitleLine("Shifter", whose), .. TitleLine.Narrowed(only)], sections);
    }

    /// <summary>
    /// The types: run type, reconstruction and every condition that the headline names, so that what stands below a headline is
    /// what it says. Collisions come first, and reconstructions in the order in which they are made.
    /// </summary>
    internal static IReadOnlyList<DailyType> Types(IEnumerable<CertifiedRun> rows) =>
    [
        .. rows.GroupBy(row => (Type: row.Type ?? (RunType)int.MaxValue, row.Reconstruction, Words: Conditions(row)))
            .OrderBy(type => type.Key.Type).ThenBy(type => type.Key.Reconstruction).ThenBy(type => type.Key.Words, StringComparer.Ordinal)
            .Select((type, at) => new DailyType(
                FormattableString.Invariant($"Type {at + 1}: {type.Key.Reconstruction.Code()} {TypeWord(type.First().Type)} {type.Key.Words}"),
                [.. type.OrderByDescending(row => row.RunNumber)])),
    ];

    /// <summary>Field, beam, energy of the collisions, dataset and era.</summary>
    private static string Conditions(CertifiedRun row)
    {
        var field = row.BFieldTesla is { } tesla ? Math.Round(tesla, 1, MidpointRounding.AwayFromZero).ToString("0.#", CultureInfo.InvariantCulture) : "?";
        var beam = row.Type == RunType.Cosmics ? "Cosmics" : string.IsNullOrWhiteSpace(row.FillType) ? "?" : row.FillType.Trim();
        // What is stored is the energy of one beam in GeV; people mean that of a collision. Cosmics do not collide.
        var energy = row.Type == RunType.Cosmics
            ? "0"
            : row.EnergyGev is { } gev ? Math.Round(2 * gev / 1000, 1, MidpointRounding.AwayFromZero).ToString("0.#", CultureInfo.InvariantCulture) : "?";
        var words = $"{field} T {beam} {energy} TeV {row.DatasetName ?? "(dataset unknown)"}";
        return string.IsNullOrWhiteSpace(row.Era) ? words : $"{words} {row.Era}";
    }

    private static string TypeWord(RunType? type) => type switch
    {
        RunType.Collisions => "collisions",
        RunType.Cosmics => "cosmics",
        null => "undecided",
    };

    private static IEnumerable<string> References(IEnumerable<CertifiedRun> rows) => rows
        .Where(row => row.ReferenceRun is not null)
        .Select(row => (Run: row.ReferenceRun!.Value, Reconstruction: row.ReferenceReconstruction!.Value))
        .Distinct()
        .OrderByDescending(reference => reference.Run).ThenBy(reference => reference.Reconstruction)
        .Select(reference => FormattableString.Invariant($"{reference.Run} {reference.Reconstruction.Code()}"));

    private static IEnumerable<ReportBlock> Checked(DailyType type, int at)
    {
        yield return new Heading(type.Headline);
        yield return new ReportTable(
            FormattableString.Invariant($"runs-checked-{at + 1}"),
            type.Headline,
            [
                new("Run"), new("Reference Run"), new("Number of LS", IsNumber: true), new("Int. Luminosity", IsNumber: true),
                new("Tracking"), new("Pixel"), new("Strip"), new("Comment", PlainWidth: CommentWidth),
            ],
            [
                .. type.Rows.Select(row => (IReadOnlyList<ReportCell>)
                [
                    new CountCell(row.RunNumber),
                    new CountCell(row.ReferenceRun),
                    new CountCell(row.Lumisections),
                    new LuminosityCell(row.RecordedLumiInvPb),
                    Verdict(row.Tracking, row.TrackingLowStatistics),
                    Verdict(row.Pixel, row.PixelLowStatistics),
                    Verdict(row.Strip, row.StripLowStatistics),
                    new TextCell(row.Comment),
                ]),
            ]);
    }

    private static MarkCell Verdict(ComponentVerdict verdict, bool lowStatistics) => lowStatistics
        ? new MarkCell("lowstat", RunMark.Good)
        : verdict switch
        {
            ComponentVerdict.Good => new MarkCell("good", RunMark.Good),
            ComponentVerdict.Bad => new MarkCell("bad", RunMark.Bad),
            ComponentVerdict.Excluded => new MarkCell("excluded", RunMark.NotCertified),
        };

    private static IEnumerable<ReportBlock> Maps(DailyType type, int at) => Grouped(
        at,
        ("Exists", type.Rows.Where(row => row.TrackerMap == TrackerMapState.Exists).Select(row => new MarkedRun(row.RunNumber, RunMark.None))),
        ("Missing", type.Rows.Where(row => row.TrackerMap == TrackerMapState.Missing).Select(row => new MarkedRun(row.RunNumber, RunMark.None))));

    private static IEnumerable<ReportBlock> GoodAndBad(DailyType type, int at) => Grouped(
        at, ("Good", type.Rows.Where(row => row.Good).Select(row => row.Marked)), ("Bad", type.Rows.Where(row => !row.Good).Select(row => row.Marked)));

    private static IEnumerable<ReportBlock> Grouped(int at, params IEnumerable<(string Label, IEnumerable<MarkedRun> Runs)> groups)
    {
        yield return new Heading(FormattableString.Invariant($"Type {at + 1}"));
        foreach (var (label, runs) in groups)
        {
            MarkedRun[] inOrder = [.. runs.OrderBy(run => run.Number)];
            if (inOrder.Length > 0) yield return new RunLine(label, inOrder);
        }
    }

    private static ReportTable Sums(DailyType type, int at) => new(
        FormattableString.Invariant($"sums-{at + 1}"),
        "Sums of " + type.Headline,
        [new(FormattableString.Invariant($"Type {at + 1}")), new("Sum of LS", IsNumber: true), new("Sum of int. luminosity", IsNumber: true)],
        [
            .. type.Rows.GroupBy(row => row.Good).OrderByDescending(group => group.Key).Select(group => (IReadOnlyList<ReportCell>)
            [
                new MarkCell(group.Key ? "Good" : "Bad", group.Key ? RunMark.Good : RunMark.Bad),
                new CountCell(group.Sum(row => (long)(row.Lumisections ?? 0))),
                new LuminosityCell(Sums(group)),
            ]),
        ]);

    /// <summary>What is unknown counts as nothing.</summary>
    private static double Sums(IEnumerable<CertifiedRun> rows) => Luminosities.Sum(rows);
}
