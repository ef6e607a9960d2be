using Certhelper.Core.Certification;
using Certhelper.Core.Checklists;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Certify;

/// <summary>Gathers what the certify form shows.</summary>
public sealed class CertifySheets(CerthelperDbContext db, ChecklistDesk checklists, RunBriefing briefing)
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
            [.. siblings.Select(item => new Sibling(item.Id, item.RunReconstruction!.Reconstruction, VerdictRule.IsGood(item), item.Owner!.Name)).OrderBy(item => item.Reconstruction)])
        {
            Checklists = await checklists.AskedAsync(reconstruction, facts.Run?.Type, cancellationToken),
            Problems = await db.ComponentProblems.AsNoTracking().OrderBy(problem => problem.Name).ToListAsync(cancellationToken),
        };
    }

    /// <summary>What the form starts with: today, and the dataset if there is only one.</summary>
    public static CertificationInput Fresh(CertifySheet sheet, DateOnly today)
    {
        var datasets = sheet.Own.ToList();
        var open = datasets.Where(dataset => dataset.TrackerState == RegistryDataset.Open).ToList();
        var obvious = open.Count == 1 ? open[0] : datasets.Count == 1 ? datasets[0] : null;
        return new CertificationInput { Date = today, DatasetName = obvious?.Name };
    }

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
