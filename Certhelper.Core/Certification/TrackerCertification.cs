using Certhelper.Core.Checklists;
using Certhelper.Core.People;
using Certhelper.Core.References;
using Certhelper.Core.Runs;

namespace Certhelper.Core.Certification;

/// <summary>
/// The verdict on one run reconstruction. At most one that is not deleted exists for each; deleting is soft, and
/// certifying again after that makes a new record.
/// </summary>
public sealed class TrackerCertification
{
    public int Id { get; init; }

    public int RunReconstructionId { get; init; }

    public RunReconstruction? RunReconstruction { get; init; }

    /// <summary>The dataset as the Run Registry names it; null when it could not be asked.</summary>
    public string? DatasetName { get; set; }

    public int OwnerId { get; set; }

    public User? Owner { get; set; }

    public required ComponentVerdict Pixel { get; set; }

    public bool PixelLowStatistics { get; set; }

    public required ComponentVerdict Strip { get; set; }

    public bool StripLowStatistics { get; set; }

    public required ComponentVerdict Tracking { get; set; }

    public bool TrackingLowStatistics { get; set; }

    public int? ReferenceId { get; set; }

    public Reference? Reference { get; set; }

    public required TrackerMapState TrackerMap { get; set; }

    /// <summary>What is wrong, per component.</summary>
    public List<ComponentProblem> Problems { get; } = [];

    public int? BadReasonId { get; set; }

    public BadReason? BadReason { get; set; }

    /// <summary>The day the certification counts for.</summary>
    public required DateOnly Date { get; set; }

    public string? Comment { get; set; }

    /// <summary>Whether the facts of the run came from OMS; if not, a job completes them when OMS answers again.</summary>
    public bool FactsComplete { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>What looked wrong at the last save and was confirmed to be right.</summary>
    public List<ConfirmedFinding> Confirmed { get; set; } = [];

    public List<ChecklistAnswer> Answers { get; } = [];

    public List<CertificationRevision> Revisions { get; } = [];

    /// <summary>What each revision was based on.</summary>
    public List<CertificationEvidence> Evidence { get; } = [];

    /// <summary>PostgreSQL's row version; guards against lost updates.</summary>
    public uint Version { get; set; }
}
