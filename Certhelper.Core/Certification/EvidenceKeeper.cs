using System.Globalization;
using Certhelper.Core.Runs;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Certification;

/// <summary>
/// Freezes what a certification was based on, so that a year later one can tell why it was called what it was called.
/// </summary>
public sealed class EvidenceKeeper(CerthelperDbContext db, MapShelf shelf, TimeProvider time)
{
    /// <summary>Adds the evidence of the revision that was appended last; it is saved together with it.</summary>
    public async Task AddAsync(TrackerCertification item, CertificationCase of, CancellationToken cancellationToken)
    {
        var run = await db.Runs.AsNoTracking().Include(row => row.Fill)
            .SingleOrDefaultAsync(row => row.RunNumber == of.RunNumber, cancellationToken);
        var datasets = await db.RegistryDatasets.AsNoTracking()
            .Where(row => row.RunNumber == of.RunNumber && row.Reconstruction == of.Reconstruction)
            .OrderBy(row => row.Name).ToListAsync(cancellationToken);
        var maps = await shelf.OfAsync(of.RunNumber, of.Reconstruction, run?.Type, cancellationToken);
        if (item.Id != 0) await SettleAsync(item, cancellationToken);
        item.Evidence.Add(new CertificationEvidence
        {
            RevisionNumber = item.Revisions[^1].Number,
            At = time.GetUtcNow(),
            Facts = [.. (run is null ? [] : Freeze(run)), .. Freeze(maps)],
            Datasets = [.. datasets.Select(row => new EvidenceDataset(row.Name, row.TrackerState, row.Summary, row.FetchedAt))],
        });
    }

    // With a new basis, what was undecided about the old one is settled.
    private async Task SettleAsync(TrackerCertification item, CancellationToken cancellationToken)
    {
        var changes = await db.FactChanges
            .Where(row => row.CertificationId == item.Id && (row.State == FactChangeState.Open || row.State == FactChangeState.Reopened))
            .ToListAsync(cancellationToken);
        foreach (var change in changes)
        {
            change.State = FactChangeState.Settled;
            change.DecidedAt = time.GetUtcNow();
            change.DecidedById = item.Revisions[^1].ById;
        }
    }

    /// <summary>The facts of a run, with its fill if loaded, in words and with all digits.</summary>
    public static IEnumerable<EvidenceFact> Freeze(Run run) => FactList.Of(run).Select(fact => new EvidenceFact(
        fact.Title,
        fact.Value == FactList.Unknown ? null : fact.Exact ?? fact.Value,
        fact.Origin?.Words,
        fact.Origin?.At));

    /// <summary>The maps that there were, by what they show and not only by name: a map can be made anew.</summary>
    private static IEnumerable<EvidenceFact> Freeze(MapSet maps)
    {
        if (!maps.Exist) yield break;
        yield return new EvidenceFact(
            "Tracker maps",
            string.Create(CultureInfo.InvariantCulture, $"{maps.Maps.Count} of {maps.Type}"),
            string.Join(", ", maps.Maps.Select(map => map.ExecutionId).Distinct().Order().Select(id => string.Create(CultureInfo.InvariantCulture, $"execution {id}"))),
            maps.At)
        {
            Maps = [.. maps.Maps.Select(map => new EvidenceMap(map.Name, map.Hash))],
        };
    }
}
