namespace Certhelper.Core.Certification;

/// <summary>A fact in words, as it stood when a certification was saved.</summary>
/// <param name="Title">The fact's title.</param>
/// <param name="Value">With its unit; null when it was not known.</param>
/// <param name="Source">Who said it: OMS, a login name.</param>
/// <param name="At">When that was read or typed.</param>
public sealed record EvidenceFact(string Title, string? Value, string? Source, DateTimeOffset? At);

/// <summary>A dataset of the Run Registry, as it stood when a certification was saved.</summary>
public sealed record EvidenceDataset(
    string Name, string? TrackerState, Dictionary<string, Dictionary<string, int>> Summary, DateTimeOffset FetchedAt);

/// <summary>What a revision of a certification was based on. Only ever appended.</summary>
public sealed class CertificationEvidence
{
    public int Id { get; init; }

    public int CertificationId { get; init; }

    /// <summary>The revision that this was the basis of.</summary>
    public required int RevisionNumber { get; init; }

    public required DateTimeOffset At { get; init; }

    public required List<EvidenceFact> Facts { get; init; }

    public required List<EvidenceDataset> Datasets { get; init; }
}
