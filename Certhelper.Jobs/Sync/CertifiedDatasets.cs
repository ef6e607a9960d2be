using System.Globalization;
using Certhelper.Core.Oms;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Jobs.Background;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Jobs.Sync;

/// <summary>
/// Keeps the datasets of certified runs fresh for the comparison with the Run Registry: the runs that somebody asked about
/// first, then those of the last days that were not asked about for a while.
/// </summary>
public sealed class CertifiedDatasets(
    RegistryClient registry, RegistryKeeper keeper, SyncMarks marks, CerthelperDbContext db, SourceHealth health, TimeProvider time)
{
    public const string Name = "registry-certified";

    /// <summary>Days for which a certification counts whose datasets are kept fresh without being asked.</summary>
    private const int Days = 21;

    /// <summary>Runs in one pass without being asked; what is left comes in the next.</summary>
    private const int MostRuns = 500;

    /// <summary>Runs that one question of a person leads to.</summary>
    private const int MostAsked = 2_000;

    private static readonly TimeSpan Young = TimeSpan.FromMinutes(30);

    /// <summary>One pass.</summary>
    /// <returns>What it did, in words.</returns>
    /// <exception cref="OutsideServiceException">The registry could not be asked; what was taken over before that stays.</exception>
    public async Task<string> PassAsync(IProgress<JobStep> progress, CancellationToken cancellationToken)
    {
        var (asked, questions) = (0, await RegistryQuestions.OpenAsync(db, cancellationToken));
        try
        {
            foreach (var (runs, askedAt) in questions)
            {
                asked += await AskAsync(await CertifiedAsync(runs, cancellationToken), progress, cancellationToken);
                await RegistryQuestions.AnsweredAsync(db, runs, askedAt, cancellationToken);
            }

            var old = await OldAsync(cancellationToken);
            await AskAsync(old, progress, cancellationToken);
            if (asked + old.Count > 0) await health.GoodAsync(SourceContact.RunRegistry, cancellationToken);
            var result = string.Create(CultureInfo.InvariantCulture, $"{asked} runs that were asked for and {old.Count} others taken over.");
            await marks.NoteAsync(Name, result, cancellationToken);
            progress.Report(new JobStep(asked + old.Count, asked + old.Count, result));
            return result;
        }
        catch (OutsideServiceException failure)
        {
            await health.FailedAsync(failure, cancellationToken);
            await RegistryQuestions.FailedAsync(db, failure.Message, cancellationToken);
            await marks.NoteAsync(Name, failure.Message, cancellationToken);
            throw;
        }
    }

    private async Task<int> AskAsync(List<int> runs, IProgress<JobStep> progress, CancellationToken cancellationToken)
    {
        var done = 0;
        foreach (var batch in runs.Chunk(RegistryClient.RunsPerQuestion))
        {
            progress.Report(new JobStep(done, runs.Count, "Asking about certified runs"));
            var at = time.GetUtcNow();
            await keeper.KeepAllOfRunsAsync(batch, await registry.OfRunsAsync(batch, cancellationToken), at, cancellationToken);
            done += batch.Length;
        }

        return done;
    }

    private Task<List<int>> CertifiedAsync((int From, int To) runs, CancellationToken cancellationToken) => db.Certifications
        .Where(item => item.RunReconstruction!.RunNumber >= runs.From && item.RunReconstruction.RunNumber <= runs.To)
        .Select(item => item.RunReconstruction!.RunNumber).Distinct().OrderByDescending(run => run).Take(MostAsked).ToListAsync(cancellationToken);

    private Task<List<int>> OldAsync(CancellationToken cancellationToken)
    {
        var since = ExperimentDay.Today(time).AddDays(-Days);
        var young = time.GetUtcNow() - Young;
        return db.Certifications.Where(item => item.Date >= since)
            .Select(item => item.RunReconstruction!.RunNumber).Distinct()
            .Where(run => !db.RegistryDatasets.Any(dataset => dataset.RunNumber == run && dataset.FetchedAt > young))
            .OrderByDescending(run => run).Take(MostRuns).ToListAsync(cancellationToken);
    }
}
