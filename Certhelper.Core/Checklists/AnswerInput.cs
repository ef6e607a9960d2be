namespace Certhelper.Core.Checklists;

/// <summary>What the form or the API says to one item.</summary>
public sealed record AnswerInput
{
    /// <summary><c>yes</c>, a number, or a choice; null or empty when not answered.</summary>
    public string? Value { get; init; }

    /// <summary>The item is said not to apply.</summary>
    public bool NotApplicable { get; init; }

    /// <summary>Why not.</summary>
    public string? Because { get; init; }
}
