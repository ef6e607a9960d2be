using Certhelper.Core.Checklists;

namespace Certhelper.Core.Certification;

/// <summary>What a person chose and typed on the certify form. Null means not chosen.</summary>
public sealed record CertificationInput
{
    public string? DatasetName { get; init; }

    public ComponentVerdict? Pixel { get; init; }

    public bool PixelLowStatistics { get; init; }

    public ComponentVerdict? Strip { get; init; }

    public bool StripLowStatistics { get; init; }

    public ComponentVerdict? Tracking { get; init; }

    public bool TrackingLowStatistics { get; init; }

    public int? ReferenceId { get; init; }

    public TrackerMapState? TrackerMap { get; init; }

    /// <summary>Problems of all three components.</summary>
    public List<int> ProblemIds { get; init; } = [];

    public int? BadReasonId { get; init; }

    /// <summary>The day the certification counts for.</summary>
    public DateOnly? Date { get; init; }

    public string? Comment { get; init; }

    /// <summary>Answers to checklist items, by <c>checklist:item</c>.</summary>
    public Dictionary<string, AnswerInput> Answers { get; init; } = [];

    /// <summary>Findings of the second look that are right all the same: rule → why.</summary>
    public Dictionary<string, string?> Confirmed { get; init; } = [];
}
