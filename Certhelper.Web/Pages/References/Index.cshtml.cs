using Certhelper.Core.People;
using Certhelper.Core.References;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.References;

/// <summary>The runs that others are compared with, and under which conditions they were taken.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class IndexModel(CerthelperDbContext db, ListCache cache, TimeProvider time) : PageModel
{
    /// <summary>How long a question to the job is called fresh; after that the page says that no worker has taken it.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly SortTable<Reference> columns = new(new Sorting("run", Descending: true), new Dictionary<string, Func<IQueryable<Reference>, bool, IOrderedQueryable<Reference>>>
    {
        ["run"] = SortColumns.By<Reference, int>(item => item.RunReconstruction!.RunNumber),
        ["era"] = SortColumns.By<Reference, string?>(item => item.RunReconstruction!.Run!.Era == null, item => item.RunReconstruction!.Run!.Era),
        ["field"] = SortColumns.By<Reference, double?>(item => item.RunReconstruction!.Run!.BFieldTesla == null, item => item.RunReconstruction!.Run!.BFieldTesla),
        ["energy"] = SortColumns.By<Reference, double?>(item => item.RunReconstruction!.Run!.EnergyGev == null, item => item.RunReconstruction!.Run!.EnergyGev),
        ["pileup"] = SortColumns.By<Reference, double?>(item => item.RunReconstruction!.Run!.Fill!.PeakPileup == null, item => item.RunReconstruction!.Run!.Fill!.PeakPileup),
        ["bunches"] = SortColumns.By<Reference, int?>(item => item.RunReconstruction!.Run!.Fill!.BunchesColliding == null, item => item.RunReconstruction!.Run!.Fill!.BunchesColliding),
        ["ls"] = SortColumns.By<Reference, int?>(item => item.RunReconstruction!.Run!.Lumisections == null, item => item.RunReconstruction!.Run!.Lumisections),
        ["lumi"] = SortColumns.By<Reference, double?>(item => item.RunReconstruction!.Run!.RecordedLumiInvPb == null, item => item.RunReconstruction!.Run!.RecordedLumiInvPb),
        ["taken"] = SortColumns.By<Reference, DateTimeOffset?>(item => item.RunReconstruction!.Run!.StartTime == null, item => item.RunReconstruction!.Run!.StartTime),
        ["used"] = SortColumns.By<Reference, int>(item => db.Certifications.Count(one => one.ReferenceId == item.Id)),
    });

    /// <summary>Show the retired ones instead of those that can be chosen.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Retired { get; set; }

    [BindProperty(SupportsGet = true)]
    public RunType? Type { get; set; }

    /// <summary>Code of a reconstruction.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Reconstruction { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Era { get; set; }

    [BindProperty(SupportsGet = true)]
    public ApvMode? Apv { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Runs { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    public string? RunsProblem { get; private set; }

    public Sorting Sorting { get; private set; } = null!;

    public PageOf<Reference> List { get; private set; } = null!;

    /// <summary>How many certifications use each; without an entry, none does.</summary>
    public IReadOnlyDictionary<int, int> Used { get; private set; } = new Dictionary<int, int>();

    /// <summary>How the search for missing read-out modes stands.</summary>
    public ApvModesState Modes { get; private set; } = null!;

    /// <summary>Asked for so long ago that no worker seems to be there.</summary>
    public bool ModesAreLate => Modes.IsAsked && time.GetUtcNow() - Modes.AskedAt > Fresh;

    public IReadOnlyList<string> Eras { get; private set; } = [];

    public IReadOnlyList<FilterChip> Chips { get; private set; } = [];

    public async Task OnGetAsync([FromQuery(Name = "page")] int? number, CancellationToken cancellationToken)
    {
        Sorting = columns.Parse(Sort);
        List = await columns.Apply(Filtered(), Sorting).ThenBy(reference => reference.Id)
            .Include(reference => reference.RetiredBy)
            .Include(reference => reference.RunReconstruction).ThenInclude(of => of!.Run).ThenInclude(run => run!.Fill)
            .PageAsync(number, cancellationToken);
        (Eras, Used) = await AllAsync(cancellationToken);
        Modes = await ApvModesMarks.ReadAsync(db, cancellationToken);
        Chips = [.. ChipsOf()];
    }

    // Counting is work that grows with every certification; a few references are used by most of them.
    private async Task<Shelf> AllAsync(CancellationToken cancellationToken)
    {
        var state = await DataState.ReadAsync(db, cancellationToken);
        return await cache.GetAsync(
            $"references {state.Certifications} {state.Runs}",
            async () =>
            {
                var all = await db.References
                    .Select(item => new { item.Id, item.RunReconstruction!.Run!.Era, Used = db.Certifications.Count(one => one.ReferenceId == item.Id) })
                    .ToListAsync(cancellationToken);
                return new Shelf(
                    [.. all.Select(item => item.Era).OfType<string>().Distinct().OrderByDescending(era => era, StringComparer.Ordinal)],
                    all.ToDictionary(item => item.Id, item => item.Used));
            },
            shelf => (24 * shelf.Used.Count) + (100 * shelf.Eras.Count));
    }

    /// <summary>What is the same for every filter.</summary>
    private sealed record Shelf(IReadOnlyList<string> Eras, IReadOnlyDictionary<int, int> Used);

    private IQueryable<Reference> Filtered()
    {
        var query = db.References.AsNoTracking().Where(item => Retired ? item.RetiredAt != null : item.RetiredAt == null);
        if (Type is { } type) query = query.Where(item => item.RunReconstruction!.Run!.Type == type);
        if (Reconstructions.TryParse(Reconstruction, out var reconstruction)) query = query.Where(item => item.RunReconstruction!.Reconstruction == reconstruction);
        // PostgreSQL takes no NUL, and no era has one.
        var era = Era?.Replace("\0", "", StringComparison.Ordinal).Trim();
        if (!string.IsNullOrEmpty(era)) query = query.Where(item => item.RunReconstruction!.Run!.Era == era);
        if (Apv is { } apv) query = query.Where(item => item.RunReconstruction!.Run!.ApvMode == apv);
        var selection = RunSelection.Parse(Runs, out var problem);
        RunsProblem = problem;
        return selection is null ? query : selection.Apply(query, item => item.RunReconstruction!.RunNumber);
    }

    private IEnumerable<FilterChip> ChipsOf()
    {
        if (Type is { } type) yield return new FilterChip(type.ToString(), Request.With(("type", null)));
        if (Reconstructions.TryParse(Reconstruction, out var reconstruction)) yield return new FilterChip(reconstruction.Title(), Request.With(("reconstruction", null)));
        if (!string.IsNullOrWhiteSpace(Era)) yield return new FilterChip("Era " + Era, Request.With(("era", null)));
        if (Apv is { } apv) yield return new FilterChip("APV " + Words.Of(apv), Request.With(("apv", null)));
        if (!string.IsNullOrWhiteSpace(Runs)) yield return new FilterChip("Runs " + Runs, Request.With(("runs", null)));
    }
}
