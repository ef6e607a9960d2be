namespace Certhelper.Core.Certification;

/// <summary>Why a run is bad, from a list that people keep short.</summary>
public sealed class BadReason
{
    public int Id { get; init; }

    public required string Name { get; set; }

    public required string Description { get; set; }
}
