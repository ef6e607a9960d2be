using Certhelper.Core.People;

namespace Certhelper.Core.Checklists;

/// <summary>
/// What somebody answered to an item of the leader's checklist for a week. Only ever appended: the newest for an item
/// counts, the others say who had answered what before.
/// </summary>
public sealed class WeeklyAnswer
{
    public int Id { get; init; }

    /// <summary>First day of the week.</summary>
    public required DateOnly Monday { get; init; }

    public required int ChecklistVersionId { get; init; }

    public ChecklistVersion? ChecklistVersion { get; init; }

    public required string ItemKey { get; init; }

    /// <summary><c>yes</c> for a tick, the number, or the choice; null when it does not apply or was taken back.</summary>
    public string? Value { get; init; }

    /// <summary>Why the item does not apply; null when it does.</summary>
    public string? NotApplicableBecause { get; init; }

    public required int ById { get; init; }

    public User? By { get; init; }

    public required DateTimeOffset At { get; init; }
}
