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

    /// <summary>What it may be compared with.</summary>
    public ReferenceValidity Validity { get; set; } = new();

    public List<ReferenceEvent> Events { get; } = [];

    /// <summary>PostgreSQL's row version.</summary>
    public uint Version { get; set; }
}

/// <summary>For what a reference is meant. An empty list means all.</summary>
public sealed record ReferenceValidity
{
    public List<RunType> RunTypes { get; init; } = [];

    public List<Reconstruction> Reconstructions { get; init; } = [];

    public List<string> Eras { get; init; } = [];
}

/// <summary>What was done with a reference.</summary>
public enum ReferenceAct
{
    Promoted,
    ValidityChanged,
    Retired,
}

/// <summary>One entry of a reference's history. Only ever appended.</summary>
public sealed class ReferenceEvent
{
    public int Id { get; init; }

    public int ReferenceId { get; init; }

    public required ReferenceAct Act { get; init; }

    public required DateTimeOffset At { get; init; }

    public required int ById { get; init; }

    public User? By { get; init; }

    public string? Why { get; init; }

    /// <summary>As it was from then on.</summary>
    public required ReferenceValidity Validity { get; init; }
}
