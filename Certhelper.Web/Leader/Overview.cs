using Certhelper.Core.Certification;
using Certhelper.Core.Lists;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Leader;

/// <summary>What is certified of one run type and reconstruction.</summary>
/// <param name="Type">Null when undecided.</param>
/// <param name="RecordedLumiInvPb">pb⁻¹; each run counts once.</param>
/// <param name="WithoutLuminosity">Runs whose luminosity nobody has said; they count as 0.</param>
public sealed record OverviewColumn(
    RunType? Type, Reconstruction Reconstruction, int Runs, int Bad, int MissingMaps, int FirstRun, int LastRun, double RecordedLumiInvPb, long Lumisections,
    int WithoutLuminosity);

/// <summary>A person with what he or she certified.</summary>
public sealed record ShifterCount(string Login, string Name, int Good, int Bad);

/// <summary>A problem or a bad reason, and how many certifications name it.</summary>
/// <param name="Component">Null for a bad reason.</param>
public sealed record NamedCount(int Id, Component? Component, string Name, int Count);

/// <summary>How far the certification of one reconstruction has come.</summary>
/// <param name="Runs">Runs of which the Run Registry has a dataset.</param>
/// <param name="Certified">Of these, certified here.</param>
/// <param name="Waiting">Of these, open in the Run Registry and not certified.</param>
public sealed record ReconstructionProgress(Reconstruction Reconstruction, int Runs, int Certified, int Waiting);

/// <summary>A run reconstruction that still waits.</summary>
public sealed record WaitingDataset(int RunNumber, Reconstruction Reconstruction);

