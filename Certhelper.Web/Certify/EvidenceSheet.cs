using Certhelper.Core.Certification;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Certify;

/// <summary>A fact as it stood, and what is known now.</summary>
public sealed record FrozenFact(EvidenceFact Then, string? Now)
{
    public bool IsChanged => Then.Value != Now;
}

/// <summary>What a revision was based on.</summary>
public sealed record EvidenceSheet(DateTimeOffset At, IReadOnlyList<FrozenFact> Facts, IReadOnlyList<EvidenceDataset> Datasets)
{
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
        return new EvidenceSheet(
            evidence.At,
            [.. evidence.Facts.Select(fact => new FrozenFact(fact, now.GetValueOrDefault(fact.Title)))],
            evidence.Datasets);
    }
}
