using System.Globalization;

namespace Certhelper.Core.Runs;

/// <summary>One fact of a run as pages show it.</summary>
/// <param name="Key">The property's name; facts of the fill begin with <c>Fill.</c>.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Value">The value with its unit, or "unknown".</param>
/// <param name="Exact">All digits, where <paramref name="Value"/> is rounded.</param>
/// <param name="Origin">Who said it and when; null when nobody has.</param>
/// <param name="Group">Run, Beam, Luminosity or Trigger.</param>
public sealed record Fact(string Key, string Title, string Value, string? Exact, FactOrigin? Origin, string Group);

/// <summary>The facts of a run in the order and with the units in which people read them.</summary>
public static class FactList
{
    /// <summary>What stands for a fact that nobody knows.</summary>
    public const string Unknown = "unknown";

    /// <summary>All facts of the run and, if loaded, of its fill.</summary>
    public static IReadOnlyList<Fact> Of(Run run)
    {
        var facts = new List<Fact>();

        Add("Run", nameof(run.Type), "Run type", run.Type?.ToString());
        Add("Run", nameof(run.Era), "Era", run.Era);
        Add("Run", nameof(run.StartTime), "Start", Time(run.StartTime));
        Add("Run", nameof(run.EndTime), "End", run.EndTime is null && run.HasOmsFacts && run.StartTime is not null ? "still running" : Time(run.EndTime));
        Add("Run", nameof(run.DurationSeconds), "Duration", Duration(run.DurationSeconds), Seconds(run.DurationSeconds));
        Add("Run", nameof(run.Lumisections), "Lumisections", Whole(run.Lumisections));
        Add("Run", nameof(run.BFieldTesla), "B field", Number(run.BFieldTesla, "0.###", "T"));
        Add("Run", nameof(run.ApvMode), "Strip read-out (APV)", run.ApvMode?.ToString());
        Add("Run", nameof(run.RegistryClass), "Class", run.RegistryClass);
        Add("Run", nameof(run.Components), "Components", run.Components.Count == 0 ? null : string.Join(", ", run.Components));
        if (run.ComponentsOut.Count > 0) Add("Run", nameof(run.ComponentsOut), "Components out", string.Join(", ", run.ComponentsOut));

        Add("Beam", nameof(run.FillNumber), "Fill", run.FillNumber?.ToString(CultureInfo.InvariantCulture));
        Add("Beam", nameof(run.StableBeam), "Stable beams", run.StableBeam switch { true => "yes", false => "no", null => null });
        Add("Beam", nameof(run.EnergyGev), "Beam energy", Number(run.EnergyGev, "#,0.##", "GeV"));
        Add("Beam", nameof(run.FillTypeRuntime), "Fill type", run.FillTypeRuntime);
        Add("Beam", nameof(run.FillTypeParty1), "Beams", Parties(run.FillTypeParty1, run.FillTypeParty2));

        Add("Luminosity", nameof(run.RecordedLumiInvPb), "Recorded", Integrated(run.RecordedLumiInvPb), Exact(run.RecordedLumiInvPb));
        Add("Luminosity", nameof(run.DeliveredLumiInvPb), "Delivered", Integrated(run.DeliveredLumiInvPb), Exact(run.DeliveredLumiInvPb));
        Add("Luminosity", nameof(run.InitLumiE30), "At start", Instantaneous(run.InitLumiE30), ExactInstantaneous(run.InitLumiE30));
        Add("Luminosity", nameof(run.EndLumiE30), "At end", Instantaneous(run.EndLumiE30), ExactInstantaneous(run.EndLumiE30));

        Add("Trigger", nameof(run.HltKey), "HLT key", run.HltKey);
        Add("Trigger", nameof(run.HltPhysicsRateHz), "HLT physics rate", Number(run.HltPhysicsRateHz, "#,0.#", "Hz"));
        Add("Trigger", nameof(run.L1RateHz), "Level-1 rate", Number(run.L1RateHz, "#,0.#", "Hz"));
        Add("Trigger", nameof(run.L1Key), "Level-1 key", run.L1Key);
        Add("Trigger", nameof(run.TriggerMode), "Trigger mode", run.TriggerMode);
        Add("Trigger", nameof(run.ClockType), "Clock", run.ClockType);
        Add("Trigger", nameof(run.CmsswVersion), "CMSSW", run.CmsswVersion);

        if (run.Fill is { } fill) AddFill(fill);
        return [.. facts.OrderBy(fact => Array.IndexOf(Groups, fact.Group))];

        void Add(string group, string key, string title, string? value, string? exact = null) =>
            facts.Add(new Fact(key, title, value ?? Unknown, exact, run.Origins.GetValueOrDefault(key), group));

        void AddFill(Fill of)
        {
            FillFact("Beam", nameof(of.BunchesColliding), "Colliding bunches", Whole(of.BunchesColliding));
            FillFact("Beam", nameof(of.InjectionScheme), "Injection scheme", of.InjectionScheme);
            FillFact("Beam", nameof(of.StableBeamsFrom), "Stable beams from", Time(of.StableBeamsFrom));
            FillFact("Beam", nameof(of.StableBeamsTo), "Stable beams to", Time(of.StableBeamsTo));
            FillFact("Luminosity", nameof(of.InitLumiE30), "Fill, at start", Instantaneous(of.InitLumiE30), ExactInstantaneous(of.InitLumiE30));
            FillFact("Luminosity", nameof(of.PeakLumiE30), "Fill, peak", Instantaneous(of.PeakLumiE30), ExactInstantaneous(of.PeakLumiE30));
            FillFact("Luminosity", nameof(of.PeakPileup), "Fill, peak pile-up", Number(of.PeakPileup, "0.0##", ""));
            FillFact("Luminosity", nameof(of.RecordedLumiInvPb), "Fill, recorded", Integrated(of.RecordedLumiInvPb), Exact(of.RecordedLumiInvPb));

            void FillFact(string group, string key, string title, string? value, string? exact = null) => facts.Add(
                new Fact("Fill." + key, title, value ?? Unknown, exact, of.Origins.GetValueOrDefault(key), group));
        }
    }

