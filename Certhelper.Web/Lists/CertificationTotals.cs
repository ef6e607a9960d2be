using Certhelper.Core.Certification;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Lists;

/// <summary>What a filtered set of certifications amounts to. A run that is certified twice counts once in luminosity and lumisections.</summary>
/// <param name="RecordedLumiInvPb">pb⁻¹.</param>
public sealed record CertificationTotals(int Good, int Bad, int Runs, double RecordedLumiInvPb, long Lumisections)
{
    private sealed record OfRuns(int Runs, double Lumi, long Lumisections);

    /// <summary>Two queries, whatever the size.</summary>
    public static async Task<CertificationTotals> OfAsync(
        CerthelperDbContext db, IQueryable<TrackerCertification> certifications, int total, CancellationToken cancellationToken)
    {
        var good = await certifications.Where(VerdictRule.Good).CountAsync(cancellationToken);
        var numbers = certifications.Select(item => item.RunReconstruction!.RunNumber);
        var runs = await db.Runs.Where(run => numbers.Contains(run.RunNumber)).GroupBy(_ => 1)
            .Select(group => new OfRuns(group.Count(), group.Sum(run => run.RecordedLumiInvPb ?? 0), group.Sum(run => (long)(run.Lumisections ?? 0))))
            .SingleOrDefaultAsync(cancellationToken) ?? new OfRuns(0, 0, 0);
        return new CertificationTotals(good, total - good, runs.Runs, runs.Lumi, runs.Lumisections);
    }
}
