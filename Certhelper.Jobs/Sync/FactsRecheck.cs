using System.Globalization;
using Certhelper.Core.Certification;
using Certhelper.Core.Oms;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Jobs.Background;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Jobs.Sync;

/// <summary>
/// Every night: reads OMS and the Run Registry again for certified runs of the last weeks, then compares all certifications
/// whose facts may have moved with what they were based on. A source that is away does not keep the other, or the
/// comparison, from being done.
/// </summary>
public sealed class FactsRecheck(
    OmsQuestions questions,
    FactKeeper facts,
    RegistryClient registry,
    RegistryKeeper datasets,
    FactChangeDetector detector,
    SyncMarks marks,
    CerthelperDbContext db,
    SourceHealth health,
    TimeProvider time)
{
    public const string Name = FactChangeDetector.Mark;

    /// <summary>Days for which a certification counts whose run is read again. What changes later is seen by the synchronisation, and compared too.</summary>
    private const int Days = 60;

    private const int OmsBatch = 25;
    private const int CompareBatch = 200;

    /// <summary>One pass.</summary>
    /// <returns>What it did, in words.</returns>
    /// <exception cref="OutsideServiceException">A source could not be asked; what is stored was compared all the same.</exception>
    public async Task<string> PassAsync(IProgress<JobStep> progress, CancellationToken cancellationToken)
    {
        var since = ExperimentDay.Today(time).AddDays(-Days);
        var runs = await db.Certifications.Where(item => item.Date >= since).Select(item => item.RunReconstruction!.RunNumber)
            .Distinct().OrderByDescending(run => run).ToListAsync(cancellationToken);
        var away = await ReadAsync(SourceContact.Oms, runs, OmsBatch, FromOmsAsync, progress, cancellationToken);
        var also = await ReadAsync(SourceContact.RunRegistry, runs, RegistryClient.RunsPerQuestion, FromRegistryAsync, progress, cancellationToken);
        var (looked, found, gone) = await CompareAsync(since, progress, cancellationToken);

        var result = string.Create(
            CultureInfo.InvariantCulture, $"{runs.Count} runs read again, {looked} certifications compared: {found} new changes, {gone} gone.");
        var problem = string.Join(' ', new[] { away?.Message, also?.Message }.OfType<string>());
        await marks.NoteAsync(Name, problem.Length == 0 ? result : $"{result} {problem}", cancellationToken);
        progress.Report(new JobStep(looked, looked, result));
        return (away ?? also) is { } failure ? throw failure : result;
    }

    private async Task<OutsideServiceException?> ReadAsync(
        string source, List<int> runs, int size, Func<int[], CancellationToken, Task> read, IProgress<JobStep> progress, CancellationToken cancellationToken)
    {
        if (runs.Count == 0) return null;
        try
        {
            var done = 0;
            foreach (var batch in runs.Chunk(size))
            {
                await read(batch, cancellationToken);
                progress.Report(new JobStep(done += batch.Length, runs.Count, "Reading again from " + source));
            }

            await health.GoodAsync(source, cancellationToken);
            return null;
        }
        catch (OutsideServiceException failure)
        {
            await health.FailedAsync(failure, cancellationToken);
            return failure;
        }
    }

    private async Task FromOmsAsync(int[] runs, CancellationToken cancellationToken) =>
        await facts.KeepAsync(await questions.AboutRunsAsync(runs, cancellationToken), cancellationToken);

    private async Task FromRegistryAsync(int[] runs, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        await datasets.KeepAllOfRunsAsync(runs, await registry.OfRunsAsync(runs, cancellationToken), at, cancellationToken);
    }

    private async Task<DetectedChanges> CompareAsync(DateOnly since, IProgress<JobStep> progress, CancellationToken cancellationToken)
    {
        var ids = await db.Certifications
            .Where(item => item.Date >= since
                || item.RunReconstruction!.Run!.FactsChangedAt > item.UpdatedAt
                || db.FactChanges.Any(change => change.CertificationId == item.Id
                    && (change.State == FactChangeState.Open || change.State == FactChangeState.Reopened)))
            .Select(item => item.Id).ToListAsync(cancellationToken);
        var sum = new DetectedChanges(0, 0, 0);
        foreach (var batch in ids.Chunk(CompareBatch))
        {
            var part = await detector.LookAsync(batch, cancellationToken);
            sum = new DetectedChanges(sum.Looked + part.Looked, sum.Found + part.Found, sum.Gone + part.Gone);
            progress.Report(new JobStep(sum.Looked, ids.Count, "Comparing"));
        }

        return sum;
    }
}
