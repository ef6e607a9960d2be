using System.Text.Json;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Oms;

/// <summary>What OMS said about some runs and their fills.</summary>
/// <param name="Runs">Items of <c>runs</c> by run number.</param>
/// <param name="Fills">Items of <c>fills</c> by fill number.</param>
/// <param name="Lumisections">Number of lumisections, where it had to be asked for by itself.</param>
/// <param name="At">When OMS said it.</param>
public sealed record OmsAnswers(
    IReadOnlyDictionary<int, OmsItem> Runs,
    IReadOnlyDictionary<int, OmsItem> Fills,
    IReadOnlyDictionary<int, int> Lumisections,
    DateTimeOffset At);

/// <summary>Takes over what OMS said into our runs and fills, and keeps the answers themselves.</summary>
public sealed class FactKeeper(CerthelperDbContext db)
{
    /// <summary>Saves in one step; repeats when somebody changed the same runs meanwhile. Clears the context's tracking.</summary>
    public async Task KeepAsync(OmsAnswers answers, CancellationToken cancellationToken)
    {
        if (answers.Runs.Count == 0 && answers.Fills.Count == 0) return;
        db.ChangeTracker.Clear();
        await db.RepeatOnRaceAsync(async () =>
        {
            var runs = await RunsAsync(answers, cancellationToken);
            var fills = await FillsAsync([.. answers.Fills.Keys, .. FillNumbersOf(answers)], cancellationToken);
            foreach (var (number, item) in answers.Fills) OmsFacts.Apply(fills[number], item, answers.At);
            foreach (var (number, item) in answers.Runs)
            {
                var run = runs[number];
                var before = Decisive(run);
                var wasKnown = run.HasOmsFacts;
                OmsFacts.Apply(run, item, answers.Lumisections.TryGetValue(number, out var last) ? last : null, answers.At);
                // What comes for the first time is no change: nobody could have judged by anything else.
                if (wasKnown && Decisive(run) != before) run.FactsChangedAt = answers.At;
            }

            await SnapshotAsync("runs", answers.Runs, answers.At, cancellationToken);
            await SnapshotAsync("fills", answers.Fills, answers.At, cancellationToken);
            return await db.SaveChangesAsync(cancellationToken);
        });
        db.ChangeTracker.Clear();
    }

    /// <summary>The facts on which verdicts depend.</summary>
    private static (RunType?, int?, double?, double?, DateTimeOffset?) Decisive(Run run) =>
        (run.Type, run.Lumisections, run.RecordedLumiInvPb, run.DeliveredLumiInvPb, run.EndTime);

    private static IEnumerable<int> FillNumbersOf(OmsAnswers answers) =>
        answers.Runs.Values.Select(item => item.Positive("fill_number")).OfType<int>();

    private async Task<Dictionary<int, Run>> RunsAsync(OmsAnswers answers, CancellationToken cancellationToken)
    {
        var numbers = answers.Runs.Keys.ToList();
        var runs = await db.Runs.Where(run => numbers.Contains(run.RunNumber)).ToDictionaryAsync(run => run.RunNumber, cancellationToken);
        foreach (var number in numbers.Where(number => !runs.ContainsKey(number)))
            db.Runs.Add(runs[number] = new Run { RunNumber = number });
        return runs;
    }

    /// <summary>The fills; those without a row get one, because runs refer to them.</summary>
    private async Task<Dictionary<int, Fill>> FillsAsync(IReadOnlyCollection<int> numbers, CancellationToken cancellationToken)
    {
        var fills = await db.Fills.Where(fill => numbers.Contains(fill.FillNumber)).ToDictionaryAsync(fill => fill.FillNumber, cancellationToken);
        foreach (var number in numbers.Where(number => !fills.ContainsKey(number)))
            db.Fills.Add(fills[number] = new Fill { FillNumber = number });
        return fills;
    }

    private async Task SnapshotAsync(
        string resource, IReadOnlyDictionary<int, OmsItem> items, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var numbers = items.Keys.ToList();
        var last = await db.OmsSnapshots
            .Where(row => row.Resource == resource && numbers.Contains(row.Number))
            .GroupBy(row => row.Number)
            .Select(rows => rows.OrderByDescending(row => row.FetchedAt).ThenByDescending(row => row.Id).First())
            .AsNoTracking()
            .ToDictionaryAsync(row => row.Number, row => row.Body, cancellationToken);
        foreach (var (number, item) in items)
        {
            var body = item.Body();
            if (last.TryGetValue(number, out var before) && SameJson(before, body)) continue;
            db.OmsSnapshots.Add(new OmsSnapshot { Resource = resource, Number = number, Body = body, FetchedAt = at });
        }
    }

    // jsonb gives keys back in its own order, so texts cannot be compared.
    private static bool SameJson(string a, string b)
    {
        using var left = JsonDocument.Parse(a);
        using var right = JsonDocument.Parse(b);
        return JsonElement.DeepEquals(left.RootElement, right.RootElement);
    }
}
