using System.ComponentModel.DataAnnotations;

namespace Certhelper.Core.Certification;

/// <summary>Section <c>Certification</c>: from where on the second look before saving says something.</summary>
public sealed class CertificationOptions
{
    public const string Section = "Certification";

    /// <summary>Below so many lumisections a run is too short to judge, unless low statistics is ticked.</summary>
    [Range(0, 10_000, ErrorMessage = "Certification:FewLumisections is between 0 and 10,000 (example: Certification__FewLumisections=10).")]
    public int FewLumisections { get; set; } = 10;

    /// <summary>From so many lumisections on, low statistics is worth a word.</summary>
    [Range(1, 10_000, ErrorMessage = "Certification:ManyLumisections is between 1 and 10,000 (example: Certification__ManyLumisections=200).")]
    public int ManyLumisections { get; set; } = 200;

    /// <summary>Days between run and reference from which on its age is worth a word.</summary>
    [Range(1, 10_000, ErrorMessage = "Certification:ReferenceAgeDays is between 1 and 10,000 (example: Certification__ReferenceAgeDays=60).")]
    public int ReferenceAgeDays { get; set; } = 60;

    /// <summary>Days between run and reference from which on a reason is asked for.</summary>
    [Range(1, 10_000, ErrorMessage = "Certification:ReferenceOldDays is between 1 and 10,000 (example: Certification__ReferenceOldDays=365).")]
    public int ReferenceOldDays { get; set; } = 365;

    /// <summary>Fields of the magnet that differ by no more count as the same, tesla.</summary>
    [Range(0.001, 4, ErrorMessage = "Certification:BFieldToleranceTesla is between 0.001 and 4 (example: Certification__BFieldToleranceTesla=0.1).")]
    public double BFieldToleranceTesla { get; set; } = 0.1;

    /// <summary>Recorded luminosities that differ by no more count as the same, pb⁻¹.</summary>
    [Range(0, 10_000, ErrorMessage = "Certification:LuminosityToleranceInvPb is between 0 and 10,000 (example: Certification__LuminosityToleranceInvPb=0.11).")]
    public double LuminosityToleranceInvPb { get; set; } = 0.11;

    /// <summary>Days between the run and the day that the certification counts for, from which on it is worth a word.</summary>
    [Range(1, 10_000, ErrorMessage = "Certification:DateDistanceDays is between 1 and 10,000 (example: Certification__DateDistanceDays=30).")]
    public int DateDistanceDays { get; set; } = 30;
}
