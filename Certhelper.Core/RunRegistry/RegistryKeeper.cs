using Certhelper.Core.Oms;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.RunRegistry;

/// <summary>Takes over what the Run Registry said.</summary>
public sealed class RegistryKeeper(CerthelperDbContext db)
{
    /// <summary>Adds and updates datasets; those that were not answered stay as they are. Clears the context's tracking.</summary>
    /// <param name="answers">The datasets.</param>
    /// <param name="at">When the registry said it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task KeepAsync(IReadOnlyCollection<RegistryAnswer> answers, DateTimeOffset at, CancellationToken cancellationToken) =>
        KeepAsync(answers, [], at, cancellationToken);

    /// <summary>The same when the answers are all there is of some runs: what is stored of these beside is forgotten.</summary>
    public Task KeepAllOfRunsAsync(
        IReadOnlyCollection<int> runNumbers, IReadOnlyCollection<RegistryAnswer> answers, DateTimeOffset at, CancellationToken cancellationToken) =>
        KeepAsync(answers, runNumbers, at, cancellationToken);

    private async Task KeepAsync(
        IReadOnlyCollection<RegistryAnswer> answers, IReadOnlyCollection<int> whole, DateTimeOffset at, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        await db.RepeatOnRaceAsync(async () =>
        {
            var numbers = answers.Select(answer => answer.RunNumber).Concat(whole).Distinct().ToList();
            var stored = await db.RegistryDatasets.Where(row => numbers.Contains(row.RunNumber))
                .ToDictionaryAsync(row => (row.RunNumber, row.Name), cancellationToken);
            foreach (var answer in answers)
            {
                if (!stored.Remove((answer.RunNumber, answer.Name), out var row))
                    db.RegistryDatasets.Add(row = new RegistryDataset { RunNumber = answer.RunNumber, Name = answer.Name, FirstSeenAt = at });
                else if (row.TrackerState != answer.TrackerState || !SameSummary(row.Summary, answer.Summary))
                    row.ChangedAt = at;
                Write(row, answer, at);
            }

            db.RegistryDatasets.RemoveRange(stored.Values.Where(row => whole.Contains(row.RunNumber)));
            await ClassesAsync(answers, at, cancellationToken);
            return await db.SaveChangesAsync(cancellationToken);
        });
        db.ChangeTracker.Clear();
    }

    private static void Write(RegistryDataset row, RegistryAnswer answer, DateTimeOffset at)
    {
        row.Reconstruction = Reconstructions.FromDatasetName(answer.Name);
        row.TrackerState = answer.TrackerState;
        row.RunClass = answer.RunClass;
        row.RunState = answer.RunState;
        row.Summary = answer.Summary;
        row.FetchedAt = at;
    }

    private static bool SameSummary(Dictionary<string, Dictionary<string, int>> one, Dictionary<string, Dictionary<string, int>> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var counts)
            && pair.Value.Count == counts.Count && pair.Value.All(count => counts.TryGetValue(count.Key, out var value) && value == count.Value));

    private async Task ClassesAsync(IEnumerable<RegistryAnswer> answers, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var classes = answers.Where(answer => answer.RunClass is not null)
            .GroupBy(answer => answer.RunNumber).ToDictionary(group => group.Key, group => group.First().RunClass);
        var numbers = classes.Keys.ToList();
        foreach (var run in await db.Runs.Where(run => numbers.Contains(run.RunNumber)).ToListAsync(cancellationToken))
            if (run.RegistryClass != classes[run.RunNumber])
                new FactBook(run.Origins, new FactOrigin(FactSource.RunRegistry, at))
                    .Write(nameof(run.RegistryClass), classes[run.RunNumber], value => run.RegistryClass = value);
    }
}
