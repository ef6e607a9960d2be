namespace Certhelper.Core.People;

/// <summary>A list's filter that a person keeps under a name.</summary>
public sealed class SavedFilter
{
    public int Id { get; init; }

    public required int OwnerId { get; init; }

    public User? Owner { get; init; }

    /// <summary>The list it belongs to: <c>certifications</c> or <c>runs</c>.</summary>
    public required string List { get; init; }

    public required string Name { get; set; }

    /// <summary>The query part of the list's address, without the question mark.</summary>
    public required string Query { get; set; }

    /// <summary>Offered to everybody, not only to its owner.</summary>
    public bool Shared { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}
