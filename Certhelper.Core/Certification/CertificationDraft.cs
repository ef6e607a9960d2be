using Certhelper.Core.People;
using Certhelper.Core.Runs;

namespace Certhelper.Core.Certification;

/// <summary>What a person has typed on the certify form and not saved yet. One per person and run reconstruction.</summary>
public sealed class CertificationDraft
{
    public int Id { get; init; }

    public required int OwnerId { get; init; }

    public User? Owner { get; init; }

    public required int RunNumber { get; init; }

    public required Reconstruction Reconstruction { get; init; }

    /// <summary>The form's fields by name, as the browser sends them; a field can have several values.</summary>
    public required Dictionary<string, List<string>> Fields { get; set; }

    /// <summary>Version of the certification that is being changed; null for a new one.</summary>
    public uint? CertificationVersion { get; set; }

    public DateTimeOffset SavedAt { get; set; }
}
