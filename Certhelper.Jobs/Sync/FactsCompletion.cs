using Certhelper.Core.Certification;
using Certhelper.Core.Oms;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Jobs.Background;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Jobs.Sync;

/// <summary>
/// Completes certifications that were made while OMS could not be asked. What a person typed stays; the history says
/// which facts came.
/// </summary>
public sealed class FactsCompletion(
    OmsQuestions questions, FactKeeper keeper, CertificationDesk desk, SyncMarks marks, CerthelperDbContext db, SourceHealth health)
{
    public const string Name = "facts-completion";

    private const int Batch = 25;

    /// <summary>One pass.</summary>
    /// <returns>What it did, in words.</returns>
    /// <exception cref="OutsideServiceException">OMS could not be asked; what was completed before that stays.</exception>
    public async Task<string> PassAsync(IProgress<JobStep> progress, CancellationToken cancellationToken)
    {
        var incomplete = await db.Certifications.Where(item => !item.FactsComplete)
            .Select(item => new Incomplete(item.Id, item.RunReconstruction!.RunNumber)).ToListAsync(cancellationToken);
        var byRun = incomplete.ToLookup(item => item.RunNumber, item => item.CertificationId);
        var runs = byRun.Select(group => group.Key).Order().ToList();
        var (done, completed) = (0, 0);
        try
        {
            foreach (var batch in runs.Chunk(Batch))
            {
                var before = await StoredAsync(batch, cancellationToken);
                var missing = batch.Where(number => !before.TryGetValue(number, out var run) || !run.FactsAreComplete).ToList();
                if (missing.Count > 0)
                {
                    await keeper.KeepAsync(await questions.AboutRunsAsync(missing, cancellationToken), cancellationToken);
                    await health.GoodAsync(SourceContact.Oms, cancellationToken);
                }

                foreach (var (number, run) in await StoredAsync(batch, cancellationToken))
                {
                    if (!run.FactsAreComplete) continue;
                    var changes = FactList.Differences(before.GetValueOrDefault(number), run)
                        .Select(change => new FieldChange(change.Title, change.Old, change.New)).ToList();
                    foreach (var id in byRun[number])
                        if (await desk.FactsCompletedAsync(id, changes, cancellationToken)) completed++;
                }

                done += batch.Length;
                progress.Report(new JobStep(done, runs.Count, FormattableString.Invariant($"{completed} certifications completed")));
            }

            var result = FormattableString.Invariant($"{completed} of {incomplete.Count} incomplete certifications completed.");
            await marks.NoteAsync(Name, result, cancellationToken);
            progress.Report(new JobStep(runs.Count, runs.Count, result));
            return result;
        }
        catch (OutsideServiceException failure)
        {
            await health.FailedAsync(failure, cancellationToken);
            await marks.NoteAsync(Name, failure.Message, cancellationToken);
            throw;
        }
    }

    private Task<Dictionary<int, Run>> StoredAsync(int[] numbers, CancellationToken cancellationToken) => db.Runs
        .AsNoTracking().Include(run => run.Fill).Where(run => numbers.Contains(run.RunNumber))
        .ToDictionaryAsync(run => run.RunNumber, cancellationToken);

    private sealed record Incomplete(int CertificationId, int RunNumber);
}
