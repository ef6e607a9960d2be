using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Maps;

/// <summary>The maps of one run and type, as the gallery shows them.</summary>
/// <param name="RunNumber">The run.</param>
/// <param name="Type">The kind of data.</param>
/// <param name="Count">How many fit the filter.</param>
/// <param name="FetchedAt">When the newest of them came.</param>
/// <param name="ExecutionId">The newest execution that made some of them.</param>
/// <param name="Shown">The weightiest.</param>
public sealed record GalleryShelf(int RunNumber, string Type, int Count, DateTimeOffset FetchedAt, long ExecutionId, IReadOnlyList<StoredMap> Shown);

/// <summary>Reads pages of the gallery, the newest runs first.</summary>
public sealed class MapGallery(CerthelperDbContext db)
{
    private const int MostShown = 4;

    /// <summary>Three statements whatever the size.</summary>
    public async Task<PageOf<GalleryShelf>> PageAsync(MapFilter filter, int? number, int size, CancellationToken cancellationToken)
    {
        var page = await filter.Apply(db)
            .GroupBy(file => new { file.RunNumber, file.MapType })
            .Select(shelf => new { shelf.Key.RunNumber, shelf.Key.MapType, Count = shelf.Count(), FetchedAt = shelf.Max(file => file.FetchedAt), ExecutionId = shelf.Max(file => file.ExecutionId) })
            .OrderByDescending(shelf => shelf.RunNumber).ThenBy(shelf => shelf.MapType)
            .PageAsync(number, cancellationToken, size);
        List<int?> runs = [.. page.Items.Select(shelf => shelf.RunNumber).Distinct()];
        var maps = (await filter.Apply(db).Where(file => runs.Contains(file.RunNumber)).Select(StoredMap.Projection).ToListAsync(cancellationToken))
            .ToLookup(map => ((int?)map.RunNumber, (string?)map.Type));
        return new PageOf<GalleryShelf>(
            [
                .. page.Items.Select(shelf => new GalleryShelf(
                    shelf.RunNumber!.Value, shelf.MapType!, shelf.Count, shelf.FetchedAt, shelf.ExecutionId,
                    [.. maps[(shelf.RunNumber, shelf.MapType)].InOrder(map => map.Name).Take(MostShown)])),
            ],
            page.Total, page.Number, page.Size);
    }
}
