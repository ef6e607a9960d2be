using Certhelper.Core.Certification;
using Certhelper.Core.Lists;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Reports;

/// <summary>A fill with what the report of it needs, and its runs that are known here.</summary>
internal sealed record ReportedFill(
    int Number, int? Bunches, double? DeliveredInvPb, double? RecordedInvPb, double? PeakLumiE30, double? PeakPileup);

/// <summary>A run of a fill.</summary>
internal sealed record RunOfFill(int FillNumber, int RunNumber, RunType? Type);

/// <summary>The verdict on one reconstruction of a run.</summary>
internal sealed record VerdictOn(int RunNumber, Reconstruction Reconstruction, RunType? Type, bool Good, DateOnly Date);

/// <summary>A daily report that somebody keeps.</summary>
internal sealed record KeptDaily(int ReportId, DateOnly Day, string PersonName, IReadOnlyDictionary<string, string> Notes);

/// <summary>What the report of a period is made of.</summary>
internal sealed record WeeklyInputs
{
    public required Period Period { get; init; }

    /// <summary>By day, run and reconstruction.</summary>
    public required IReadOnlyList<CertifiedRun> Rows { get; init; }

    /// <summary>The period before.</summary>
    public required IReadOnlyList<CertifiedRun> Before { get; init; }

    public required IReadOnlyList<ReportedFill> Fills { get; init; }

    public required IReadOnlyList<RunOfFill> RunsOfFills { get; init; }

    /// <summary>All verdicts until the last day on the runs of the period.</summary>
    public required IReadOnlyList<VerdictOn> Verdicts { get; init; }

    public required IReadOnlyList<KeptDaily> Dailies { get; init; }

    /// <summary>Runs of the central certification, as asked for.</summary>
    public required IReadOnlyList<int> CentralRuns { get; init; }

    /// <summary>All verdicts on those.</summary>
    public required IReadOnlyList<VerdictOn> CentralVerdicts { get; init; }

    /// <summary>Who leads the shifts of the period, if known.</summary>
    public required string? Leader { get; init; }
}

/// <summary>Reads what reports are made of; as many statements however much was certified.</summary>
public sealed class ReportData(CerthelperDbContext db)
{
    /// <summary>Certifications in the order in which every report has them: by day, run, reconstruction. One statement.</summary>
    internal static async Task<IReadOnlyList<CertifiedRun>> ReadAsync(IQueryable<TrackerCertification> which, CancellationToken cancellationToken)
    {
        var rows = await which.AsNoTracking().Select(CertifiedRun.Projection).ToListAsync(cancellationToken);
        return [.. rows.OrderBy(row => row.Date).ThenBy(row => row.RunNumber).ThenBy(row => row.Reconstruction)];
    }

    /// <summary>One day of one person, or of everybody.</summary>
    public Task<IReadOnlyList<CertifiedRun>> DayAsync(DateOnly day, int? personId, CertificationFilter filter, CancellationToken cancellationToken)
    {
        var which = filter.Apply(db).Where(item => item.Date == day);
        return ReadAsync(personId is null ? which : which.Where(item => item.OwnerId == personId), cancellationToken);
    }

    /// <remarks>
    /// The filter says which certifications are listed and counted. What else was certified of the same runs is read all the same: flags
    /// change between reconstructions.
    /// </remarks>
    internal async Task<WeeklyInputs> PeriodAsync(
        Period period, CertificationFilter filter, IReadOnlyList<int> centralRuns, string? leader, CancellationToken cancellationToken)
    {
        var before = period.Before();
        var both = await ReadAsync(filter.Apply(db).Where(item => item.Date >= before.From && item.Date <= period.To), cancellationToken);
        var rows = both.Where(row => period.Contains(row.Date)).ToList();
        var fills = rows.Select(row => row.FillNumber).OfType<int>().Distinct().ToArray();
        var runs = rows.Select(row => row.RunNumber).Distinct().ToArray();
        var central = centralRuns.ToArray();
        return new WeeklyInputs
        {
            Period = period,
            Rows = rows,
            Before = [.. both.Where(row => !period.Contains(row.Date))],
            Fills = await db.Fills.AsNoTracking().Where(fill => fills.Contains(fill.FillNumber)).OrderByDescending(fill => fill.FillNumber)
                .Select(fill => new ReportedFill(
                    fill.FillNumber, fill.BunchesColliding, fill.DeliveredLumiInvPb, fill.RecordedLumiInvPb, fill.PeakLumiE30, fill.PeakPileup))
                .ToListAsync(cancellationToken),
            RunsOfFills = await db.Runs.AsNoTracking().Where(run => run.FillNumber != null && fills.Contains(run.FillNumber.Value))
                .OrderByDescending(run => run.RunNumber)
                .Select(run => new RunOfFill(run.FillNumber!.Value, run.RunNumber, run.Type))
                .ToListAsync(cancellationToken),
            Verdicts = await VerdictsAsync(
                db.Certifications.Where(item => runs.Contains(item.RunReconstruction!.RunNumber) && item.Date <= period.To), cancellationToken),
            Dailies = await DailiesAsync(period, filter.Text.Length == 0 ? null : [.. rows.Select(row => row.OwnerId).Distinct()], cancellationToken),
            CentralRuns = centralRuns,
            CentralVerdicts = central.Length == 0
                ? []
                : await VerdictsAsync(db.Certifications.Where(item => central.Contains(item.RunReconstruction!.RunNumber)), cancellationToken),
            Leader = leader,
        };
    }

    private static async Task<IReadOnlyList<VerdictOn>> VerdictsAsync(IQueryable<TrackerCertification> which, CancellationToken cancellationToken)
    {
        var all = await which.AsNoTracking()
            .Select(VerdictRule.Good.With((TrackerCertification item, bool good) => new VerdictOn(
                item.RunReconstruction!.RunNumber, item.RunReconstruction.Reconstruction, item.RunReconstruction.Run!.Type, good, item.Date)))
            .ToListAsync(cancellationToken);
        return [.. all.OrderBy(item => item.RunNumber).ThenBy(item => item.Reconstruction)];
    }

    /// <param name="period">The days.</param>
    /// <param name="of">Whose daily reports belong to it; null for everybody's.</param>
    /// <param name="cancellationToken">Stops it.</param>
    private async Task<IReadOnlyList<KeptDaily>> DailiesAsync(Period period, int[]? of, CancellationToken cancellationToken)
    {
        // Reports of everybody repeat what stands in those of persons.
        var persons = db.ReportRevisions.AsNoTracking()
            .Where(revision => revision.Report!.Kind == ReportKind.Daily && revision.Report.PersonId != null && revision.Report.From >= period.From && revision.Report.From <= period.To);
        if (of is not null) persons = persons.Where(revision => of.Contains(revision.Report!.PersonId!.Value));
        var kept = await persons
            .Where(revision => revision.Number == db.ReportRevisions.Where(other => other.ReportId == revision.ReportId).Max(other => other.Number))
            .Select(revision => new { revision.ReportId, revision.Report!.From, PersonName = revision.Report.Person!.Name, revision.Notes })
            .ToListAsync(cancellationToken);
        return
        [
            .. kept.Select(item => new KeptDaily(item.ReportId, item.From, item.PersonName, item.Notes))
                .OrderBy(item => item.Day).ThenBy(item => item.PersonName, StringComparer.Ordinal).ThenBy(item => item.ReportId),
        ];
    }
}
