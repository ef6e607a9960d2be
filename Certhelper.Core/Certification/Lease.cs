using Certhelper.Core.People;
using Certhelper.Core.Runs;

namespace Certhelper.Core.Certification;

/// <summary>
/// Somebody has taken a run reconstruction to certify it. It ends by itself, so that nobody has to ask who went home;
/// it tells others, it does not bar a save.
/// </summary>
public sealed class Lease
{
    public int Id { get; init; }

    public required int RunNumber { get; init; }

    public required Reconstruction Reconstruction { get; init; }

    public required int HolderId { get; set; }

    public User? Holder { get; set; }

    public required DateTimeOffset TakenAt { get; set; }

    /// <summary>From then on anybody may take it. Moved on by every sign of life.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }
}
