using Certhelper.Core.Oms;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.RunRegistry;

/// <summary>The datasets of a run, as good as they could be had in time.</summary>
/// <param name="Datasets">Not tracked, in the order of their names.</param>
/// <param name="Problem">Why they may be old or missing, in words for people; null when they are fresh.</param>
public sealed record DatasetsResult(IReadOnlyList<RegistryDataset> Datasets, string? Problem);

/// <summary>Gets datasets for pages: what is stored if it is young, else what the Run Registry says within 2 s.</summary>
public sealed class RegistryDesk(
    CerthelperDbContext db, RegistryClient registry, RegistryKeeper keeper, SourceHealth health, TimeProvider time)
{
    /// <summary>How old a stored answer may be before the registry is asked again.</summary>
    public static readonly TimeSpan Young = TimeSpan.FromMinutes(10);

    /// <summary>The datasets of one run, without the online one.</summary>
    /// <param name="runNumber">The run.</param>
    /// <param name="refresh">Ask even if what is stored is young.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<DatasetsResult> OfRunAsync(int runNumber, bool refresh, CancellationToken cancellationToken)
    {
        var stored = await StoredAsync(runNumber, cancellationToken);
        var now = time.GetUtcNow();
        if (!refresh && stored.Count > 0 && stored.All(row => now - row.FetchedAt < Young)) return new DatasetsResult(stored, null);
        if (RunNumbers.Problem(runNumber) is { } nonsense) return new DatasetsResult(stored, nonsense);

        using var patience = new CancellationTokenSource(RunFactsDesk.PageWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        IReadOnlyList<RegistryAnswer> answers;
        try
        {
            answers = await registry.OfRunsAsync([runNumber], either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return await OldAsync(new OutsideServiceException(
                SourceContact.RunRegistry, "The Run Registry did not answer within 2 seconds.", exception));
        }
        catch (OutsideServiceException failure)
        {
            return await OldAsync(failure);
        }

        await health.GoodAsync(SourceContact.RunRegistry, cancellationToken);
        await keeper.KeepAllOfRunsAsync([runNumber], answers, now, cancellationToken);
        return new DatasetsResult(await StoredAsync(runNumber, cancellationToken), null);

        async Task<DatasetsResult> OldAsync(OutsideServiceException failure)
        {
            await health.FailedAsync(failure, cancellationToken);
            return new DatasetsResult(stored, failure.Message);
        }
    }

    private Task<List<RegistryDataset>> StoredAsync(int runNumber, CancellationToken cancellationToken) => db.RegistryDatasets
        .AsNoTracking().Where(row => row.RunNumber == runNumber).OrderBy(row => row.Name).ToListAsync(cancellationToken);
}
