using System.Runtime.CompilerServices;
using Certhelper.Core.Lists;
using Certhelper.Core.Storage;
using Certhelper.Core.Storage.Configurations;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Lists;

/// <summary>Reads lists of certifications: a page, what the set amounts to, all of it for an export.</summary>
public sealed class CertificationList(CerthelperDbContext db, ListCache cache)
{
    /// <summary>Rows that an export reads at a time: no long transaction, and little memory however long the list.</summary>
    private const int Portion = 1_000;

    /// <summary>A page and the totals of the whole set: two statements when the set has been asked for before, four when not.</summary>
    public async Task<(PageOf<CertificationRow> Page, Totals Totals)> PageAsync(
        CertificationFilter filter, Sorting sorting, int? number, int size, CancellationToken cancellationToken)
    {
        var state = await DataState.ReadAsync(db, cancellationToken);
        var ids = await IdsAsync(filter, sorting, state, cancellationToken);
        var totals = await cache.GetAsync(
            $"totals of certifications {Key(filter, state)}", () => Totals.OfAsync(filter.Apply(db), cancellationToken), _ => 64);
        var page = Paging.Cut(ids, number, size);
        return (new PageOf<CertificationRow>(await RowsAsync(page.Items, cancellationToken), page.Total, page.Number, page.Size), totals);
    }

    /// <summary>A page without totals.</summary>
    public async Task<PageOf<CertificationRow>> RowsOfPageAsync(
        CertificationFilter filter, Sorting sorting, int? number, int size, CancellationToken cancellationToken)
    {
        var state = await DataState.ReadAsync(db, cancellationToken);
        var page = Paging.Cut(await IdsAsync(filter, sorting, state, cancellationToken), number, size);
        return new PageOf<CertificationRow>(await RowsAsync(page.Items, cancellationToken), page.Total, page.Number, page.Size);
    }

    /// <summary>The whole set in its order, portion by portion.</summary>
    public async IAsyncEnumerable<CertificationRow> AllAsync(
        CertificationFilter filter, Sorting sorting, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ids = await IdsAsync(filter, sorting, await DataState.ReadAsync(db, cancellationToken), cancellationToken);
        foreach (var portion in ids.Chunk(Portion))
        {
            foreach (var row in await RowsAsync(portion, cancellationToken)) yield return row;
        }
    }

    private static string Key(CertificationFilter filter, DataState state) => $"{state.Certifications} {state.Runs} {filter.Key}";

    private Task<int[]> IdsAsync(CertificationFilter filter, Sorting sorting, DataState state, CancellationToken cancellationToken) => cache.GetAsync(
        $"certifications by {sorting} {Key(filter, state)}",
        () => CertificationColumns.Sort(filter.Apply(db), sorting).Select(item => item.Id).ToArrayAsync(cancellationToken),
        found => 4L * found.Length);

    private async Task<IReadOnlyList<CertificationRow>> RowsAsync(IReadOnlyList<int> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return [];
        var wanted = ids.ToArray();
        var rows = await db.Certifications.AsNoTracking().IgnoreQueryFilters([Filters.Living])
            .Where(item => wanted.Contains(item.Id))
            .Select(CertificationRow.Projection)
            .ToDictionaryAsync(row => row.Id, cancellationToken);
        return [.. ids.Select(id => rows.GetValueOrDefault(id)).OfType<CertificationRow>()];
    }
}
