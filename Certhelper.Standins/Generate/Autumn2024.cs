using System.Globalization;

namespace Certhelper.Standins.Generate;

/// <summary>
/// The newest two weeks: certified runs of October 2024 are published, their fills are not. Fills are derived: a run
/// whose first good lumisection comes late opened one, and runs that follow it belong to it.
/// </summary>
internal static class Autumn2024
{
    private const int FirstRun = 386592;
    private const int FirstFill = 10200;
    private const decimal PeakLumi = 2.06m; // 10^34 per square centimetre and second

    private static readonly DateTimeOffset Start = new(2024, 10, 2, 19, 40, 0, TimeSpan.Zero);

    public static IReadOnlyList<FillExport> Fills(GoldenRanges golden)
    {
        var fills = new List<FillExport>();
        var created = Start;
        foreach (var runs in Group(golden))
        {
            var number = FirstFill + (2 * fills.Count);
            var begin = created.AddMinutes(Draw.Between(number, 1, 110, 190));
            var length = runs.Sum(golden.LastOf) - golden.Of(runs[0])[0].First + 1 + (runs.Count * 3);
            var end = begin.AddSeconds(length * PlannedRun.LumisectionSeconds);
            fills.Add(Fill(number, Whole(created), Whole(begin), Whole(end), length, runs));
            created = end.AddMinutes(Draw.Between(number, 2, 60, 320));
        }

        return fills;
    }

    private static IEnumerable<List<int>> Group(GoldenRanges golden)
    {
        var group = new List<int>();
        foreach (var run in golden.Runs.Where(run => run >= FirstRun))
        {
            if (group.Count > 0 && golden.Of(run)[0].First > 5)
            {
                yield return group;
                group = [];
            }

            group.Add(run);
        }

        yield return group;
    }

    private static FillExport Fill(int number, DateTimeOffset created, DateTimeOffset begin, DateTimeOffset end, int length, List<int> runs)
    {
        var decay = 15 * 3600 / PlannedRun.LumisectionSeconds;
        // 10^34 per square centimetre and second is 0.01 inverse picobarn per second.
        var delivered = (double)PeakLumi * 0.01 * PlannedRun.LumisectionSeconds * decay * (1 - Math.Exp(-length / decay));
        var efficiency = Draw.Between(number, 3, 0.9, 0.965);
        return new FillExport(
            number, created, begin, end, 3.8m, Ions: false, 6799.32m,
            Math.Round((decimal)delivered, 6),
            Math.Round((decimal)(delivered * efficiency), 6),
            PeakLumi,
            Math.Round((decimal)Draw.Between(number, 4, 61, 64), 6),
            PeakSpecificLumi: 6.2m,
            Math.Round((decimal)efficiency * 100, 3),
            EfficiencyTime: 97.5m,
            ToReady: 52m,
            Math.Round((decimal)Draw.Between(number, 5, 3700, 3850), 3),
            Math.Round((decimal)Draw.Between(number, 6, 3700, 3850), 3),
            Bunches1: 2352, Bunches2: 2352, Colliding: 2340, Target: 2340, CrossingAngle: 160m,
            string.Create(CultureInfo.InvariantCulture, $"25ns_2352b_2340_2004_2133_108bpi_24inj"),
            runs)
        { Published = false };
    }

    private static DateTimeOffset Whole(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
}
