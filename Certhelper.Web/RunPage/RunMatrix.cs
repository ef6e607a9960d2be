using Certhelper.Core.Certification;
using Certhelper.Core.Lists;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Core.Storage.Configurations;
using Certhelper.Web.Lists;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.RunPage;

/// <summary>Something that happened to a certification of the run.</summary>
public sealed record RunEvent(
    int CertificationId, Reconstruction Reconstruction, RevisionKind Kind, DateTimeOffset At, string? ByName, string? Why, bool IsDeleted);

/// <summary>One reconstruction of the run: a column of the matrix.</summary>
/// <param name="Changed">The last thing that happened to its certification.</param>
/// <param name="Before">The certified reconstruction to the left, with which it is compared.</param>
public sealed record MatrixColumn(
    Reconstruction Reconstruction, CertificationRow? Certification, RunEvent? Changed, CertificationRow? Before, IReadOnlyList<RegistryDataset> Datasets)
{
    /// <summary>Whether the Run Registry waits for the tracker's word.</summary>
    public bool IsOpen => Datasets.Any(dataset => dataset.TrackerState == RegistryDataset.Open);

    /// <summary>Whether something was judged otherwise in the reconstruction before; excluded is another question, not another answer.</summary>
    public bool Flips(Func<CertificationRow, ComponentState> of) =>
        Certification is not null && Before is not null && of(Certification) != of(Before);

    /// <summary>Whether the verdict is the opposite of that of the reconstruction before.</summary>
    public bool VerdictFlips => Certification is not null && Before is not null && Certification.Good != Before.Good;
}

/// <summary>Express, prompt and re-reconstructions of one run side by side, and everything that happened to them.</summary>
public sealed record RunMatrix(IReadOnlyList<MatrixColumn> Columns, IReadOnlyList<RunEvent> History)
{
    /// <summary>Two statements.</summary>
    /// <param name="withDeleted">Tell of deleted certifications too.</param>
    internal static async Task<RunMatrix> ReadAsync(
        CerthelperDbContext db, int run, IReadOnlyList<RegistryDataset> datasets, bool withDeleted, CancellationToken cancellationToken)
    {
        var certifications = await db.Certifications.AsNoTracking().IgnoreQueryFilters([Filters.Living])
            .Where(item => item.RunReconstruction!.RunNumber == run && (withDeleted || item.DeletedAt == null))
            .Select(CertificationRow.Projection).ToListAsync(cancellationToken);
        var ids = certifications.Select(item => item.Id).ToArray();
        var revisions = await db.CertificationRevisions.AsNoTracking()
            .Where(item => ids.Contains(item.CertificationId))
            .OrderByDescending(item => item.At).ThenByDescending(item => item.Id)
            .Select(item => new { item.CertificationId, item.Kind, item.At, ByName = item.By!.Name, item.Why })
            .ToListAsync(cancellationToken);
        var byId = certifications.ToDictionary(item => item.Id);
        List<RunEvent> history =
        [
            .. revisions.Select(item => new RunEvent(
                item.CertificationId, byId[item.CertificationId].Reconstruction, item.Kind, item.At, item.ByName, item.Why, byId[item.CertificationId].DeletedAt is not null)),
        ];

        List<MatrixColumn> columns = [];
        CertificationRow? before = null;
        foreach (var reconstruction in Reconstructions.Certifiable)
        {
            var certification = certifications.SingleOrDefault(item => item.Reconstruction == reconstruction && item.DeletedAt is null);
            var changed = certification is null ? null : history.FirstOrDefault(item => item.CertificationId == certification.Id);
            columns.Add(new MatrixColumn(reconstruction, certification, changed, before, [.. datasets.Where(dataset => dataset.Reconstruction == reconstruction)]));
            before = certification ?? before;
        }

        return new RunMatrix(columns, history);
    }
}
