using Certhelper.Core.Certification;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Certify;

/// <summary>Gathers what the certify form shows.</summary>
public sealed class CertifySheets(CerthelperDbContext db, RunBriefing briefing)
{
    /// <summary>Waits at most 2 s for outside services.</summary>
    /// <param name="runNumber">The run.</param>
    /// <param name="reconstruction">Its reconstruction.</param>
    /// <param name="keptReferenceId">The reference that is chosen already; offered even if it is retired.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<CertifySheet> OfAsync(int runNumber, Reconstruction reconstruction, int? keptReferenceId, CancellationToken cancellationToken)
    {
        var (facts, datasets) = await briefing.OfAsync(runNumber, cancellationToken);
        var references = await ReferencesAsync(keptReferenceId, cancellationToken);
        var reasons = await db.BadReasons.AsNoTracking().OrderBy(reason => reason.Name).ToListAsync(cancellationToken);
        var siblings = await db.Certifications.AsNoTracking()
            .Include(item => item.Owner)
            .Include(item => item.RunReconstruction).ThenInclude(of => of!.Run)
            .Where(item => item.RunReconstruction!.RunNumber == runNumber && item.RunReconstruction.Reconstruction != reconstruction)
            .ToListAsync(cancellationToken);
        return new CertifySheet(
            runNumber, reconstruction, facts, datasets,
            [.. references.OrderByDescending(choice => choice.Type == facts.Run?.Type).ThenByDescending(choice => choice.RunNumber)],
            reasons,
            [.. siblings.Select(item => new Sibling(item.Id, item.RunReconstruction!.Reconstruction, VerdictRule.IsGood(item), item.Owner!.Name)).OrderBy(item => item.Reconstruction)]);
    }

    /// <summary>What the form starts with: today, and the dataset of this reconstruction that waits.</summary>
    public static CertificationInput Fresh(CertifySheet sheet, DateOnly today) =>
        new() { Date = today, DatasetName = DatasetRule.InOrder(sheet.Own).FirstOrDefault()?.Name };

    private Task<List<ReferenceChoice>> ReferencesAsync(int? kept, CancellationToken cancellationToken) => db.References
        .Where(reference => reference.RetiredAt == null || reference.Id == kept)
        .Select(reference => new ReferenceChoice(
            reference.Id,
            reference.RunReconstruction!.RunNumber,
            reference.RunReconstruction.Reconstruction,
            reference.RunReconstruction.Run!.Type,
            reference.RunReconstruction.Run.Era,
            reference.RunReconstruction.Run.BFieldTesla,
            reference.RunReconstruction.Run.EnergyGev,
            reference.RunReconstruction.Run.Lumisections,
            reference.RetiredAt != null))
        .ToListAsync(cancellationToken);
}
