namespace Certhelper.Core.Certification;

/// <summary>One field in which what a person wants to save differs from what somebody else saved meanwhile.</summary>
/// <param name="Field">The property's name in <see cref="CertificationInput"/>.</param>
/// <param name="Title">The field's title.</param>
/// <param name="Yours">In words; null when empty.</param>
/// <param name="Theirs">In words; null when empty.</param>
public sealed record FieldDifference(string Field, string Title, string? Yours, string? Theirs)
{
    /// <summary>Only the other person changed the field; the person who saves now left it as it was.</summary>
    public bool OnlyTheirs { get; init; }
}

/// <summary>How saving a certification ended. Everything that can be expected is here; exceptions are for surprises.</summary>
public abstract record SaveResult
{
    private SaveResult()
    {
    }

    /// <param name="Id">Id of the certification.</param>
    /// <param name="Created">Whether this made it.</param>
    public sealed record Saved(int Id, bool Created) : SaveResult;

    /// <summary>The input breaks rules; nothing was saved.</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : SaveResult;

    /// <summary>What was typed of the run breaks rules; nothing was saved.</summary>
    public sealed record InvalidFacts(IReadOnlyList<FieldError> Errors) : SaveResult;

    /// <summary>Something does not look right: it is to be put right or confirmed; nothing was saved.</summary>
    public sealed record SecondLook(IReadOnlyList<Finding> Findings) : SaveResult;

    /// <summary>Somebody changed it since the form was opened; nothing was saved.</summary>
    /// <param name="Id">Id of the certification.</param>
    /// <param name="Differences">Where both versions differ; empty for acts that carry no fields.</param>
    /// <param name="CurrentVersion">The version to save over, once the person has seen the differences.</param>
    /// <param name="CurrentRevision">Number of its last revision.</param>
    /// <param name="ChangedBy">Name of the person who changed it last; null when a job did.</param>
    /// <param name="ChangedAt">When that was.</param>
    public sealed record Conflict(
        int Id, IReadOnlyList<FieldDifference> Differences, uint CurrentVersion, int CurrentRevision, string? ChangedBy, DateTimeOffset ChangedAt) : SaveResult;

    /// <summary>Another living certification of the same run reconstruction exists.</summary>
    public sealed record AlreadyCertified(int Id, string ByName) : SaveResult;

    /// <summary>The person may not, or the thing cannot be done.</summary>
    public sealed record Refused(string Reason) : SaveResult;

    public sealed record NotFound : SaveResult;
}
