using System.Text.Json.Serialization;
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

    /// <summary>Whether it is meant for everything.</summary>
    [JsonIgnore]
    public bool IsUnlimited => RunTypes.Count + Reconstructions.Count + Eras.Count == 0;

    /// <summary>Why it is not meant for such a run; null when it is. What is unknown of the run is no objection.</summary>
    public string? Objection(RunConditions of)
    {
        if (RunTypes.Count > 0 && of.Type is { } type && !RunTypes.Contains(type)) return $"meant for {Words(RunTypes)} only";
        if (Reconstructions.Count > 0 && !Reconstructions.Contains(of.Reconstruction))
            return $"meant for {string.Join(", ", Reconstructions.Select(item => item.Code()))} only";
        if (Eras.Count > 0 && of.Era is { } era && !Eras.Contains(era, StringComparer.OrdinalIgnoreCase))
            return $"meant for era {string.Join(", ", Eras)} only";
        return null;
    }

    /// <summary>In words: <c>collisions; express, prompt; era 2018D</c>; <c>everything</c> when unlimited.</summary>
    public string InWords() => IsUnlimited
        ? "everything"
        : string.Join("; ", new[]
        {
            RunTypes.Count > 0 ? Words(RunTypes) : null,
            Reconstructions.Count > 0 ? string.Join(", ", Reconstructions.Select(item => item.Code())) : null,
            Eras.Count > 0 ? "era " + string.Join(", ", Eras) : null,
        }.OfType<string>());

    private static string Words(IEnumerable<RunType> types) => string.Join(", ", types.Select(type => type.ToString().ToLowerInvariant()));
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
