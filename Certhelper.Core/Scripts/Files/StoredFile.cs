namespace Certhelper.Core.Scripts;

/// <summary>Content that is kept in the database, once however many files have it.</summary>
public sealed class StoredFile
{
    /// <summary>SHA-256, hexadecimal.</summary>
    public required string Hash { get; init; }

    public required long Size { get; init; }

    public required DateTimeOffset StoredAt { get; init; }
}

/// <summary>A portion of such content, so that no request holds a whole file in memory.</summary>
public sealed class StoredFilePart
{
    public required string Hash { get; init; }

    /// <summary>Counts from 0.</summary>
    public required int Number { get; init; }

    public required byte[] Content { get; init; }
}
