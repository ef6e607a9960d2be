using System.Linq.Expressions;
using Certhelper.Core.Runs;

namespace Certhelper.Core.Scripts;

/// <summary>A tracker map that is kept here.</summary>
public sealed record StoredMap
{
    public required long FileId { get; init; }

    public required int RunNumber { get; init; }

    /// <summary>The kind of data, as <c>StreamExpress</c>.</summary>
    public required string Type { get; init; }

    public required Reconstruction? Reconstruction { get; init; }

    /// <summary>Name of the file.</summary>
    public required string Name { get; init; }

    public required string Hash { get; init; }

    /// <summary>The execution that made it.</summary>
    public required long ExecutionId { get; init; }

    public required DateTimeOffset FetchedAt { get; init; }

    /// <summary>Whether a later execution brought it anew.</summary>
    public required bool Superseded { get; init; }

    /// <summary><c>QTestAlarm</c>.</summary>
    public string Title => Path.GetFileNameWithoutExtension(Name);

    /// <summary>Reads it from a file that is a map of a run.</summary>
    public static Expression<Func<ExecutionFile, StoredMap>> Projection { get; } = file => new StoredMap
    {
        FileId = file.Id,
        RunNumber = file.RunNumber!.Value,
        Type = file.MapType!,
        Reconstruction = file.Reconstruction,
        Name = file.Name,
        Hash = file.Hash,
        ExecutionId = file.ExecutionId,
        FetchedAt = file.FetchedAt,
        Superseded = file.Superseded,
    };

    /// <summary>Whether people mean this one by a name, with or without its ending.</summary>
    public bool IsCalled(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase) || Title.Equals(name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The maps of one run and type.</summary>
/// <param name="RunNumber">The run.</param>
/// <param name="Type">The type; null when no maps are made of such data.</param>
/// <param name="Maps">The weightiest first; empty when there are none.</param>
public sealed record MapSet(int RunNumber, string? Type, IReadOnlyList<StoredMap> Maps)
{
    public bool Exist => Maps.Count > 0;

    /// <summary>When the newest of them came; null when there are none.</summary>
    public DateTimeOffset? At => Maps.Count == 0 ? null : Maps.Max(map => map.FetchedAt);

    public StoredMap? Find(string name) => Maps.FirstOrDefault(map => map.IsCalled(name));
}
