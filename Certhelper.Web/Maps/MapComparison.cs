using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Maps;

/// <summary>What an address asks to compare: two files, or a map of a run with that of another.</summary>
public sealed record ComparisonQuery(long? Left, long? Right, int? Run, int? Reference, string? Type, string? Name);

/// <summary>A run with which a map can be compared.</summary>
/// <param name="RunNumber">The run.</param>
/// <param name="IsReference">Whether one of its reconstructions is a reference.</param>
public sealed record ComparableRun(int RunNumber, bool IsReference);

/// <summary>Two maps of the same kind.</summary>
/// <param name="Left">The map that is looked at.</param>
/// <param name="Right">The one that it is compared with; null when there is none or none is chosen.</param>
/// <param name="ReferenceRun">The run that was asked for on the other side.</param>
/// <param name="Set">All maps of the left run and type.</param>
/// <param name="Runs">Runs that have this map: references first, then the newest.</param>
public sealed record MapComparison(StoredMap Left, StoredMap? Right, int? ReferenceRun, MapSet Set, IReadOnlyList<ComparableRun> Runs)
{
    public StoredMap? Before => At > 0 ? Set.Maps[At - 1] : null;

    public StoredMap? After => At >= 0 && At + 1 < Set.Maps.Count ? Set.Maps[At + 1] : null;

    private int At => Set.Maps.ToList().FindIndex(map => map.Name == Left.Name);
}

/// <summary>Finds the two sides of a comparison, and what else could stand on either.</summary>
public sealed class MapComparer(CerthelperDbContext db, MapShelf shelf)
{
    private const int MostRuns = 100;

    /// <summary>At most five statements.</summary>
    /// <returns>Null when the map on the left does not exist.</returns>
    public async Task<MapComparison?> ReadAsync(ComparisonQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var left = query.Left is { } id ? await shelf.FindAsync(id, cancellationToken) : null;
        if (query.Left is not null && left is null) return null;
        var (run, type) = left is null ? (query.Run, query.Type) : (left.RunNumber, left.Type);
        if (run is not { } number || string.IsNullOrEmpty(type)) return null;
        var set = await shelf.OfTypeAsync(number, type, cancellationToken);
        left ??= string.IsNullOrEmpty(query.Name) ? set.Maps.Count > 0 ? set.Maps[0] : null : set.Find(query.Name);
        if (left is null) return null;
        var right = await RightAsync(query, left, cancellationToken);
        return new MapComparison(left, right, right?.RunNumber ?? query.Reference, set, await RunsAsync(left, cancellationToken));
    }

    private async Task<StoredMap?> RightAsync(ComparisonQuery query, StoredMap left, CancellationToken cancellationToken)
    {
        if (query.Right is { } id) return await shelf.FindAsync(id, cancellationToken);
        if (query.Reference is not { } reference) return null;
        // The reference may be of another reconstruction: its own map of the same name is what there is to compare with.
        return (await shelf.OfRunAsync(reference, cancellationToken))
            .Select(set => set.Find(left.Name)).OfType<StoredMap>()
            .OrderByDescending(map => map.Type == left.Type).ThenByDescending(map => map.FetchedAt).FirstOrDefault();
    }

    private async Task<IReadOnlyList<ComparableRun>> RunsAsync(StoredMap left, CancellationToken cancellationToken)
    {
        var having = MapShelf.Current(db).Where(file => file.Name == left.Name && file.RunNumber != left.RunNumber);
        var references = await db.References.AsNoTracking()
            .Where(reference => reference.RetiredAt == null && having.Any(file => file.RunNumber == reference.RunReconstruction!.RunNumber))
            .Select(reference => reference.RunReconstruction!.RunNumber)
            .Distinct().OrderByDescending(run => run).Take(MostRuns).ToListAsync(cancellationToken);
        var others = await having.Where(file => file.MapType == left.Type)
            .Select(file => file.RunNumber!.Value)
            .Distinct().OrderByDescending(run => run).Take(MostRuns).ToListAsync(cancellationToken);
        return [.. references.Select(run => new ComparableRun(run, IsReference: true)), .. others.Except(references).Select(run => new ComparableRun(run, IsReference: false))];
    }
}
