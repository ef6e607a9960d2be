namespace Certhelper.Core.Certification;

/// <summary>Takes fields of one input over into another, for people who choose between two versions field by field.</summary>
public static class InputMerge
{
    /// <param name="yours">What the person wanted to save.</param>
    /// <param name="theirs">What is stored.</param>
    /// <param name="fields">Names of the fields (<see cref="FieldDifference.Field"/>) to take from <paramref name="theirs"/>; unknown ones are ignored.</param>
    public static CertificationInput TakeOver(CertificationInput yours, CertificationInput theirs, IEnumerable<string> fields) =>
        fields.Aggregate(yours, (input, field) => field switch
        {
            nameof(CertificationInput.DatasetName) => input with { DatasetName = theirs.DatasetName },
            nameof(CertificationInput.Pixel) => input with { Pixel = theirs.Pixel, PixelLowStatistics = theirs.PixelLowStatistics },
            nameof(CertificationInput.Strip) => input with { Strip = theirs.Strip, StripLowStatistics = theirs.StripLowStatistics },
            nameof(CertificationInput.Tracking) => input with { Tracking = theirs.Tracking, TrackingLowStatistics = theirs.TrackingLowStatistics },
            nameof(CertificationInput.ProblemIds) => input with { ProblemIds = theirs.ProblemIds },
            nameof(CertificationInput.ReferenceId) => input with { ReferenceId = theirs.ReferenceId },
            nameof(CertificationInput.TrackerMap) => input with { TrackerMap = theirs.TrackerMap },
            nameof(CertificationInput.BadReasonId) => input with { BadReasonId = theirs.BadReasonId },
            nameof(CertificationInput.Date) => input with { Date = theirs.Date },
            nameof(CertificationInput.Comment) => input with { Comment = theirs.Comment },
            _ => input,
        });
}
