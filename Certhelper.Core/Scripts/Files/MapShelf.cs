using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Scripts;

/// <summary>
/// Where tracker maps stand, by run and type. The one place that says whether the maps of a run reconstruction exist: the
/// certify form, the second look, evidence, the page of the run and the gallery all ask here.
/// </summary>
public sealed class MapShelf(CerthelperDbContext db)
{
    /// <summary>The maps that are shown: the newest of each name.</summary>
    public static IQueryable<ExecutionFile> Current(CerthelperDbContext db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.ExecutionFiles.AsNoTracking().Where(file => file.MapType != null && !file.Superseded && file.RunNumber != null);
    }

    /// <summary>
    /// The maps that belong to a run reconstruction: those of the type that is made for it, else of another type that shows
    /// the same reconstruction, as of ions. One statement.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="reconstruction">Its reconstruction.</param>
    /// <param name="runType">Type of the run; null when nobody has told.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<MapSet> OfAsync(int run, Reconstruction reconstruction, RunType? runType, CancellationToken cancellationToken)
    {
        var usual = TrackerMapRule.TypeOf(reconstruction, runType);
        var found = await Current(db)
            .Where(file => file.RunNumber == run && (file.MapType == usual || file.Reconstruction == reconstruction))
            .Select(StoredMap.Projection).ToListAsync(cancellationToken);
        var type = found.Exists(map => map.Type == usual) ? usual : found.MaxBy(map => (map.FetchedAt, map.FileId))?.Type ?? usual;
        return new MapSet(run, type, InOrder(found.Where(map => map.Type == type)));
    }

    /// <summary>Everything of a run, a set for each type. One statement.</summary>
    public async Task<IReadOnlyList<MapSet>> OfRunAsync(int run, CancellationToken cancellationToken) =>
    [
        .. (await Current(db).Where(file => file.RunNumber == run).Select(StoredMap.Projection).ToListAsync(cancellationToken))
            .GroupBy(map => map.Type)
            .OrderBy(type => type.First().Reconstruction ?? (Reconstruction)int.MaxValue).ThenBy(type => type.Key, StringComparer.Ordinal)
            .Select(type => new MapSet(run, type.Key, InOrder(type))),
    ];

    public async Task<MapSet> OfTypeAsync(int run, string type, CancellationToken cancellationToken) => new(
        run, type, InOrder(await Current(db).Where(file => file.RunNumber == run && file.MapType == type).Select(StoredMap.Projection).ToListAsync(cancellationToken)));

    /// <summary>A map by its file, also one that has been made anew since.</summary>
    public Task<StoredMap?> FindAsync(long fileId, CancellationToken cancellationToken) => db.ExecutionFiles.AsNoTracking()
        .Where(file => file.Id == fileId && file.MapType != null && file.RunNumber != null)
        .Select(StoredMap.Projection).SingleOrDefaultAsync(cancellationToken);

    private static List<StoredMap> InOrder(IEnumerable<StoredMap> maps) => [.. maps.InOrder(map => map.Name)];
}
