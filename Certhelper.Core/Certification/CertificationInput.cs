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

    public int? BadReasonId { get; init; }

    /// <summary>The day the certification counts for.</summary>
    public DateOnly? Date { get; init; }

    public string? Comment { get; init; }
}
