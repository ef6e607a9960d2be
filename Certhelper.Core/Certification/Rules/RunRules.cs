using Certhelper.Core.Runs;

namespace Certhelper.Core.Certification.Rules;

/// <summary>Whether the run is one to judge, and whether all of it was looked at.</summary>
internal static class RunRules
{
    public static IReadOnlyList<LookRule> All { get; } =
    [
        new(
            "few-lumisections",
            "The run is very short",
            "Fewer lumisections than this, and low statistics is ticked nowhere.",
            FindingSeverity.Confirm,
            look => look.Conditions.Lumisections is { } count && count < look.Options.FewLumisections && look.Components.Count > 0 && !look.Components.Any(item => item.LowStatistics)
                ? [new Remark($"The run has only {Say.Count(count, "lumisection")} ({Say.Number(count * 23.31 / 60, "0.#")} min), and low statistics is ticked nowhere.", nameof(CertificationInput.PixelLowStatistics))]
                : [])
        {
            Thresholds = [new(nameof(CertificationOptions.FewLumisections), "lumisections", options => options.FewLumisections)],
        },
        new(
            "low-statistics-long-run",
            "Low statistics is ticked for a long run",
            "As many lumisections as this, or more.",
            FindingSeverity.Note,
            look => look.Conditions.Lumisections is { } count && count >= look.Options.ManyLumisections
                ? look.Components.Where(item => item.LowStatistics).Select(item => new Remark($"Low statistics is ticked for {item.Name}, but the run has {Say.Count(count, "lumisection")}.", item.Component + "LowStatistics"))
                : [])
        {
            Thresholds = [new(nameof(CertificationOptions.ManyLumisections), "lumisections", options => options.ManyLumisections)],
        },
        new(
            "map-missing",
            "The tracker maps are missing",
            "The strip is judged by its maps.",
            FindingSeverity.Confirm,
            look => look.Input.TrackerMap == TrackerMapState.Missing
                ? [new Remark("The tracker maps are missing. Say what the verdict rests on.", nameof(CertificationInput.TrackerMap))]
                : []),
        new(
            "map-not-as-stored",
            "The tracker maps are said to be other than what is stored",
            "They are missing although maps of the run reconstruction are stored, or exist although none are.",
            FindingSeverity.Note,
            look => NotAsStored(look) is { } words ? [new Remark(words, nameof(CertificationInput.TrackerMap))] : []),
        new(
            "run-ongoing",
            "The run still goes on",
            "OMS has given no end of the run.",
            FindingSeverity.Note,
            look => look.Run is { HasOmsFacts: true, StartTime: not null, EndTime: null }
                ? [new Remark("According to OMS the run still goes on: what is judged is its beginning.")]
                : []),
        new(
            "facts-incomplete",
            "OMS has not told all facts",
            "The certification is marked incomplete, and completed by itself when OMS answers.",
            FindingSeverity.Note,
            look => look.Run is not { FactsAreComplete: true }
                ? [new Remark("OMS has not told all facts of this run yet: rules that need them say nothing.")]
                : []),
        new(
            "date-far",
            "The date is far from the run",
            "For express and prompt: more days than this, or a day before the run began.",
            FindingSeverity.Note,
            look => FarDate(look) is { } words ? [new Remark(words, nameof(CertificationInput.Date))] : [])
        {
            Thresholds = [new(nameof(CertificationOptions.DateDistanceDays), "days", options => options.DateDistanceDays)],
        },
    ];

    private static string? NotAsStored(LookCase look) => look switch
    {
        { Input.TrackerMap: TrackerMapState.Missing, Maps: { Exist: true } maps } => $"{Say.Count(maps.Maps.Count, "tracker map")} of it {(maps.Maps.Count == 1 ? "is" : "are")} stored here, and yet they are called missing.",
        { Input.TrackerMap: TrackerMapState.Exists, Maps: { Exist: false, Type: { } type } } => $"No tracker maps of it ({type}) are stored here.",
        _ => null,
    };

    private static string? FarDate(LookCase look)
    {
        if (look.Input.Date is not { } date || look.Conditions.StartTime is not { } start) return null;
        var days = date.DayNumber - ExperimentDay.Of(start).DayNumber;
        // One day less is allowed: somewhere it was the day before.
        if (days < -1) return $"It counts for {Say.Day(date)}, {Say.Count(-days, "day")} before the run began ({Say.Day(start)}).";
        return look.Conditions.Reconstruction is Reconstruction.Express or Reconstruction.Prompt && days > look.Options.DateDistanceDays
            ? $"It counts for {Say.Day(date)}, {Say.Count(days, "day")} after the run ({Say.Day(start)})."
            : null;
    }
}
