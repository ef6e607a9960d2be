using Certhelper.Core.People;
using Certhelper.Core.Runs;

namespace Certhelper.Core.References;

/// <summary>A run reconstruction that others are compared with. Retired, never deleted: certifications that used it keep it.</summary>
public sealed class Reference
{
    public int Id { get; init; }

    public int RunReconstructionId { get; init; }

    public RunReconstruction? RunReconstruction { get; init; }

    public DateTimeOffset PromotedAt { get; set; }

    public int PromotedById { get; set; }

    public User? PromotedBy { get; set; }

    public DateTimeOffset? RetiredAt { get; set; }

    public int? RetiredById { get; set; }

    public User? RetiredBy { get; set; }

    public string? RetiredReason { get; set; }

    /// <summary>PostgreSQL's row version.</summary>
    public uint Version { get; set; }
}
