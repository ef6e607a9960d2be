namespace Certhelper.Standins.TrackerHost.Maps;

/// <summary>
/// How the detector was in a run. Neighbouring runs are nearly alike: what is broken for good stays for some hundred
/// runs, and some runs have a trouble of their own, such as a power group that tripped.
/// </summary>
internal sealed class Conditions
{
    private readonly ulong run;
    private readonly ulong period;
    private readonly List<Trouble> troubles = [];

    public Conditions(string type, long number)
    {
        run = (ulong)number;
        period = run / 400;
        IsCosmics = type.Contains("Cosmics", StringComparison.Ordinal);
        IsIons = type.StartsWith("HI", StringComparison.Ordinal) || type == "StreamHIExpress";
        // Luminosity falls along a fill and differs from fill to fill.
        Scale = (0.75 + (0.4 * Noise.Uniform(run / 6, 1)) + (0.08 * Noise.Uniform(run, 2))) * (IsIons ? 1.8 : 1);
        AddTroubles();
    }

    public bool IsCosmics { get; }

    public bool IsIons { get; }

    /// <summary>How busy the run was, around 1.</summary>
    public double Scale { get; }

    public long Run => (long)run;

    /// <summary>The troubles in words, for the log.</summary>
    public IEnumerable<string> Troubles => troubles.Select(trouble => trouble.Text);

    /// <summary>Whether the module gives no data.</summary>
    public bool IsDead(Module module) =>
        Noise.Uniform(period, module.Key, 3) < (module.Subdetector <= Subdetector.Fpix ? 0.012 : 0.006)
        || Noise.Uniform(run, module.Key, 4) < 0.0008
        || (module.Chip >= 0 && Noise.Uniform(period, module.ChipKey, 5) < 0.008)
        || troubles.Exists(trouble => trouble.IsDead && trouble.Covers(module));

    /// <summary>How many times too much the module counts; 1 when it is well.</summary>
    public double Excess(Module module)
    {
        var factor = Noise.Uniform(period, module.Key, 6) < 0.002 ? 2.2 : 1;
        foreach (var trouble in troubles)
            if (!trouble.IsDead && trouble.Covers(module)) factor *= trouble.Factor;
        return factor;
    }

    /// <summary>What one module has more or less than another: mostly its own, a little the run's.</summary>
    public double Spread(Module module, string map)
    {
        var name = Noise.Hash(map);
        return 1 + (0.07 * Noise.Normal(period, module.ChipKey, name)) + (0.02 * Noise.Normal(run, module.ChipKey, name));
    }

    private void AddTroubles()
    {
        // For good, as far as this period goes: a cooling loop of TIB and part of a disk.
        var tib = Pick(period, 10, 4) + 1;
        var string0 = Pick(period, 11, 24);
        var side = Pick(period, 12, 2) == 0 ? -1 : 1;
        Add($"TIB{Sign(side)} L{tib}: closed cooling loop", module => module.Subdetector == Subdetector.Tib && module.Layer == tib && module.Side == side && module.Phi >= string0 && module.Phi < string0 + 3);

        var other = Pick(run, 13, 2) == 0 ? -1 : 1;
        if (Pick(run, 20, 6) == 0)
        {
            var layer = Pick(run, 21, 4) + 1;
            var first = Pick(run, 22, 20);
            Add($"TIB{Sign(other)} L{layer}: power group off", module => module.Subdetector == Subdetector.Tib && module.Layer == layer && module.Side == other && module.Phi >= first && module.Phi < first + 6);
        }

        if (Pick(run, 30, 8) == 0)
        {
            var disk = Pick(run, 31, 8) + 1;
            var angle = Pick(run, 32, 7) * Math.PI / 4;
            Add($"TEC{Sign(other)} disks {disk} and {disk + 1}: noisy FED", module => module.Subdetector == Subdetector.Tec && module.Side == other && module.Layer >= disk && module.Layer <= disk + 1 && module.Angle >= angle && module.Angle < angle + (Math.PI / 4), 2.6);
        }

        if (Pick(run, 40, 8) == 1)
        {
            var outer = Pick(run, 41, 2) == 1;
            var angle = Pick(run, 42, 8) * Math.PI / 4;
            Add($"BPIX{Sign(other)} L{(outer ? "3, L4" : "1, L2")}: sector off", module => module.Subdetector == Subdetector.Bpix && module.Side == other && module.Layer > 2 == outer && module.Angle >= angle && module.Angle < angle + (Math.PI / 4));
        }

        if (Pick(run, 50, 9) == 0)
        {
            var layer = Pick(run, 51, 6) + 1;
            var first = Pick(run, 52, 36);
            Add($"TOB{Sign(other)} L{layer}: control ring off", module => module.Subdetector == Subdetector.Tob && module.Layer == layer && module.Side == other && module.Phi >= first && module.Phi < first + 5);
        }

        if (Pick(run, 60, 12) == 0)
        {
            var disk = Pick(run, 61, 3) + 1;
            Add($"FPIX{Sign(other)} disk {disk}: port card", module => module.Subdetector == Subdetector.Fpix && module.Layer == disk && module.Side == other && module.Angle < Math.PI / 4);
        }
    }

    private static int Pick(ulong number, ulong what, int count) => (int)(Noise.Hash(number, what) % (ulong)count);

    private static char Sign(int side) => side < 0 ? '-' : '+';

    private void Add(string text, Func<Module, bool> covers, double factor = 0) => troubles.Add(new Trouble(text, covers, factor));

    private sealed record Trouble(string Text, Func<Module, bool> Covers, double Factor)
    {
        public bool IsDead => Factor == 0;
    }
}
