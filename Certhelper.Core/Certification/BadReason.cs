using Certhelper.Core.Administration;
using Certhelper.Core.People;

namespace Certhelper.Core.Certification;

/// <summary>Why a run is bad, from a list that people keep short.</summary>
public sealed class BadReason : IChoice
{
    public int Id { get; init; }

    public required string Name { get; set; }

    public required string Description { get; set; }

    /// <summary>Who added it; null for those that came with the installation.</summary>
    public int? AddedById { get; init; }

    public User? AddedBy { get; init; }

    public DateTimeOffset? AddedAt { get; init; }
    public DateTimeOffset? RetiredAt { get; set; }

    public int Position { get; set; }

    public uint Version { get; set; }
}
