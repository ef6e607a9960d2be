using Certhelper.Core.Oms;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.RunRegistry;

/// <summary>The datasets of a run, as good as they could be had in time.</summary>
/// <param name="Datasets">Not tracked, in the order of their names.</param>
/// <param name="Problem">Why they may be old or missing, in words for people; null when they are fresh.</param>
public sealed record DatasetsResult(IReadOnlyList<RegistryDataset> Datasets, string? Problem);

/// <summary>How asking the Run Registry about many runs ended.</summary>
/// <param name="Asked">Numbers that were to be asked about.</param>
/// <param name="Answered">Numbers that it answered for in time; what it said is stored.</param>
/// <param name="Problem">Why the rest is missing, in words for people; null when nothing is.</param>
public sealed record AskedResult(int Asked, int Answered, string? Problem);

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

    /// <summary>
    /// Asks about any number of runs, part by part, for at most 2 s in all; what is answered by then is stored.
    /// </summary>
    /// <param name="ranges">The runs, both ends included.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<AskedResult> AskAsync(IEnumerable<(int From, int To)> ranges, CancellationToken cancellationToken)
    {
        var parts = RegistryParts.Of(ranges);
        var (asked, answered) = (parts.Sum(part => part.Count), 0);
        using var patience = new CancellationTokenSource(RunFactsDesk.PageWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            foreach (var part in parts)
            {
                var at = time.GetUtcNow();
                var answers = part.IsRange
                    ? await registry.OfRangeAsync(part.Runs[0], part.Runs[^1], either.Token)
                    : await registry.OfRunsAsync(part.Runs, either.Token);
                await keeper.KeepAllOfRunsAsync(part.Runs, answers, at, cancellationToken);
                answered += part.Count;
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            var rest = answered == 0
                ? "The Run Registry did not answer within 2 seconds."
                : FormattableString.Invariant($"The Run Registry answered for {answered:#,0} of {asked:#,0} run numbers within 2 seconds; ask again for the rest.");
            if (answered > 0) await health.GoodAsync(SourceContact.RunRegistry, cancellationToken);
            else await health.FailedAsync(new OutsideServiceException(SourceContact.RunRegistry, rest, exception), cancellationToken);
            return new AskedResult(asked, answered, rest);
        }
        catch (OutsideServiceException failure)
        {
            await health.FailedAsync(failure, cancellationToken);
            return new AskedResult(asked, answered, failure.Message);
        }

        if (answered > 0) await health.GoodAsync(SourceContact.RunRegistry, cancellationToken);
        return new AskedResult(asked, answered, null);
    }

    private Task<List<RegistryDataset>> StoredAsync(int runNumber, CancellationToken cancellationToken) => db.RegistryDatasets
        .AsNoTracking().Where(row => row.RunNumber == runNumber).OrderBy(row => row.Name).ToListAsync(cancellationToken);
}
