using Certhelper.Core.Certification;
using Certhelper.Core.Checklists;
using Certhelper.Core.References;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Certify;

/// <summary>Gathers what the certify form shows.</summary>
public sealed class CertifySheets(
    CerthelperDbContext db, RunBriefing briefing, ReferenceAdvisor advisor, ChecklistDesk checklists, MapShelf shelf)
{
    /// <summary>More than this nobody reads through; the newest are ranked.</summary>
    private const int MostReferences = 300;

    /// <summary>Waits at most 2 s for outside services.</summary>
    /// <param name="runNumber">The run.</param>
    /// <param name="reconstruction">Its reconstruction.</param>
    /// <param name="keptReferenceId">The reference that is chosen already; offered even if it is retired.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<CertifySheet> OfAsync(int runNumber, Reconstruction reconstruction, int? keptReferenceId, CancellationToken cancellationToken)
    {
        var (facts, datasets) = await briefing.OfAsync(runNumber, cancellationToken);
        var references = await ReferencesAsync(keptReferenceId, cancellationToken);
        var reasons = await db.BadReasons.AsNoTracking().OrderBy(reason => reason.Position).ThenBy(reason => reason.Name).ToListAsync(cancellationToken);
        var siblings = await db.Certifications.AsNoTracking()
            .Include(item => item.Owner)
            .Include(item => item.RunReconstruction).ThenInclude(of => of!.Run)
            .Where(item => item.RunReconstruction!.RunNumber == runNumber && item.RunReconstruction.Reconstruction != reconstruction)
            .ToListAsync(cancellationToken);
        return new CertifySheet(
            runNumber, reconstruction, facts, datasets,
            advisor.Rank(RunConditions.Of(runNumber, reconstruction, facts.Run), references),
            reasons,
            [.. siblings.Select(item => new Sibling(item.Id, item.RunReconstruction!.Reconstruction, VerdictRule.IsGood(item), item.Owner!.Name)).OrderBy(item => item.Reconstruction)])
        {
            Maps = await shelf.OfAsync(runNumber, reconstruction, facts.Run?.Type, cancellationToken),
            Checklists = await checklists.AskedAsync(reconstruction, facts.Run?.Type, cancellationToken),
            Problems = await db.ComponentProblems.AsNoTracking().OrderBy(problem => problem.Position).ThenBy(problem => problem.Name).ToListAsync(cancellationToken),
        };
    }

    /// <summary>
    /// What the form starts with: today, the dataset of this reconstruction that waits, the reference that fits best, and
    /// that the tracker maps exist when they do.
    /// </summary>
    public static CertificationInput Fresh(CertifySheet sheet, DateOnly today) => new()
    {
        Date = today,
        DatasetName = DatasetRule.InOrder(sheet.Own).FirstOrDefault()?.Name,
        ReferenceId = sheet.References.FirstOrDefault(advice => advice.Suits)?.Id,
        TrackerMap = Preset(sheet),
    };

    /// <summary>What the system says of the tracker maps. That none are stored does not make them missing: they may be elsewhere.</summary>
    public static TrackerMapState? Preset(CertifySheet sheet) => sheet.Maps.Exist ? TrackerMapState.Exists : null;

    private Task<List<ReferenceCandidate>> ReferencesAsync(int? kept, CancellationToken cancellationToken) => db.References.AsNoTracking()
        .Where(reference => reference.RetiredAt == null || reference.Id == kept)
        .OrderByDescending(reference => reference.Id == kept).ThenByDescending(reference => reference.RunReconstruction!.RunNumber)
        .Take(MostReferences)
        .Select(ReferenceCandidate.Projection)
        .ToListAsync(cancellationToken);
}
