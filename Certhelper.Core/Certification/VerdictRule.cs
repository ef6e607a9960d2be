using System.Linq.Expressions;
using Certhelper.Core.Runs;

namespace Certhelper.Core.Certification;

/// <summary>
/// The one rule of good and bad. A component is acceptable when it is good or marked as low statistics; a certification
/// is good when strip and tracking are acceptable and, except for cosmics, pixel is too. Whatever is not good is bad.
/// </summary>
public static class VerdictRule
{
    /// <summary>The rule in a form that PostgreSQL evaluates too. A run of undecided type is judged as collisions: strictly.</summary>
    public static Expression<Func<TrackerCertification, bool>> Good { get; } = certification =>
        (certification.Strip == ComponentVerdict.Good || certification.StripLowStatistics)
        && (certification.Tracking == ComponentVerdict.Good || certification.TrackingLowStatistics)
        && (certification.RunReconstruction!.Run!.Type == RunType.Cosmics
            || certification.Pixel == ComponentVerdict.Good || certification.PixelLowStatistics);

    private static readonly Func<TrackerCertification, bool> Compiled = Good.Compile();

    /// <summary>The rule on a loaded certification; its run must be loaded too.</summary>
    public static bool IsGood(TrackerCertification certification) => Compiled(certification);
}
