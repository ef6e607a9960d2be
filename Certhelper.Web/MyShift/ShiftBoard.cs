using System.Globalization;
using Certhelper.Core.Certification;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Certhelper.Web.MyShift;

/// <summary>The runs that wait to be certified, as the Run Registry named them last.</summary>
public sealed class ShiftBoard(CerthelperDbContext db, IOptions<RunRegistryOptions> registry, TimeProvider time)
{
    private readonly bool openOnly = registry.Value.OpenOnly;

    /// <summary>Oldest waiting first, so that nothing is forgotten; by run number on demand.</summary>
    private static readonly SortTable<Waiting> Sorts = new(new Sorting("waiting", Descending: false), new Dictionary<string, Func<IQueryable<Waiting>, bool, IOrderedQueryable<Waiting>>>
    {
        ["waiting"] = (rows, descending) => descending
            ? rows.OrderByDescending(row => row.Since).ThenByDescending(row => row.RunNumber)
            : rows.OrderBy(row => row.Since).ThenBy(row => row.RunNumber),
        ["run"] = SortColumns.By<Waiting, int>(row => row.RunNumber),
    });

    /// <summary>The state in which the registry waits for DQM GUI before it opens a dataset.</summary>
    private const string WaitingForGui = "waiting dqm gui";

    private const int MostDrafts = 50;

    private sealed class Waiting
    {
        public int RunNumber { get; init; }

        public DateTimeOffset Since { get; init; }
    }

    private sealed record RunFacts(
        RunType? Type, DateTimeOffset? StartTime, DateTimeOffset? EndTime, int? Lumisections, double? RecordedLumiInvPb,
        DateTimeOffset? FetchedAt, DateTimeOffset? ChangedAt);

    private sealed record Numbered(int RunNumber, int Total, RunFacts? Facts);

    private sealed record Dataset(
        int RunNumber, Reconstruction? Reconstruction, string? State, DateTimeOffset FirstSeenAt, DateTimeOffset FetchedAt, DateTimeOffset? ChangedAt,
        LiveLease? Lease);

    private sealed record LivingCertification(int Id, int RunNumber, Reconstruction Reconstruction, int OwnerId, string OwnerName, DateTimeOffset UpdatedAt, bool GivenBack);

    private sealed record LiveLease(int HolderId, string HolderName, DateTimeOffset Until);

    private sealed record Rows(
        ILookup<int, Dataset> Datasets, ILookup<int, LivingCertification> Certifications, IReadOnlyList<KeptDraft> Drafts);

    /// <summary>How the list is sorted.</summary>
    public static Sorting Sorting(string? sort) => Sorts.Parse(sort);

    /// <summary>A page of runs, and the viewer's drafts. Four queries, whatever the size.</summary>
    /// <param name="selection">All datasets of these runs; without it, only runs with something left to do.</param>
    /// <param name="sort">How to sort; see <see cref="Sorting"/>.</param>
    /// <param name="page">Counts from 1.</param>
    /// <param name="viewerId">For whom.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Board> ReadAsync(RunSelection? selection, Sorting sort, int? page, int? viewerId, CancellationToken cancellationToken)
    {
        var open = LeftToDo(Certifiable());
        var wanted = selection is null ? open : selection.Apply(Certifiable(), dataset => dataset.RunNumber);
        var runs = wanted.GroupBy(dataset => dataset.RunNumber).Select(group => new Waiting { RunNumber = group.Key, Since = group.Min(dataset => dataset.FirstSeenAt) });
        var sorted = Sorts.Apply(runs, sort);
        var number = Math.Max(1, page ?? 1);
        var shown = await NumbersAsync(sorted, runs, number, cancellationToken);
        if (shown.Count == 0 && number > 1)
        {
            var total = await runs.CountAsync(cancellationToken);
            number = Math.Max(1, (total + Paging.Size - 1) / Paging.Size);
            shown = await NumbersAsync(sorted, runs, number, cancellationToken);
        }

        var rows = await RowsAsync([.. shown.Select(row => row.RunNumber)], viewerId, cancellationToken);
        return new Board(
            new PageOf<ShiftRow>(
                [.. shown.Select(row => Row(row.RunNumber, row.Facts, rows, viewerId))], shown.Count == 0 ? 0 : shown[0].Total, number, Paging.Size),
            rows.Drafts);
    }

