namespace Certhelper.Core.Certification;

/// <summary>How much a finding of the second look matters.</summary>
public enum FindingSeverity
{
    /// <summary>Good to know.</summary>
    Note,

    /// <summary>Saved only when the person says why it is right.</summary>
    Confirm,

    /// <summary>Not saved while it stands.</summary>
    Block,
}

/// <summary>Something about a certification that does not look right.</summary>
/// <param name="Rule">The rule's key, such as <c>bad-without-reason</c>.</param>
/// <param name="Severity">What it asks of the person.</param>
/// <param name="Words">What was found, for people.</param>
/// <param name="Field">The property of <see cref="CertificationInput"/> it is about; empty when it is about none.</param>
public sealed record Finding(string Rule, FindingSeverity Severity, string Words, string Field);

/// <summary>A finding that a person confirmed when saving; stays with the certification.</summary>
/// <param name="Rule">The rule's key.</param>
/// <param name="Words">What was found.</param>
/// <param name="Reason">Why it is right all the same.</param>
/// <param name="By">Login name.</param>
/// <param name="At">When.</param>
public sealed record ConfirmedFinding(string Rule, string Words, string Reason, string By, DateTimeOffset At);