/// <summary>What a selection of certifications amounts to.</summary>
/// <param name="All">Over all types and reconstructions; a run that is certified twice counts once in runs, luminosity and lumisections.</param>
/// <param name="Waiting">The first of those that wait; there may be more.</param>
public sealed record Overview(
    IReadOnlyList<OverviewColumn> Columns, Totals All, IReadOnlyList<ShifterCount> Shifters, IReadOnlyList<NamedCount> Problems, IReadOnlyList<NamedCount> Reasons,
    IReadOnlyList<ReconstructionProgress> Progress, IReadOnlyList<WaitingDataset> Waiting)
{
    /// <summary>How many waiting ones are named.</summary>
    public const int MostWaiting = 40;

    /// <summary>Seven statements, whatever the size.</summary>
    /// <param name="selection">Living certifications.</param>
    /// <param name="taken">Days on which runs were taken that belong to the progress although nothing of them is certified; null for none.</param>
    public static async Task<Overview> ReadAsync(
        CerthelperDbContext db, IQueryable<TrackerCertification> selection, DayRange? taken, CancellationToken cancellationToken)
    {
        var (progress, waiting) = await ProgressAsync(db, selection, taken, cancellationToken);
        return new Overview(
            await ColumnsAsync(selection, cancellationToken),
            await Totals.OfAsync(selection, cancellationToken),
            await ShiftersAsync(selection, cancellationToken),
            await selection.SelectMany(item => item.Problems)
                .GroupBy(problem => new { problem.Id, problem.Component, problem.Name })
                .Select(group => new NamedCount(group.Key.Id, group.Key.Component, group.Key.Name, group.Count()))
                .ToListAsync(cancellationToken),
            await selection.Where(item => item.BadReasonId != null)
                .GroupBy(item => new { item.BadReason!.Id, item.BadReason.Name })
                .Select(group => new NamedCount(group.Key.Id, null, group.Key.Name, group.Count()))
                .ToListAsync(cancellationToken),
            progress,
            waiting);
    }

    private static async Task<IReadOnlyList<OverviewColumn>> ColumnsAsync(IQueryable<TrackerCertification> selection, CancellationToken cancellationToken)
    {
        var rows = selection.Select(VerdictRule.Good.With((TrackerCertification item, bool good) => new
        {
            item.RunReconstruction!.Run!.Type,
            item.RunReconstruction.Reconstruction,
            item.RunReconstruction.RunNumber,
            Good = good,
            Missing = item.TrackerMap == TrackerMapState.Missing,
            Lumi = item.RunReconstruction.Run.RecordedLumiInvPb,
            item.RunReconstruction.Run.Lumisections,
        }));
        var columns = await rows.GroupBy(row => new { row.Type, row.Reconstruction })
            .Select(group => new OverviewColumn(
                group.Key.Type, group.Key.Reconstruction,
                group.Count(),
                group.Count(row => !row.Good),
                group.Count(row => row.Missing),
                group.Min(row => row.RunNumber),
                group.Max(row => row.RunNumber),
                group.Sum(row => row.Lumi ?? 0),
                group.Sum(row => (long)(row.Lumisections ?? 0)),
                group.Count(row => row.Lumi == null)))
            .ToListAsync(cancellationToken);
        return [.. columns.OrderBy(column => column.Type is null).ThenBy(column => column.Type).ThenBy(column => column.Reconstruction)];
    }

    private static async Task<IReadOnlyList<ShifterCount>> ShiftersAsync(IQueryable<TrackerCertification> selection, CancellationToken cancellationToken)
    {
        var rows = await selection
            .Select(VerdictRule.Good.With((TrackerCertification item, bool good) => new { item.Owner!.Login, item.Owner.Name, Good = good }))
            .GroupBy(row => new { row.Login, row.Name })
            .Select(group => new ShifterCount(group.Key.Login, group.Key.Name, group.Count(row => row.Good), group.Count(row => !row.Good)))
            .ToListAsync(cancellationToken);
        return [.. rows.OrderByDescending(row => row.Good + row.Bad).ThenBy(row => row.Name, StringComparer.Ordinal)];
    }

    private static async Task<(IReadOnlyList<ReconstructionProgress> Progress, IReadOnlyList<WaitingDataset> Waiting)> ProgressAsync(
        CerthelperDbContext db, IQueryable<TrackerCertification> selection, DayRange? taken, CancellationToken cancellationToken)
    {
        var runs = selection.Select(item => item.RunReconstruction!.RunNumber);
        if (taken is { Start: { } start, End: { } end })
            runs = runs.Union(db.Runs.Where(run => run.StartTime >= start && run.StartTime < end).Select(run => run.RunNumber));
        var datasets = db.RegistryDatasets
            .Where(dataset => dataset.Reconstruction != null && dataset.Reconstruction != Reconstruction.Online && runs.Contains(dataset.RunNumber))
            .Select(dataset => new
            {
                Reconstruction = dataset.Reconstruction!.Value,
                dataset.RunNumber,
                Certified = db.Certifications.Any(item =>
                    item.RunReconstruction!.RunNumber == dataset.RunNumber && item.RunReconstruction.Reconstruction == dataset.Reconstruction),
                Open = dataset.TrackerState == RegistryDataset.Open,
            });
        var progress = await datasets.GroupBy(row => row.Reconstruction)
            .Select(group => new ReconstructionProgress(
                group.Key,
                group.Select(row => row.RunNumber).Distinct().Count(),
                group.Where(row => row.Certified).Select(row => row.RunNumber).Distinct().Count(),
                group.Where(row => row.Open && !row.Certified).Select(row => row.RunNumber).Distinct().Count()))
            .ToListAsync(cancellationToken);
        var waiting = await datasets.Where(row => row.Open && !row.Certified)
            .Select(row => new { row.RunNumber, row.Reconstruction }).Distinct()
            .OrderBy(row => row.RunNumber).ThenBy(row => row.Reconstruction).Take(MostWaiting).ToListAsync(cancellationToken);
        return (
            [.. progress.OrderBy(row => row.Reconstruction)],
            [.. waiting.Select(row => new WaitingDataset(row.RunNumber, row.Reconstruction))]);
    }
}
