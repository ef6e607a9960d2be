using Certhelper.Core.Lists;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.Certifications;

/// <summary>All certifications, with filters and what the filtered ones amount to.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class IndexModel(CerthelperDbContext db, CertificationList list, TimeProvider time) : PageModel
{
    public CertificationFilter Filter { get; private set; } = null!;

    public Sorting Sorting { get; private set; } = null!;

    public IReadOnlyList<ListColumn<CertificationRow>> Columns { get; private set; } = [];

    public PageOf<CertificationRow> List { get; private set; } = null!;

    public Totals Totals { get; private set; } = Totals.None;

    public ListChoices Choices { get; private set; } = null!;

    public ListTools Tools => new(
        KnownLists.Certifications, Filter, Choices, CertificationColumns.All, [.. Columns.Select(column => column.Key)], List.Total, Totals)
    {
        InFile = [.. CertificationColumns.Identified(Columns).Select(column => column.Key)],
    };

    public async Task OnGetAsync([FromQuery(Name = "page")] int? number, int? size, string? sort, CancellationToken cancellationToken)
    {
        Filter = CertificationFilter.Read(Request.Query.Reader(), ExperimentDay.Today(time), User.May(Permission.DeleteCertifications));
        Sorting = CertificationColumns.Sorts.Parse(sort);
        Columns = ColumnChoice.Of(HttpContext, KnownLists.Certifications, CertificationColumns.All);
        (List, Totals) = await list.PageAsync(Filter, Sorting, number, Paging.SizeOf(size), cancellationToken);
        Choices = await ListChoices.ReadAsync(db, KnownLists.Certifications, User.UserId(), cancellationToken);
    }

    public bool MayEdit(CertificationRow item) =>
        item.DeletedAt is null
        && ((item.OwnerId == User.UserId() && User.May(Permission.Certify)) || User.May(Permission.EditOthersCertifications));
}
