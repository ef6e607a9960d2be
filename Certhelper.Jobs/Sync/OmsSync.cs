using System.Globalization;
using Certhelper.Core.Oms;
using Certhelper.Core.Storage;
using Certhelper.Jobs.Background;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Certhelper.Jobs.Sync;

/// <summary>
/// Keeps runs and fills in step with OMS: every pass takes over what changed since the mark, page by page, and moves the
/// mark after each page, so that a pass that fails or is stopped goes on where it was.
/// </summary>
public sealed class OmsSync(
    OmsClient oms,
    OmsQuestions questions,
    FactKeeper keeper,
    SyncMarks marks,
    CerthelperDbContext db,
    SourceHealth health,
    IOptions<OmsOptions> options,
    TimeProvider time)
{
    public const string Name = "oms-sync";

    /// <summary>Runs of other sequences, such as those of one subsystem alone, are not certified.</summary>
    private const string Sequence = "GLOBAL-RUN";

    /// <summary>How long after its start a fill without an end is still asked about.</summary>
    private static readonly TimeSpan LongestFill = TimeSpan.FromDays(4);

    /// <summary>One pass.</summary>
    /// <returns>What it did, in words.</returns>
    /// <exception cref="OutsideServiceException">OMS could not be asked; pages taken over before that stay.</exception>
    public async Task<string> PassAsync(IProgress<JobStep> progress, CancellationToken cancellationToken)
    {
        var first = FirstDay();
        var since = await marks.UntilAsync(Name, cancellationToken) ?? first;
        var (seen, taken) = (0, 0);
        try
        {
            await foreach (var page in oms.RunsChangedSinceAsync(since, cancellationToken))
            {
                var wanted = await WantedAsync(page.Runs, first, cancellationToken);
                if (wanted.Count > 0) await keeper.KeepAsync(await questions.CompleteAsync(wanted, cancellationToken), cancellationToken);
                await marks.MoveAsync(Name, page.Until, cancellationToken);
                seen += page.Runs.Count;
                taken += wanted.Count;
                progress.Report(new JobStep(seen, seen + page.Remaining, $"{Count(taken, "run")} taken over, changes until {page.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC read"));
            }

            var fills = await OngoingFillsAsync(cancellationToken);
            await health.GoodAsync(SourceContact.Oms, cancellationToken);
            var result = $"{Count(taken, "run")} of {Count(seen, "changed row")} taken over, {Count(fills, "ongoing fill")} read again.";
            await marks.NoteAsync(Name, result, cancellationToken);
            progress.Report(new JobStep(seen, seen, result));
            return result;
        }
        catch (OutsideServiceException failure)
        {
            await health.FailedAsync(failure, cancellationToken);
            await marks.NoteAsync(Name, $"{failure.Message} {Count(taken, "run")} taken over before that.", cancellationToken);
            throw;
        }
    }

    private DateTimeOffset FirstDay() => options.Value.SyncFrom is { } day
        ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
        : time.GetUtcNow().AddDays(-options.Value.SyncDays);

    /// <summary>Rows that are new to us: of runs we have, or of runs for certification since the first day.</summary>
    private async Task<Dictionary<int, OmsItem>> WantedAsync(IReadOnlyList<OmsItem> items, DateTimeOffset first, CancellationToken cancellationToken)
    {
        var numbers = items.Select(item => item.Positive("run_number")).OfType<int>().ToList();
        var known = await db.Runs.Where(run => numbers.Contains(run.RunNumber))
            .Select(run => new { run.RunNumber, run.OmsLastUpdate }).ToDictionaryAsync(run => run.RunNumber, run => run.OmsLastUpdate, cancellationToken);
        var wanted = new Dictionary<int, OmsItem>();
        foreach (var item in items)
        {
            if (item.Positive("run_number") is not { } number) continue;
            var isNew = !known.TryGetValue(number, out var before);
            if (isNew && (item.Text("sequence") is not (null or Sequence) || item.Time("start_time") < first)) continue;
            // The second of the mark itself is read in every pass; what was taken over then is not written again.
            if (!isNew && before is not null && before == item.Time("last_update")) continue;
            wanted[number] = item;
        }

        return wanted;
    }

    /// <summary>A fill goes on changing after its last run; without this its luminosity would stay at that moment's.</summary>
    private async Task<int> OngoingFillsAsync(CancellationToken cancellationToken)
    {
        var from = time.GetUtcNow() - LongestFill;
        var numbers = await db.Fills.Where(fill => fill.FetchedAt != null && fill.EndTime == null && fill.StartTime > from)
            .Select(fill => fill.FillNumber).ToListAsync(cancellationToken);
        if (numbers.Count == 0) return 0;
        var at = time.GetUtcNow();
        var fills = await oms.FillsAsync(numbers, cancellationToken);
        await keeper.KeepAsync(new OmsAnswers(new Dictionary<int, OmsItem>(), fills, new Dictionary<int, int>(), at), cancellationToken);
        return fills.Count;
    }

    private static string Count(int number, string thing) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:#,0} {thing}{(number == 1 ? "" : "s")}");
}