    /// <summary>One run, for a row that is drawn anew.</summary>
    public async Task<ShiftRow> RowAsync(int runNumber, int? viewerId, CancellationToken cancellationToken)
    {
        var facts = await Facts(db.Runs.Where(run => run.RunNumber == runNumber)).SingleOrDefaultAsync(cancellationToken);
        return Row(runNumber, facts, await RowsAsync([runNumber], viewerId, cancellationToken), viewerId);
    }

    private static IQueryable<RunFacts> Facts(IQueryable<Run> runs) => runs.Select(run => new RunFacts(
        run.Type, run.StartTime, run.EndTime, run.Lumisections, run.RecordedLumiInvPb, run.FetchedAt, run.FactsChangedAt));

    private IQueryable<RegistryDataset> Certifiable() => db.RegistryDatasets.AsNoTracking()
        .Where(dataset => dataset.Reconstruction != null && dataset.Reconstruction != Reconstruction.Online);

    private IQueryable<RegistryDataset> LeftToDo(IQueryable<RegistryDataset> datasets) => datasets.Where(dataset =>
        (!openOnly || dataset.TrackerState == RegistryDataset.Open)
        && !db.Certifications.Any(item =>
            item.RunReconstruction!.RunNumber == dataset.RunNumber && item.RunReconstruction.Reconstruction == dataset.Reconstruction));

    // The total comes along with each row, so that it costs no question of its own.
    private Task<List<Numbered>> NumbersAsync(IQueryable<Waiting> sorted, IQueryable<Waiting> all, int page, CancellationToken cancellationToken) => sorted
        .Skip((page - 1) * Paging.Size).Take(Paging.Size)
        // A join and not the first of a subquery: for that the database would number all runs there are.
        .LeftJoin(db.Runs, row => row.RunNumber, run => run.RunNumber, (row, run) => new Numbered(
            row.RunNumber,
            all.Count(),
            run == null ? null : new RunFacts(
                run.Type, run.StartTime, run.EndTime, run.Lumisections, run.RecordedLumiInvPb, run.FetchedAt, run.FactsChangedAt)))
        .ToListAsync(cancellationToken);

    private async Task<Rows> RowsAsync(List<int> numbers, int? viewerId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var datasets = await Certifiable().Where(dataset => numbers.Contains(dataset.RunNumber)).OrderBy(dataset => dataset.Name)
            .Select(dataset => new Dataset(
                dataset.RunNumber, dataset.Reconstruction, dataset.TrackerState, dataset.FirstSeenAt, dataset.FetchedAt, dataset.ChangedAt,
                db.Leases.Where(lease => lease.RunNumber == dataset.RunNumber && lease.Reconstruction == dataset.Reconstruction && lease.ExpiresAt > now)
                    .Select(lease => new LiveLease(lease.HolderId, lease.Holder!.Name, lease.ExpiresAt)).FirstOrDefault()))
            .ToListAsync(cancellationToken);
        var certifications = await db.Certifications.Where(item => numbers.Contains(item.RunReconstruction!.RunNumber))
            .Select(item => new LivingCertification(
                item.Id, item.RunReconstruction!.RunNumber, item.RunReconstruction.Reconstruction, item.OwnerId, item.Owner!.Name, item.UpdatedAt,
                db.FactChanges.Any(change => change.CertificationId == item.Id && change.State == FactChangeState.Reopened)))
            .ToListAsync(cancellationToken);
        var drafts = await db.CertificationDrafts.Where(draft => draft.OwnerId == viewerId).OrderByDescending(draft => draft.SavedAt).Take(MostDrafts)
            .Select(draft => new KeptDraft(draft.RunNumber, draft.Reconstruction, draft.SavedAt))
            .ToListAsync(cancellationToken);
        return new Rows(datasets.ToLookup(row => row.RunNumber), certifications.ToLookup(row => row.RunNumber), drafts);
    }

