using Certhelper.Core.Oms;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Storage;
using Certhelper.Jobs.Background;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Certhelper.Jobs.Sync;

/// <summary>
/// Keeps the open datasets in step with the Run Registry: takes over all that are open now, then asks about those that
/// were open before and are not any more. On a site to train on (<see cref="RunRegistryOptions.OpenOnly"/>) the other runs that
/// OMS has named get theirs too.
/// </summary>
public sealed class RegistrySync(
    RegistryClient registry, RegistryKeeper keeper, SyncMarks marks, CerthelperDbContext db, SourceHealth health, IOptions<RunRegistryOptions> options, TimeProvider time)
{
    public const string Name = "registry-sync";

    private const int Batch = 500;

    /// <summary>Runs without any dataset that one pass asks about.</summary>
    private const int MostOthers = 500;

    /// <summary>One pass.</summary>
    /// <returns>What it did, in words.</returns>
    /// <exception cref="OutsideServiceException">The registry could not be asked; what was taken over before that stays.</exception>
    public async Task<string> PassAsync(IProgress<JobStep> progress, CancellationToken cancellationToken)
    {
        try
        {
            var at = time.GetUtcNow();
            var open = await registry.OpenAsync(
                (read, total) => progress.Report(new JobStep(read, total, "Reading open datasets")), cancellationToken);
            foreach (var batch in open.Chunk(Batch)) await keeper.KeepAsync(batch, at, cancellationToken);

            var closed = await NoLongerOpenAsync(open, cancellationToken);
            if (!options.Value.OpenOnly) closed.AddRange(await WithoutDatasetsAsync(cancellationToken));
            var asked = 0;
            foreach (var batch in closed.Chunk(RegistryClient.RunsPerQuestion))
            {
                progress.Report(new JobStep(asked, closed.Count, "Asking about runs that are not open any more"));
                await keeper.KeepAllOfRunsAsync(batch, await registry.OfRunsAsync(batch, cancellationToken), time.GetUtcNow(), cancellationToken);
                asked += batch.Length;
            }

            await health.GoodAsync(SourceContact.RunRegistry, cancellationToken);
            var result = FormattableString.Invariant($"{open.Count} open datasets, {closed.Count} runs with datasets that are not open any more.");
            await marks.NoteAsync(Name, result, cancellationToken);
            progress.Report(new JobStep(open.Count, open.Count, result));
            return result;
        }
        catch (OutsideServiceException failure)
        {
            await health.FailedAsync(failure, cancellationToken);
            await marks.NoteAsync(Name, failure.Message, cancellationToken);
            throw;
        }
    }

    private async Task<List<int>> NoLongerOpenAsync(IReadOnlyList<RegistryAnswer> open, CancellationToken cancellationToken)
    {
        var now = open.Select(dataset => (dataset.RunNumber, dataset.Name)).ToHashSet();
        var before = await db.RegistryDatasets.Where(row => row.TrackerState == RegistryDataset.Open)
            .Select(row => new { row.RunNumber, row.Name }).ToListAsync(cancellationToken);
        return [.. before.Where(row => !now.Contains((row.RunNumber, row.Name))).Select(row => row.RunNumber).Distinct().Order()];
    }

    // By lot: of some runs the registry has nothing, and they must not keep the others from being asked about.
    private Task<List<int>> WithoutDatasetsAsync(CancellationToken cancellationToken) => db.Runs
        .Where(run => !db.RegistryDatasets.Any(row => row.RunNumber == run.RunNumber))
        .OrderBy(_ => EF.Functions.Random()).Take(MostOthers).Select(run => run.RunNumber).ToListAsync(cancellationToken);
}
