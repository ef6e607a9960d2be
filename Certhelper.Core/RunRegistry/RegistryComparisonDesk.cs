using Certhelper.Core.Certification;
using Certhelper.Core.Oms;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.RunRegistry;

/// <summary>A selection of certifications beside the Run Registry.</summary>
/// <param name="Rows">What is compared, the worst first.</param>
/// <param name="Oldest">When the Run Registry was asked about the one that it was asked about first; null when there is none.</param>
/// <param name="Newest">The same for the one it was asked about last.</param>
/// <param name="NeverAsked">Certified runs of which nothing is stored.</param>
/// <param name="IsCut">Whether there were more certifications than are compared at a time.</param>
/// <param name="Trouble">Why the Run Registry cannot be asked now, in words; null when it answers.</param>
/// <param name="Runs">Lowest and highest run; null when nothing is certified.</param>
/// <param name="Asked">What is known of a question to the job about these runs; null when there is none.</param>
public sealed record ComparedSelection(
    IReadOnlyList<ComparedRun> Rows, DateTimeOffset? Oldest, DateTimeOffset? Newest, int NeverAsked, bool IsCut, string? Trouble,
    (int From, int To)? Runs, RegistryQuestion? Asked);

/// <summary>Compares certifications with what is stored of the Run Registry; it never asks the registry itself.</summary>
public sealed class RegistryComparisonDesk(CerthelperDbContext db)
{
    /// <summary>Certifications that are compared at a time; the newest runs are taken.</summary>
    public const int Most = 2_000;

    /// <summary>Five statements, whatever the size.</summary>
    /// <param name="selection">Living certifications.</param>
    /// <param name="only">Reconstructions that are asked for; empty means all.</param>
    /// <param name="withMissingHere">Whether datasets that nobody has certified are listed too.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ComparedSelection> ReadAsync(
        IQueryable<TrackerCertification> selection, IReadOnlyCollection<Reconstruction> only, bool withMissingHere, CancellationToken cancellationToken)
    {
        var ours = await selection.OrderByDescending(item => item.RunReconstruction!.RunNumber).ThenByDescending(item => item.Id).Take(Most + 1)
            .Select(item => new CertifiedHere(
                item.Id, item.RunReconstruction!.RunNumber, item.RunReconstruction.Reconstruction, item.DatasetName,
                item.RunReconstruction.Run!.Type, item.RunReconstruction.Run.HltKey,
                item.Pixel, item.PixelLowStatistics, item.Strip, item.StripLowStatistics, item.Tracking, item.TrackingLowStatistics, item.Owner!.Name))
            .ToListAsync(cancellationToken);
        var isCut = ours.Count > Most;
        if (isCut) ours.RemoveAt(Most);
        var numbers = ours.Select(item => item.RunNumber).Distinct().ToArray();
        var datasets = await db.RegistryDatasets.AsNoTracking().Where(dataset => numbers.Contains(dataset.RunNumber)).ToListAsync(cancellationToken);
        var certified = await db.Certifications.Where(item => numbers.Contains(item.RunReconstruction!.RunNumber))
            .Select(item => new { item.RunReconstruction!.RunNumber, item.RunReconstruction.Reconstruction }).ToListAsync(cancellationToken);
        var elsewhere = certified.Select(item => (item.RunNumber, item.Reconstruction)).ToHashSet();

        var wanted = datasets.Where(dataset => only.Count == 0 || only.Any(of => of == dataset.Reconstruction)).ToList();
        var rows = RegistryComparison.Compare(ours, wanted, elsewhere);
        if (!withMissingHere) rows = [.. rows.Where(row => row.Ours is not null)];
        var known = datasets.Select(dataset => dataset.RunNumber).ToHashSet();
        var contact = await db.SourceContacts.AsNoTracking().SingleOrDefaultAsync(row => row.Source == SourceContact.RunRegistry, cancellationToken);
        (int, int)? range = numbers.Length == 0 ? null : (numbers.Min(), numbers.Max());
        return new ComparedSelection(
            rows,
            datasets.Select(dataset => (DateTimeOffset?)dataset.FetchedAt).Min(),
            datasets.Select(dataset => (DateTimeOffset?)dataset.FetchedAt).Max(),
            numbers.Count(number => !known.Contains(number)),
            isCut,
            contact is { LastFailureAt: { } failed } && !(contact.LastGoodAt > failed) ? contact.LastFailure : null,
            range,
            range is { } of ? await RegistryQuestions.ReadAsync(db, of, cancellationToken) : null);
    }
}
