using Certhelper.Core.Certification;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Lists;

/// <summary>What a filtered set amounts to. A run that is certified twice counts once in runs, luminosity and lumisections.</summary>
/// <param name="RecordedLumiInvPb">pb⁻¹.</param>
public sealed record Totals(int Good, int Bad, int Runs, double RecordedLumiInvPb, long Lumisections)
{
    public static Totals None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>One statement, whatever the size.</summary>
    internal static async Task<Totals> OfAsync(IQueryable<TrackerCertification> certifications, CancellationToken cancellationToken)
    {
        var rows = certifications.Select(VerdictRule.Good.With((TrackerCertification item, bool good) => new
        {
            item.RunReconstruction!.RunNumber,
            Good = good,
            Lumi = item.RunReconstruction.Run!.RecordedLumiInvPb,
            item.RunReconstruction.Run.Lumisections,
        }));
        return await rows
            .GroupBy(row => row.RunNumber)
            .Select(run => new
            {
                Good = run.Count(row => row.Good),
                Bad = run.Count(row => !row.Good),
                Lumi = run.Max(row => row.Lumi) ?? 0,
                Lumisections = run.Max(row => row.Lumisections) ?? 0,
            })
            .GroupBy(_ => 1)
            .Select(all => new Totals(
                all.Sum(run => run.Good), all.Sum(run => run.Bad), all.Count(), all.Sum(run => run.Lumi), all.Sum(run => (long)run.Lumisections)))
            .SingleOrDefaultAsync(cancellationToken) ?? None;
    }
}
