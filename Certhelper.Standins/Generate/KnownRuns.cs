namespace Certhelper.Standins.Generate;

/// <summary>Published figures of single runs, and runs of which little more than number, field and purpose is known.</summary>
internal static class KnownRuns
{
    private sealed record Figures(
        int? Lumisections = null, decimal? Delivered = null, decimal? Recorded = null, decimal? InitLumi = null, decimal? EndLumi = null);

    private static readonly Dictionary<int, Figures> Published = new()
    {
        [299327] = new(Lumisections: 82),
        [299329] = new(342, 40.870m, 38.566m, 1.0432919m, 0.9695004m),
        [321138] = new(752, Recorded: 145.65m),
        [321149] = new(1779, Recorded: 445.092m),
        [355419] = new(Recorded: 0.523m),
        // Not published: played as a run that was aborted before its first lumisection.
        [355460] = new(Lumisections: 0),
    };

    /// <summary>A cosmics run outside the fills that are played.</summary>
    public sealed record Cosmic(int Run, DateTimeOffset Start, int Lumisections, decimal BField, int Fill);

    /// <summary>Their dates, lengths and fills are derived, except the length of 348409.</summary>
    public static IReadOnlyList<Cosmic> Cosmics { get; } =
    [
        new(322916, At(2018, 9, 18, 6), 312, 3.801m, 7203),
        new(322922, At(2018, 9, 18, 9), 405, 3.801m, 7203),
        new(322999, At(2018, 9, 19, 14), 377, 3.801m, 7203),
        new(323097, At(2018, 9, 20, 17), 268, 3.801m, 7206),
        new(323103, At(2018, 9, 20, 20), 196, 3.801m, 7206),
        new(331625, At(2019, 6, 18, 9), 540, 0.082m, 7495),
        new(348409, At(2022, 3, 3, 10), 628, 3.8m, 7525),
        new(348590, At(2022, 3, 8, 13), 455, 3.8m, 7525),
        new(349422, At(2022, 3, 26, 11), 1204, 3.8m, 7525),
        new(349840, At(2022, 4, 5, 8), 733, 3.8m, 7525),
        new(351002, At(2022, 4, 26, 15), 610, 3.8m, 7525),
        new(352416, At(2022, 5, 19, 6), 498, 3.8m, 7702),
    ];

    /// <summary>Null when nobody says how long the run was; zero for one that was aborted.</summary>
    public static int? Lumisections(int run) => Published.GetValueOrDefault(run)?.Lumisections;

    public static decimal? Delivered(int run) => Published.GetValueOrDefault(run)?.Delivered;

    public static decimal? Recorded(int run) => Published.GetValueOrDefault(run)?.Recorded;

    /// <summary>In 10^34 per square centimetre and second, as <see cref="EndLumi"/>.</summary>
    public static decimal? InitLumi(int run) => Published.GetValueOrDefault(run)?.InitLumi;

    public static decimal? EndLumi(int run) => Published.GetValueOrDefault(run)?.EndLumi;

    private static DateTimeOffset At(int year, int month, int day, int hour) => new(year, month, day, hour, 12, 30, TimeSpan.Zero);
}
