using System.Globalization;
using Certhelper.Core.References;

namespace Certhelper.Core.Certification;

/// <summary>The fields of a certification in words, for its history and for conflicts.</summary>
internal static class CertificationFields
{
    /// <summary>One field: the property's name in the input, its title, and its value in words (null when empty).</summary>
    public sealed record InWords(string Field, string Title, string? Value);

    /// <summary>What a certification says; reference and bad reason must be loaded.</summary>
    public static IReadOnlyList<InWords> Of(TrackerCertification item) =>
    [
        new(nameof(CertificationInput.DatasetName), "Dataset", Words(item.DatasetName)),
        new(nameof(CertificationInput.Pixel), "Pixel", Words(item.Pixel, item.PixelLowStatistics)),
        new(nameof(CertificationInput.Strip), "Strip", Words(item.Strip, item.StripLowStatistics)),
        new(nameof(CertificationInput.Tracking), "Tracking", Words(item.Tracking, item.TrackingLowStatistics)),
        new(nameof(CertificationInput.ProblemIds), "Problems", Words(item.Problems)),
        new(nameof(CertificationInput.ReferenceId), "Reference", Words(item.Reference)),
        new(nameof(CertificationInput.TrackerMap), "Tracker maps", Words(item.TrackerMap)),
        new(nameof(CertificationInput.BadReasonId), "Why bad", item.BadReason?.Name),
        new(nameof(CertificationInput.Date), "Date", item.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        new(nameof(CertificationInput.Comment), "Comment", Words(item.Comment)),
    ];

    /// <summary>Where two versions differ.</summary>
    public static List<FieldChange> Changes(IReadOnlyList<InWords> before, IReadOnlyList<InWords> after) =>
    [
        .. before.Zip(after)
            .Where(pair => pair.First.Value != pair.Second.Value)
            .Select(pair => new FieldChange(pair.First.Title, pair.First.Value, pair.Second.Value)),
    ];

    /// <summary>What was confirmed in the second look, as changes of the history: one for each rule whose finding, reason or person differs.</summary>
    public static IEnumerable<FieldChange> Confirmations(IReadOnlyList<ConfirmedFinding> before, IReadOnlyList<ConfirmedFinding> after) =>
        before.Concat(after).Select(finding => finding.Rule).Distinct()
            .Select(rule => (Old: before.FirstOrDefault(finding => finding.Rule == rule), New: after.FirstOrDefault(finding => finding.Rule == rule)))
            .Where(pair => pair.Old != pair.New)
            .Select(pair => new FieldChange("Second look", Words(pair.Old), Words(pair.New)));

    /// <summary>Where what a person wants to save differs from what is stored.</summary>
    public static List<FieldDifference> Differences(IReadOnlyList<InWords> yours, IReadOnlyList<InWords> theirs) =>
    [
        .. yours.Zip(theirs)
            .Where(pair => pair.First.Value != pair.Second.Value)
            .Select(pair => new FieldDifference(pair.First.Field, pair.First.Title, pair.First.Value, pair.Second.Value)),
    ];

    private static string? Words(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    /// <summary><c>good, low statistics</c>.</summary>
    public static string Words(ComponentVerdict verdict, bool lowStatistics) => (verdict switch
    {
        ComponentVerdict.Good => "good",
        ComponentVerdict.Bad => "bad",
        ComponentVerdict.Excluded => "excluded",
    }) + (lowStatistics ? ", low statistics" : "");

    private static string? Words(IEnumerable<ComponentProblem> problems) => Words(string.Join(
        ", ",
        problems.OrderBy(problem => problem.Component).ThenBy(problem => problem.Name, StringComparer.Ordinal)
            .Select(problem => $"{problem.Component.ToString().ToLowerInvariant()}: {problem.Name}")));

    private static string Words(TrackerMapState state) => state switch
    {
        TrackerMapState.Exists => "exist",
        TrackerMapState.Missing => "missing",
    };

    private static string? Words(ConfirmedFinding? finding) => finding is null ? null : $"{finding.Words} “{finding.Reason}”";

    private static string? Words(Reference? reference) => reference?.RunReconstruction is { } of
        ? of.Name()
        : null;
}
