using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.Runs;

/// <summary>All runs that are known here, with filters.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class IndexModel(CerthelperDbContext db, RunList list, TimeProvider time) : PageModel
{
    public RunFilter Filter { get; private set; } = null!;

    public Sorting Sorting { get; private set; } = null!;

    public IReadOnlyList<ListColumn<RunRow>> Columns { get; private set; } = [];

    public PageOf<RunRow> List { get; private set; } = null!;

    public Totals Totals { get; private set; } = Totals.None;

    public ListChoices Choices { get; private set; } = null!;

    public ListTools Tools => new(KnownLists.Runs, Filter, Choices, RunColumns.All, [.. Columns.Select(column => column.Key)], List.Total, Totals);

    public async Task OnGetAsync([FromQuery(Name = "page")] int? number, int? size, string? sort, CancellationToken cancellationToken)
    {
        Filter = RunFilter.Read(Request.Query, ExperimentDay.Today(time));
        Sorting = RunColumns.Sorts.Parse(sort);
        Columns = ColumnChoice.Of(HttpContext, KnownLists.Runs, RunColumns.All);
        (List, Totals) = await list.PageAsync(Filter, Sorting, number, Paging.SizeOf(size), cancellationToken);
        Choices = await ListChoices.ReadAsync(db, KnownLists.Runs, User.UserId(), cancellationToken);
    }
}
