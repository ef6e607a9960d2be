using Certhelper.Core.References;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Maps;

/// <summary>What an address asks to compare: two files, or a map of a run with that of another.</summary>
/// <param name="Left">The file that is looked at.</param>
/// <param name="Right">The file on the other side.</param>
/// <param name="Run">The run whose map is looked at.</param>
/// <param name="Reference">The run on the other side.</param>
/// <param name="Type">The type of the map.</param>
/// <param name="Name">Its name.</param>
/// <param name="ReferenceSaid">Whether the address says which run is on the other side, be it none.</param>
public sealed record ComparisonQuery(long? Left, long? Right, int? Run, int? Reference, string? Type, string? Name, bool ReferenceSaid);

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
public sealed class MapComparer(CerthelperDbContext db, MapShelf shelf, ReferenceAdvisor advisor)
{
    private const int MostRuns = 100;

    /// <summary>At most seven statements.</summary>
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
        // Nobody said what to compare with: what the run is certified against, or would be.
        var says = query.Right is not null || query.ReferenceSaid;
        if (!says && await ReferenceOfAsync(left, cancellationToken) is { } proposed) query = query with { Reference = proposed };
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

    /// <summary>
    /// The run of the reference with which the left run reconstruction is certified; where it is not certified yet, of the best one that
    /// suits and has the map: what cannot be seen is no proposal.
    /// </summary>
    private async Task<int?> ReferenceOfAsync(StoredMap left, CancellationToken cancellationToken)
    {
        if (TrackerMapRule.ReconstructionOf(left.Type) is not { } reconstruction) return null;
        var certified = await db.Certifications.AsNoTracking()
            .Where(item => item.RunReconstruction!.RunNumber == left.RunNumber && item.RunReconstruction.Reconstruction == reconstruction && item.ReferenceId != null)
            .Select(item => (int?)item.Reference!.RunReconstruction!.RunNumber).SingleOrDefaultAsync(cancellationToken);
        if (certified is not null) return certified;
        if (await db.Runs.AsNoTracking().Include(run => run.Fill).SingleOrDefaultAsync(run => run.RunNumber == left.RunNumber, cancellationToken) is not { } facts) return null;
        var having = MapShelf.Current(db).Where(file => file.Name == left.Name && file.RunNumber != left.RunNumber);
        var candidates = await db.References.AsNoTracking()
            .Where(reference => reference.RetiredAt == null && having.Any(file => file.RunNumber == reference.RunReconstruction!.RunNumber))
            .Select(ReferenceCandidate.Projection).ToListAsync(cancellationToken);
        return advisor.Rank(RunConditions.Of(left.RunNumber, reconstruction, facts), candidates).FirstOrDefault(advice => advice.Suits)?.Candidate.Conditions.RunNumber;
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
