namespace Certhelper.Standins.Generate;

/// <summary>Places the runs of a fill in time and shares its luminosity among them.</summary>
internal static class FillPlanner
{
    // Luminosity falls to 1/e in this time; ions burn off faster.
    private const double ProtonDecayHours = 15;
    private const double IonDecayHours = 6;

    private const int Unknown = -1;

    public static IReadOnlyList<PlannedRun> Plan(FillExport fill, GoldenRanges golden)
    {
        var (lengths, before) = Lengths(fill, golden);
        var planned = new List<PlannedRun>();
        var stableLength = (fill.End - fill.Begin).TotalSeconds / PlannedRun.LumisectionSeconds;
        // What stable beams leave over is pauses between runs: two to six lumisections.
        var pause = Math.Clamp((stableLength + before - lengths.Sum()) / Math.Max(1, lengths.Count), 2, 6) * PlannedRun.LumisectionSeconds;
        var start = fill.Begin.AddSeconds(-before * PlannedRun.LumisectionSeconds);
        for (var i = 0; i < fill.Runs.Count; i++)
        {
            var run = new PlannedRun(fill.Runs[i], lengths[i], Whole(start))
            {
                Fill = fill,
                FillNumber = fill.Number,
                FirstStable = lengths[i] == 0 ? 0 : i == 0 ? before + 1 : 1,
                InGoldenFile = golden.LastOf(fill.Runs[i]) > 0,
            };
            planned.Add(run);
            start = run.End.AddSeconds(pause);
        }

        return Share(fill, planned);
    }

    // A certified run is as long as its last good lumisection; the others get what is left of the fill.
    private static (List<int> Lengths, int BeforeStable) Lengths(FillExport fill, GoldenRanges golden)
    {
        var stable = (int)((fill.End - fill.Begin).TotalSeconds / PlannedRun.LumisectionSeconds);
        var first = golden.Of(fill.Runs[0]) is { Count: > 0 } ranges ? ranges[0].First : 20;
        var before = first is > 1 and < 140 ? first - 1 : 0;
        var known = fill.Runs.Select(run => KnownRuns.Lumisections(run) ?? (golden.LastOf(run) is > 0 and var last ? last : Unknown)).ToList();
        var open = known.Count(length => length == Unknown);
        if (open == 0) return (known, before);

        var left = Math.Max(0, stable + before - known.Sum(length => Math.Max(0, length)));
        var each = Math.Max(6, left / open);
        for (var i = 0; i < known.Count; i++)
        {
            var shortest = i == 0 ? before + 4 : 4;
            if (known[i] == Unknown) known[i] = Math.Max(shortest, (int)(each * Draw.Between(fill.Runs[i], 1, 0.5, 1.0)));
        }

        return (known, before);
    }

    private static List<PlannedRun> Share(FillExport fill, List<PlannedRun> runs)
    {
        var decay = (fill.Ions ? IonDecayHours : ProtonDecayHours) * 3600 / PlannedRun.LumisectionSeconds;
        var weights = new double[runs.Count];
        var instants = new (double First, double Last)[runs.Count];
        var elapsed = 0;
        for (var i = 0; i < runs.Count; i++)
        {
            var count = runs[i].FirstStable == 0 ? 0 : runs[i].Lumisections - runs[i].FirstStable + 1;
            for (var k = 0; k < count; k++) weights[i] += Math.Exp(-(elapsed + k) / decay);
            instants[i] = (Math.Exp(-elapsed / decay), Math.Exp(-(elapsed + count) / decay));
            elapsed += count;
        }

        var delivered = Split(fill.Delivered, weights, [.. runs.Select(run => KnownRuns.Delivered(run.Number))]);
        var efficiency = Efficiencies(fill, runs, delivered);
        var recorded = Split(fill.Recorded, efficiency, [.. runs.Select(run => KnownRuns.Recorded(run.Number))]);
        return
        [
            .. runs.Select((run, i) => run with
            {
                Delivered = delivered[i],
                Recorded = Math.Min(recorded[i], delivered[i]),
                InitLumi = KnownRuns.InitLumi(run.Number) ?? Math.Round(fill.PeakLumi * (decimal)instants[i].First, 6),
                EndLumi = KnownRuns.EndLumi(run.Number) ?? Math.Round(fill.PeakLumi * (decimal)instants[i].Last, 6),
            }),
        ];
    }

    // A short run that nobody certified often recorded nothing; it may only do so if the others can hold all that the fill recorded.
    private static double[] Efficiencies(FillExport fill, List<PlannedRun> runs, decimal[] delivered)
    {
        var efficiency = delivered.Select(share => (double)share).ToArray();
        for (var i = 0; i < runs.Count; i++)
        {
            if (runs[i].InGoldenFile || runs[i].Lumisections > 40 || Draw.Unit(runs[i].Number, 2) > 0.5) continue;
            if (efficiency.Sum() - efficiency[i] > (double)fill.Recorded * 1.005) efficiency[i] = 0;
        }

        return efficiency;
    }

    // Published values stay; the rest is shared by weight, and the last share takes the rounding, so that the sum is the fill's.
    private static decimal[] Split(decimal total, double[] weights, decimal?[] published)
    {
        var shares = new decimal[weights.Length];
        var left = total - published.Sum(value => value ?? 0);
        var sum = weights.Where((_, i) => published[i] is null).Sum();
        var last = -1;
        for (var i = 0; i < weights.Length; i++)
        {
            if (published[i] is { } value)
            {
                shares[i] = value;
            }
            else if (weights[i] > 0 && sum > 0 && left > 0)
            {
                shares[i] = Math.Round(left * (decimal)(weights[i] / sum), 6);
                last = i;
            }
        }

        if (last >= 0) shares[last] += total - shares.Sum();
        return shares;
    }

    private static DateTimeOffset Whole(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
}
