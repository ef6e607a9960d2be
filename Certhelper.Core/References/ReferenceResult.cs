namespace Certhelper.Core.References;

/// <summary>How promoting or retiring a reference ended.</summary>
public abstract record ReferenceResult
{
    private ReferenceResult()
    {
    }

    public sealed record Done(int ReferenceId) : ReferenceResult;

    /// <summary>It is a reference already.</summary>
    public sealed record AlreadyReference(int ReferenceId) : ReferenceResult;

    /// <summary>Somebody changed the reference since the page was opened.</summary>
    public sealed record Conflict(int ReferenceId) : ReferenceResult;

    /// <summary>The person may not, or it cannot be done; the reason is a sentence for people.</summary>
    public sealed record Refused(string Reason) : ReferenceResult;

    public sealed record NotFound : ReferenceResult;
}
