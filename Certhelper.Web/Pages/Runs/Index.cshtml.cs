using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Runs;

/// <summary>All runs that are known here, with filters.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class IndexModel(CerthelperDbContext db) : PageModel
{
    private static readonly SortTable<Run> Columns = new(new Sorting("run", Descending: true), new Dictionary<string, Func<IQueryable<Run>, bool, IOrderedQueryable<Run>>>
    {
        ["run"] = SortColumns.By<Run, int>(run => run.RunNumber),
        ["start"] = SortColumns.By<Run, DateTimeOffset?>(run => run.StartTime == null, run => run.StartTime),
        ["fill"] = SortColumns.By<Run, int?>(run => run.FillNumber == null, run => run.FillNumber),
        ["ls"] = SortColumns.By<Run, int?>(run => run.Lumisections == null, run => run.Lumisections),
        ["lumi"] = SortColumns.By<Run, double?>(run => run.RecordedLumiInvPb == null, run => run.RecordedLumiInvPb),
    });

    /// <summary>One run in the list.</summary>
    public sealed record Row(
        int RunNumber, RunType? Type, string? Era, DateTimeOffset? StartTime, int? FillNumber, int? Lumisections,
        double? RecordedLumiInvPb, double? BFieldTesla, double? EnergyGev, IReadOnlyList<Verdict> Verdicts);

    /// <summary>What a reconstruction of the run is certified as.</summary>
    public sealed record Verdict(Reconstruction Reconstruction, int CertificationId, bool Good);

    [BindProperty(SupportsGet = true)]
    public RunType? Type { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Era { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Fill { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Runs { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    public string? RunsProblem { get; private set; }

    public Sorting Sorting { get; private set; } = null!;

    public PageOf<Row> List { get; private set; } = null!;

    public IReadOnlyList<string> Eras { get; private set; } = [];

    public IReadOnlyList<FilterChip> Chips { get; private set; } = [];

    public async Task OnGetAsync([FromQuery(Name = "page")] int? number, CancellationToken cancellationToken)
    {
        Sorting = Columns.Parse(Sort);
        var runs = await Columns.Apply(Filtered(), Sorting).ThenByDescending(run => run.RunNumber)
            .Select(run => new Row(
                run.RunNumber, run.Type, run.Era, run.StartTime, run.FillNumber, run.Lumisections, run.RecordedLumiInvPb, run.BFieldTesla, run.EnergyGev, new Verdict[0]))
            .PageAsync(number, cancellationToken);
        var shown = runs.Items.Select(run => run.RunNumber).ToList();
        var certifications = await db.Certifications.AsNoTracking()
            .Include(item => item.RunReconstruction).ThenInclude(item => item!.Run)
            .Where(item => shown.Contains(item.RunReconstruction!.RunNumber))
            .ToListAsync(cancellationToken);
        var verdicts = certifications.ToLookup(
            item => item.RunReconstruction!.RunNumber,
            item => new Verdict(item.RunReconstruction!.Reconstruction, item.Id, VerdictRule.IsGood(item)));
        List = runs with { Items = [.. runs.Items.Select(run => run with { Verdicts = [.. verdicts[run.RunNumber].OrderBy(verdict => verdict.Reconstruction)] })] };
        Eras = await db.Runs.Where(run => run.Era != null).Select(run => run.Era!).Distinct().OrderByDescending(era => era).ToListAsync(cancellationToken);
        Chips = [.. ChipsOf()];
    }

    private IQueryable<Run> Filtered()
    {
        var query = db.Runs.AsNoTracking();
        if (Type is { } type) query = query.Where(run => run.Type == type);
        if (!string.IsNullOrWhiteSpace(Era)) query = query.Where(run => run.Era == Era.Trim());
        if (Fill is { } fill) query = query.Where(run => run.FillNumber == fill);
        var selection = RunSelection.Parse(Runs, out var problem);
        RunsProblem = problem;
        return selection is null ? query : selection.Apply(query, run => run.RunNumber);
    }

    private IEnumerable<FilterChip> ChipsOf()
    {
        if (Type is { } type) yield return new FilterChip(type.ToString(), Request.With(("type", null)));
        if (!string.IsNullOrWhiteSpace(Era)) yield return new FilterChip("Era " + Era, Request.With(("era", null)));
        if (Fill is { } fill) yield return new FilterChip(FormattableString.Invariant($"Fill {fill}"), Request.With(("fill", null)));
        if (!string.IsNullOrWhiteSpace(Runs)) yield return new FilterChip("Runs " + Runs, Request.With(("runs", null)));
    }
}
