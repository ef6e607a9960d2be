using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.MyShift;

/// <summary>How a reconstruction of a run stands for the viewer.</summary>
public enum CellState
{
    /// <summary>The Run Registry waits for it and nobody has certified it.</summary>
    Open,
    Mine,
    Taken,

    /// <summary>The Run Registry is not ready for it, or done with it.</summary>
    NotOpen,
}

/// <summary>One reconstruction of one run on the board.</summary>
public sealed record ShiftCell(Reconstruction Reconstruction, CellState State, string? RegistryState, int? CertificationId, string? ByName);

/// <summary>One run on the board.</summary>
public sealed record ShiftRow(
    int RunNumber, RunType? Type, DateTimeOffset? StartTime, int? Lumisections, double? RecordedLumiInvPb, DateTimeOffset FetchedAt,
    IReadOnlyDictionary<Reconstruction, ShiftCell> Cells);

/// <summary>The runs that wait to be certified, as the Run Registry named them last.</summary>
internal sealed class ShiftBoard(CerthelperDbContext db)
{
    private sealed record LivingCertification(int Id, int RunNumber, Reconstruction Reconstruction, int OwnerId, string OwnerName);

    /// <summary>A page of runs, newest first. Five queries, whatever the size.</summary>
    /// <param name="selection">All datasets of these runs; without it, only runs with something left to do.</param>
    public async Task<PageOf<ShiftRow>> ReadAsync(RunSelection? selection, int? page, int? viewerId, CancellationToken cancellationToken)
    {
        var datasets = db.RegistryDatasets.AsNoTracking()
            .Where(dataset => dataset.Reconstruction != null && dataset.Reconstruction != Reconstruction.Online);
        var wanted = selection is null ? LeftToDo(datasets) : selection.Apply(datasets, dataset => dataset.RunNumber);
        var numbers = await wanted.Select(dataset => dataset.RunNumber).Distinct().OrderByDescending(number => number).PageAsync(page, cancellationToken);

        var shown = numbers.Items;
        var cells = await datasets.Where(dataset => shown.Contains(dataset.RunNumber)).OrderBy(dataset => dataset.Name).ToListAsync(cancellationToken);
        var certifications = await db.Certifications.Where(item => shown.Contains(item.RunReconstruction!.RunNumber))
            .Select(item => new LivingCertification(item.Id, item.RunReconstruction!.RunNumber, item.RunReconstruction.Reconstruction, item.OwnerId, item.Owner!.Name))
            .ToListAsync(cancellationToken);
        var runs = await db.Runs.Where(run => shown.Contains(run.RunNumber))
            .Select(run => new { run.RunNumber, run.Type, run.StartTime, run.Lumisections, run.RecordedLumiInvPb })
            .ToDictionaryAsync(run => run.RunNumber, cancellationToken);

        return new PageOf<ShiftRow>([.. shown.Select(Row)], numbers.Total, numbers.Number, numbers.Size);

        ShiftRow Row(int number)
        {
            var run = runs.GetValueOrDefault(number);
            var ofRun = cells.Where(dataset => dataset.RunNumber == number).ToList();
            var done = certifications.Where(item => item.RunNumber == number).ToDictionary(item => item.Reconstruction);
            return new ShiftRow(
                number, run?.Type, run?.StartTime, run?.Lumisections, run?.RecordedLumiInvPb,
                ofRun.Min(dataset => dataset.FetchedAt),
                Reconstructions.Certifiable
                    .Select(reconstruction => Cell(reconstruction, ofRun, done.GetValueOrDefault(reconstruction), viewerId))
                    .OfType<ShiftCell>().ToDictionary(cell => cell.Reconstruction));
        }
    }

    private IQueryable<RegistryDataset> LeftToDo(IQueryable<RegistryDataset> datasets) => datasets.Where(dataset =>
        dataset.TrackerState == RegistryDataset.Open
        && !db.Certifications.Any(item =>
            item.RunReconstruction!.RunNumber == dataset.RunNumber && item.RunReconstruction.Reconstruction == dataset.Reconstruction));

    private static ShiftCell? Cell(Reconstruction reconstruction, IEnumerable<RegistryDataset> ofRun, LivingCertification? done, int? viewerId)
    {
        // A run can have several datasets of one reconstruction; one that is open is what matters.
        var states = ofRun.Where(dataset => dataset.Reconstruction == reconstruction).Select(dataset => dataset.TrackerState ?? "no state").ToList();
        if (done is not null)
            return new ShiftCell(reconstruction, done.OwnerId == viewerId ? CellState.Mine : CellState.Taken, states.FirstOrDefault(), done.Id, done.OwnerName);
        if (states.Count == 0) return null;
        return states.Contains(RegistryDataset.Open)
            ? new ShiftCell(reconstruction, CellState.Open, RegistryDataset.Open, null, null)
            : new ShiftCell(reconstruction, CellState.NotOpen, states[0], null, null);
    }
}
