using System.Runtime.CompilerServices;
using Certhelper.Core.Certification;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Lists;

/// <summary>Reads lists of runs: a page, what the set amounts to, all of it for an export.</summary>
public sealed class RunList(CerthelperDbContext db, ListCache cache)
{
    private const int Portion = 1_000;

    /// <summary>All run numbers of a list in its order, and what they amount to.</summary>
    private sealed record Order(int[] Numbers, Totals Totals);

    /// <summary>A page and the totals of the whole set: three statements when the set has been asked for before, four when not.</summary>
    public async Task<(PageOf<RunRow> Page, Totals Totals)> PageAsync(RunFilter filter, Sorting sorting, int? number, int size, CancellationToken cancellationToken)
    {
        var order = await OrderAsync(filter, sorting, await DataState.ReadAsync(db, cancellationToken), cancellationToken);
        var page = Paging.Cut(order.Numbers, number, size);
        return (new PageOf<RunRow>(await RowsAsync(page.Items, cancellationToken), page.Total, page.Number, page.Size), order.Totals);
    }

    /// <summary>One run; null when it is not known here.</summary>
    public async Task<RunRow?> RowAsync(int number, CancellationToken cancellationToken) => (await RowsAsync([number], cancellationToken)).SingleOrDefault();

    /// <summary>The whole set in its order, portion by portion.</summary>
    public async IAsyncEnumerable<RunRow> AllAsync(RunFilter filter, Sorting sorting, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var order = await OrderAsync(filter, sorting, await DataState.ReadAsync(db, cancellationToken), cancellationToken);
        foreach (var portion in order.Numbers.Chunk(Portion))
        {
            foreach (var row in await RowsAsync(portion, cancellationToken)) yield return row;
        }
    }

    private static string Key(RunFilter filter, DataState state) =>
        $"{state.Runs} {(filter.AsksCertifications ? state.Certifications : "")} {(filter.AsksRegistry ? state.Registry : "")} {filter.Key}";

    private Task<Order> OrderAsync(RunFilter filter, Sorting sorting, DataState state, CancellationToken cancellationToken) => cache.GetAsync(
        $"runs by {sorting} {Key(filter, state)}",
        async () =>
        {
            var runs = await RunColumns.Sort(filter.Apply(db), sorting)
                .Select(run => new { run.RunNumber, run.RecordedLumiInvPb, run.Lumisections })
                .ToListAsync(cancellationToken);
            return new Order(
                [.. runs.Select(run => run.RunNumber)],
                new Totals(0, 0, runs.Count, runs.Sum(run => run.RecordedLumiInvPb ?? 0), runs.Sum(run => (long)(run.Lumisections ?? 0))));
        },
        found => 4L * found.Numbers.Length);

    private async Task<IReadOnlyList<RunRow>> RowsAsync(IReadOnlyList<int> numbers, CancellationToken cancellationToken)
    {
        if (numbers.Count == 0) return [];
        var wanted = numbers.ToArray();
        var rows = await db.Runs.AsNoTracking().Where(run => wanted.Contains(run.RunNumber))
            .Select(RunRow.Projection).ToDictionaryAsync(row => row.RunNumber, cancellationToken);
        var verdicts = db.Certifications.Where(item => wanted.Contains(item.RunReconstruction!.RunNumber))
            .Select(VerdictRule.Good.With((TrackerCertification item, bool good) => new
            {
                item.RunReconstruction!.RunNumber,
                Reconstruction = (Reconstruction?)item.RunReconstruction.Reconstruction,
                CertificationId = (int?)item.Id,
                Good = good,
            }));
        var open = db.RegistryDatasets
            .Where(dataset => wanted.Contains(dataset.RunNumber) && dataset.TrackerState == RegistryDataset.Open
                && dataset.Reconstruction != null && dataset.Reconstruction != Reconstruction.Online)
            .Select(dataset => new { dataset.RunNumber, dataset.Reconstruction, CertificationId = (int?)null, Good = false });
        // Verdicts and open datasets in one answer.
        var marks = (await verdicts.Concat(open).ToListAsync(cancellationToken)).ToLookup(mark => mark.RunNumber);
        return
        [
            .. numbers.Select(number => rows.GetValueOrDefault(number)).OfType<RunRow>().Select(row => row with
            {
                Verdicts =
                [
                    .. marks[row.RunNumber].Where(mark => mark.CertificationId is not null).OrderBy(mark => mark.Reconstruction)
                        .Select(mark => new RunVerdict(mark.RunNumber, mark.Reconstruction!.Value, mark.CertificationId!.Value, mark.Good)),
                ],
                Open = [.. marks[row.RunNumber].Where(mark => mark.CertificationId is null).Select(mark => mark.Reconstruction!.Value).Distinct().Order()],
            }),
        ];
    }
}
