using Certhelper.Core.Runs;

namespace Certhelper.Core.Scripts;

/// <summary>A file that an execution left behind. The same content is kept once, by its hash.</summary>
public sealed class ExecutionFile
{
    public long Id { get; init; }

    public required long ExecutionId { get; init; }

    public Execution? Execution { get; init; }

    /// <summary>Name on the host.</summary>
    public required string Name { get; init; }

    /// <summary>Folder on the host.</summary>
    public required string Folder { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the content, hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>As the content says, not the name: <c>image/png</c>.</summary>
    public required string MediaType { get; init; }

    public required ScriptOutputKind Kind { get; init; }

    public string? Description { get; init; }

    /// <summary>When it was made, by the host's clock.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    public required DateTimeOffset FetchedAt { get; init; }

    /// <summary>The run it shows; null for a file of no single run.</summary>
    public int? RunNumber { get; init; }

    /// <summary>The kind of data that a tracker map shows, as <c>StreamExpress</c>; null for what is no tracker map.</summary>
    public string? MapType { get; init; }

    /// <summary>The reconstruction that a tracker map belongs to.</summary>
    public Reconstruction? Reconstruction { get; init; }

    /// <summary>Whether a later execution brought the same map of the same run anew.</summary>
    public bool Superseded { get; set; }
}
