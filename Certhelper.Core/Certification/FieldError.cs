namespace Certhelper.Core.Certification;

/// <summary>Why a field cannot be taken as it is.</summary>
/// <param name="Field">The property's name in the input record; empty when it concerns the whole.</param>
/// <param name="Message">A sentence for the person at the form.</param>
public sealed record FieldError(string Field, string Message);
