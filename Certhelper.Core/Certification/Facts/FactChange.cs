using Certhelper.Core.People;

namespace Certhelper.Core.Certification;

/// <summary>What became of a fact that changed after certifying.</summary>
public enum FactChangeState
{
    /// <summary>Nobody has decided.</summary>
    Open,

    /// <summary>A leader wants the certification to be looked at again.</summary>
    Reopened,

    /// <summary>The verdict holds with the new fact.</summary>
    Accepted,

    /// <summary>The certification was changed with the new fact in view.</summary>
    Settled,

    /// <summary>The fact is again what the certification was based on.</summary>
    Gone,
}

/// <summary>
/// A fact that is not any more what a certification was based on. One that is undecided exists at most once for each
/// certification and fact; decided ones stay as history.
/// </summary>
public sealed class FactChange
{
    public int Id { get; init; }

    public required int CertificationId { get; init; }

    /// <summary>Which fact: its title, with the dataset where there are several.</summary>
    public required string Fact { get; init; }

    /// <summary>What the certification was based on, in words with the unit.</summary>
    public required string Old { get; set; }

    /// <summary>What it is now.</summary>
    public required string New { get; set; }

    public FactChangeState State { get; set; }

    /// <summary>When it was first seen.</summary>
    public required DateTimeOffset DetectedAt { get; init; }

    /// <summary>When the new value was last found to be another one.</summary>
    public required DateTimeOffset ChangedAt { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Null when nobody has, or when a job found that it is gone.</summary>
    public int? DecidedById { get; set; }

    public User? DecidedBy { get; set; }

    public string? Why { get; set; }

    /// <summary>PostgreSQL's row version.</summary>
    public uint Version { get; set; }

    /// <summary>Whether somebody still has to decide or to look.</summary>
    public bool IsUndecided => State is FactChangeState.Open or FactChangeState.Reopened;
}
