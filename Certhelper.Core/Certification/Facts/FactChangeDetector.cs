using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Certhelper.Core.Certification;

/// <summary>How a look at certifications ended.</summary>
/// <param name="Looked">Certifications that have a basis to compare with.</param>
/// <param name="Found">Changes that were not known before.</param>
/// <param name="Gone">Known ones that have gone.</param>
public sealed record DetectedChanges(int Looked, int Found, int Gone);

/// <summary>Compares what certifications were based on with what is stored now, and keeps the differences.</summary>
public sealed class FactChangeDetector(CerthelperDbContext db, IOptions<CertificationOptions> options, TimeProvider time)
{
    /// <summary>The mark of the job that looks, and its name.</summary>
    public const string Mark = "changed-facts";

    /// <summary>Five statements for any number of certifications. Clears the context's tracking.</summary>
    public async Task<DetectedChanges> LookAsync(IReadOnlyCollection<int> certificationIds, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var result = await db.RepeatOnRaceAsync(() => TryLookAsync(certificationIds, cancellationToken));
        db.ChangeTracker.Clear();
        return result;
    }

    private async Task<DetectedChanges> TryLookAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken)
    {
        var items = await db.Certifications.AsNoTracking().Where(item => ids.Contains(item.Id))
            .Select(item => new { item.Id, item.RunReconstruction!.RunNumber, item.RunReconstruction.Reconstruction })
            .ToListAsync(cancellationToken);
        var living = items.Select(item => item.Id).ToList();
        var numbers = items.Select(item => item.RunNumber).Distinct().ToList();
        var evidence = await db.CertificationEvidence.AsNoTracking()
            .Where(row => living.Contains(row.CertificationId)
                && !db.CertificationEvidence.Any(other => other.CertificationId == row.CertificationId && other.RevisionNumber > row.RevisionNumber))
            .ToDictionaryAsync(row => row.CertificationId, cancellationToken);
        var runs = await db.Runs.AsNoTracking().Where(run => numbers.Contains(run.RunNumber)).ToDictionaryAsync(run => run.RunNumber, cancellationToken);
        var datasets = (await db.RegistryDatasets.AsNoTracking().Where(row => numbers.Contains(row.RunNumber)).ToListAsync(cancellationToken))
            .ToLookup(row => (row.RunNumber, row.Reconstruction));
        var known = (await db.FactChanges
            .Where(row => living.Contains(row.CertificationId) && (row.State == FactChangeState.Open || row.State == FactChangeState.Reopened))
            .ToListAsync(cancellationToken)).ToLookup(row => row.CertificationId);

        var (found, gone, now) = (0, 0, time.GetUtcNow());
        foreach (var item in items)
        {
            if (!evidence.TryGetValue(item.Id, out var basis)) continue;
            var open = known[item.Id].ToDictionary(row => row.Fact);
            var changes = FactChangeRule.Of(
                basis, runs.GetValueOrDefault(item.RunNumber), [.. datasets[(item.RunNumber, item.Reconstruction)]], options.Value.LuminosityToleranceInvPb);
            foreach (var change in changes)
            {
                var fact = Texts.Fit(change.Fact, 300);
                if (open.Remove(fact, out var row))
                {
                    if (row.New == change.New) continue;
                    row.New = change.New;
                    row.ChangedAt = now;
                    continue;
                }

                found++;
                db.FactChanges.Add(new FactChange
                {
                    CertificationId = item.Id,
                    Fact = fact,
                    Old = change.Old,
                    New = change.New,
                    DetectedAt = now,
                    ChangedAt = now,
                });
            }

            foreach (var row in open.Values)
            {
                gone++;
                row.State = FactChangeState.Gone;
                row.DecidedAt = now;
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        return new DetectedChanges(evidence.Count, found, gone);
    }
}