    private ShiftRow Row(int number, RunFacts? facts, Rows rows, int? viewerId)
    {
        var cells = Reconstructions.Certifiable
            .Select(reconstruction => Cell(reconstruction, number, facts, rows, viewerId))
            .OfType<ShiftCell>().ToDictionary(cell => cell.Reconstruction);
        var waiting = rows.Datasets[number]
            .Where(dataset => IsToDo(dataset) && cells[dataset.Reconstruction!.Value].ToDo)
            .Select(dataset => (DateTimeOffset?)dataset.FirstSeenAt).Min();
        return new ShiftRow(
            number, facts?.Type, facts?.StartTime, facts?.EndTime, facts?.Lumisections, facts?.RecordedLumiInvPb, waiting,
            rows.Datasets[number].Select(dataset => dataset.FetchedAt).DefaultIfEmpty().Min(), cells);
    }

    private ShiftCell? Cell(Reconstruction reconstruction, int number, RunFacts? facts, Rows rows, int? viewerId)
    {
        var datasets = rows.Datasets[number].Where(dataset => dataset.Reconstruction == reconstruction).ToList();
        var done = rows.Certifications[number].SingleOrDefault(item => item.Reconstruction == reconstruction);
        var lease = datasets.Select(dataset => dataset.Lease).FirstOrDefault();
        var draft = rows.Drafts.FirstOrDefault(item => item.RunNumber == number && item.Reconstruction == reconstruction);
        if (datasets.Count == 0 && done is null && draft is null) return null;

        var open = datasets.Exists(IsToDo);
        var lacks = Lacks(facts);
        var mine = lease is not null && lease.HolderId == viewerId;
        var state = (done, draft, lease, open) switch
        {
            ({ } item, _, _, _) => item.OwnerId == viewerId ? CellState.Mine : CellState.Certified,
            (_, { }, _, _) => CellState.Draft,
            (_, _, { }, _) => mine ? CellState.TakenByMe : CellState.TakenByOther,
            (_, _, _, true) => lacks is null ? CellState.New : CellState.Incomplete,
            _ => CellState.NotOpen,
        };
        return new ShiftCell(reconstruction, state, RegistryWords(datasets))
        {
            Datasets = datasets.Count,
            Lacks = lacks,
            CertificationId = done?.Id,
            ByName = done?.OwnerName,
            Changed = done is null ? null : Changed(done, facts, datasets),
            HolderName = done is null ? lease?.HolderName : null,
            HeldByMe = mine,
            HeldUntil = lease?.Until,
            DraftAt = draft?.At,
        };
    }

    private bool IsToDo(Dataset dataset) => !openOnly || dataset.State == RegistryDataset.Open;

    private static string? Lacks(RunFacts? facts) => facts switch
    {
        null or { FetchedAt: null } => "no facts from OMS yet",
        { StartTime: not null, EndTime: null } => "the run goes on",
        _ => null,
    };

    private static string? Changed(LivingCertification done, RunFacts? facts, List<Dataset> datasets)
    {
        if (done.GivenBack) return "facts of the run: a leader wants it to be looked at again";
        List<string> what = [];
        if (facts?.ChangedAt > done.UpdatedAt) what.Add("facts of the run");
        if (datasets.Exists(dataset => dataset.ChangedAt > done.UpdatedAt)) what.Add($"Run Registry ({RegistryWords(datasets)})");
        return what.Count == 0 ? null : string.Join(" and ", what);
    }

    // A run can have several datasets of one reconstruction; one that is open is what matters.
    private static string RegistryWords(List<Dataset> datasets)
    {
        if (datasets.Count == 0) return "no dataset";
        var state = datasets.Exists(dataset => dataset.State == RegistryDataset.Open) ? RegistryDataset.Open : datasets[0].State;
        return state?.ToUpperInvariant() switch
        {
            null => "no state yet",
            RegistryDataset.Open => "open",
            "SIGNOFF" => "signed off",
            "COMPLETED" => "completed",
            _ when string.Equals(state, WaitingForGui, StringComparison.OrdinalIgnoreCase) => "waits for DQM GUI",
            _ => state.ToLower(CultureInfo.InvariantCulture),
        };
    }
}
