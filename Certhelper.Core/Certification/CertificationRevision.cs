using Certhelper.Core.People;

namespace Certhelper.Core.Certification;

/// <summary>What happened to a certification.</summary>
public enum RevisionKind
{
    Created,
    Edited,
    FactsCompleted,
    Deleted,
    Restored,
    HandedOver,

    /// <summary>The verdict holds although facts changed.</summary>
    FactsAccepted,

    /// <summary>Given back to be looked at again, because facts changed.</summary>
    Reopened,
}

/// <summary>One field that a revision changed, in words.</summary>
/// <param name="Field">The field's title.</param>
/// <param name="Old">What it was; null when it was empty or did not exist.</param>
/// <param name="New">What it became.</param>
public sealed record FieldChange(string Field, string? Old, string? New);

/// <summary>One entry of a certification's history. Only ever appended.</summary>
public sealed class CertificationRevision
{
    public long Id { get; init; }

    public int CertificationId { get; init; }

    /// <summary>Counts from 1 within the certification.</summary>
    public required int Number { get; init; }

    public required RevisionKind Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Null when a job did it.</summary>
    public int? ById { get; init; }

    public User? By { get; init; }

    public string? Why { get; init; }

    public required List<FieldChange> Changes { get; init; }
}
