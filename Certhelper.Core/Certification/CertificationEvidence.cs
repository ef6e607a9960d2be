using System.Globalization;
using System.Text.Json.Serialization;

namespace Certhelper.Core.Certification;

/// <summary>A fact in words, as it stood when a certification was saved.</summary>
/// <param name="Title">The fact's title.</param>
/// <param name="Value">With its unit; null when it was not known.</param>
/// <param name="Source">Who said it: OMS, a login name.</param>
/// <param name="At">When that was read or typed.</param>
public sealed record EvidenceFact(string Title, string? Value, string? Source, DateTimeOffset? At)
{
    /// <summary>The tracker maps that the fact counts; null for every other fact.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public List<EvidenceMap>? Maps { get; init; }

    /// <summary>Reads a luminosity back: evidence is kept in words, and the exact luminosity always in pb⁻¹.</summary>
    public static double? Luminosity(string words)
    {
        const string unit = " pb⁻¹";
        return words.EndsWith(unit, StringComparison.Ordinal)
            && double.TryParse(words[..^unit.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
    }
}

/// <summary>A tracker map by its content, as it was kept when a certification was saved.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="Hash">SHA-256 of the content.</param>
public sealed record EvidenceMap(string Name, string Hash);

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
