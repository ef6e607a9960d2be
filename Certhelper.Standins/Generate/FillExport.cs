using System.Globalization;

namespace Certhelper.Standins.Generate;

/// <summary>
/// A fill of the public export. Luminosities are given in the units that its rows have; they depend on the year and on the beams.
/// </summary>
internal sealed record FillExport(
    int Number,
    DateTimeOffset Created,
    DateTimeOffset Begin,
    DateTimeOffset End,
    decimal BField,
    bool Ions,
    decimal Energy,
    decimal Delivered,
    decimal Recorded,
    decimal PeakLumi,
    decimal PeakPileup,
    decimal PeakSpecificLumi,
    decimal EfficiencyLumi,
    decimal EfficiencyTime,
    decimal ToReady,
    decimal Intensity1,
    decimal Intensity2,
    int Bunches1,
    int Bunches2,
    int Colliding,
    int Target,
    decimal CrossingAngle,
    string Scheme,
    IReadOnlyList<int> Runs)
{
    /// <summary>False for the fills that we made up for a year without an export.</summary>
    public bool Published { get; init; } = true;

    public static IReadOnlyDictionary<int, FillExport> Load(string path) => File.ReadLines(path)
        .Skip(1)
        .Select(line => line.Split('\t').Select(cell => cell.Trim()).ToArray())
        .Where(cells => cells.Length > 24 && cells[0].Length > 0 && IsTime(cells[1]) && IsTime(cells[11]) && IsTime(cells[13]))
        .Where(cells => Time(cells[1]).Year is >= 2017)
        .Select(Parse)
        .ToDictionary(fill => fill.Number);

    private static FillExport Parse(string[] cells)
    {
        var created = Time(cells[1]);
        var ions = cells[14].Contains("ION", StringComparison.OrdinalIgnoreCase) && !cells[14].Contains("PROTON", StringComparison.OrdinalIgnoreCase);
        var pileup = Decimal(cells[5]);
        // Run 2 exported ion luminosities in inverse microbarn, Run 3 in inverse picobarn.
        var lumiScale = ions && created.Year >= 2022 ? 1_000_000m : 1m;
        var peak = Decimal(cells[4]);
        return new FillExport(
            int.Parse(cells[0], CultureInfo.InvariantCulture),
            created,
            Time(cells[11]),
            Time(cells[13]),
            Math.Round(Decimal(cells[3]), 3),
            ions,
            Decimal(cells[15]),
            Math.Round(Decimal(cells[7]) * lumiScale, 6),
            Math.Round(Decimal(cells[8]) * lumiScale, 6),
            Math.Round(peak * PeakScale(created.Year, ions, peak), 8),
            Math.Round(pileup, 6),
            Math.Round(Decimal(cells[6]), 6),
            Decimal(cells[9]),
            Decimal(cells[10]),
            Decimal(cells[12]),
            Math.Round(Decimal(cells[16]), 6),
            Math.Round(Decimal(cells[17]), 6),
            (int)Decimal(cells[18]),
            (int)Decimal(cells[19]),
            (int)Decimal(cells[20]),
            (int)Decimal(cells[21]),
            Decimal(cells[22]),
            cells[23],
            [.. cells[24].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(run => int.Parse(run, CultureInfo.InvariantCulture)).Order()]);
    }

    // To 10^34 (protons) or 10^27 (ions) per square centimetre and second. The export wrote 10^30 until the middle of
    // 2018, 10^34 after, 10^33 in Run 3, and 10^27 for the ions of Run 2.
    private static decimal PeakScale(int year, bool ions, decimal peak) => (year, ions) switch
    {
        ( >= 2022, true) => 1_000_000m,
        (_, true) => 1m,
        ( >= 2022, false) => 0.1m,
        _ => peak > 100m ? 0.0001m : 1m,
    };

    private static decimal Decimal(string cell) =>
        decimal.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0m;

    private static DateTimeOffset Time(string cell) => DateTimeOffset.ParseExact(
        Collapse(cell), "yyyy.MM.dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private static bool IsTime(string cell) => DateTimeOffset.TryParseExact(
        Collapse(cell), "yyyy.MM.dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    private static string Collapse(string cell) => string.Join(' ', cell.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