    /// <summary>Facts whose value differs between two states of a run, in words: title, old, new; null for unknown.</summary>
    public static IReadOnlyList<(string Title, string? Old, string? New)> Differences(Run? before, Run after)
    {
        var old = before is null ? [] : Of(before).ToDictionary(fact => fact.Key, fact => fact.Value);
        return
        [
            .. Of(after)
                .Select(fact => (fact.Title, Old: Known(old.GetValueOrDefault(fact.Key)), New: Known(fact.Value)))
                .Where(change => change.Old != change.New),
        ];

        static string? Known(string? value) => value == Unknown ? null : value;
    }

    /// <summary>The groups, in the order of the page.</summary>
    public static string[] Groups { get; } = ["Run", "Beam", "Luminosity", "Trigger"];

    private static string? Integrated(double? value) => value is null ? null : LuminosityText.Short(value);

    private static string? Exact(double? value) => value is null ? null : LuminosityText.Exact(value);

    private static string? Instantaneous(double? value) => value is null ? null : LuminosityText.InstantaneousShort(value);

    private static string? ExactInstantaneous(double? value) => value is null ? null : LuminosityText.InstantaneousExact(value);

    private static string? Whole(int? value) => value?.ToString("#,0", CultureInfo.InvariantCulture);

    private static string? Seconds(int? value) => value is null ? null : Whole(value) + " s";

    private static string? Number(double? value, string format, string unit) =>
        value?.ToString(format, CultureInfo.InvariantCulture) is { } text ? $"{text} {unit}".TrimEnd() : null;

    private static string? Time(DateTimeOffset? value) => value?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string? Duration(int? seconds) => seconds is { } value
        ? string.Create(CultureInfo.InvariantCulture, $"{value / 3600} h {value / 60 % 60:00} min")
        : null;

    private static string? Parties(string? one, string? other) =>
        (one ?? other) is null ? null : $"{one ?? Unknown} – {other ?? Unknown}";
}
