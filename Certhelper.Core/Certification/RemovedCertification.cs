using Certhelper.Core.People;
using Certhelper.Core.Runs;

namespace Certhelper.Core.Certification;

/// <summary>What is left of a certification that an administrator removed for good: who, when, why, and all that it said.</summary>
public sealed class RemovedCertification
{
    public int Id { get; init; }

    /// <summary>Id that the certification had.</summary>
    public required int CertificationId { get; init; }

    public required int RunNumber { get; init; }

    public required Reconstruction Reconstruction { get; init; }

    /// <summary>Login name of the owner.</summary>
    public required string Owner { get; init; }

    public required DateTimeOffset RemovedAt { get; init; }

    public required int RemovedById { get; init; }

    public User? RemovedBy { get; init; }

    public required string Why { get; init; }

    /// <summary>The certification with its history, as JSON.</summary>
    public required string Body { get; init; }
}
