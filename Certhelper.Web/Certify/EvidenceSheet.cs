using Certhelper.Core.Certification;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Certify;

/// <summary>A fact as it stood, and what is known now.</summary>
public sealed record FrozenFact(EvidenceFact Then, string? Now)
{
    public bool IsChanged => Then.Value != Now;
}

/// <summary>A tracker map as it was.</summary>
/// <param name="Then">Name and content.</param>
/// <param name="FileId">A file with that content; null when it is not kept here any more.</param>
/// <param name="IsCurrent">Whether no other has been made since.</param>
public sealed record FrozenMap(EvidenceMap Then, long? FileId, bool IsCurrent);

/// <summary>What a revision was based on.</summary>
public sealed record EvidenceSheet(DateTimeOffset At, IReadOnlyList<FrozenFact> Facts, IReadOnlyList<EvidenceDataset> Datasets)
{
    /// <summary>How many maps there were, of which type, and where from; null when there were none.</summary>
    public EvidenceFact? MapsFact { get; init; }

    public IReadOnlyList<FrozenMap> Maps { get; init; } = [];

    public int Changed => Facts.Count(fact => fact.IsChanged);
}

/// <summary>Puts frozen facts beside those of today.</summary>
public sealed class EvidenceSheets(CerthelperDbContext db)
{
    /// <param name="item">The certification with its run reconstruction.</param>
    /// <param name="upTo">The newest evidence that is not newer than this revision; null for the newest of all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null when nothing was frozen, as for certifications that were brought over from elsewhere.</returns>
    public async Task<EvidenceSheet?> OfAsync(TrackerCertification item, int? upTo, CancellationToken cancellationToken)
    {
        var evidence = await db.CertificationEvidence.AsNoTracking()
            .Where(row => row.CertificationId == item.Id && (upTo == null || row.RevisionNumber <= upTo))
            .OrderByDescending(row => row.RevisionNumber).FirstOrDefaultAsync(cancellationToken);
        if (evidence is null) return null;
        var run = await db.Runs.AsNoTracking().Include(row => row.Fill)
            .SingleOrDefaultAsync(row => row.RunNumber == item.RunReconstruction!.RunNumber, cancellationToken);
        var now = run is null ? [] : EvidenceKeeper.Freeze(run).ToDictionary(fact => fact.Title, fact => fact.Value);
        var maps = evidence.Facts.Find(fact => fact.Maps is not null);
        return new EvidenceSheet(
            evidence.At,
            [.. evidence.Facts.Where(fact => fact.Maps is null).Select(fact => new FrozenFact(fact, now.GetValueOrDefault(fact.Title)))],
            evidence.Datasets)
        {
            MapsFact = maps,
            Maps = maps?.Maps is { } then ? await MapsAsync(item.RunReconstruction!.RunNumber, then, cancellationToken) : [],
        };
    }

    private async Task<IReadOnlyList<FrozenMap>> MapsAsync(int run, List<EvidenceMap> then, CancellationToken cancellationToken)
    {
        var hashes = then.Select(map => map.Hash).Distinct().ToList();
        var files = (await db.ExecutionFiles.AsNoTracking()
                .Where(file => hashes.Contains(file.Hash) && file.RunNumber == run && file.MapType != null)
                .Select(file => new { file.Id, file.Name, file.Hash, file.Superseded }).ToListAsync(cancellationToken))
            .ToLookup(file => new EvidenceMap(file.Name, file.Hash));
        return [.. then.Select(map => files[map].OrderBy(file => file.Superseded).FirstOrDefault() is { } file ? new FrozenMap(map, file.Id, !file.Superseded) : new FrozenMap(map, null, IsCurrent: false))];
    }
}
