using Certhelper.Core.Lists;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Certhelper.Web.Reports;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.Reports;

/// <summary>Reports that are kept, the newest days first.</summary>
public sealed class IndexModel(CerthelperDbContext db) : PageModel
{
    private FilterNames names = null!;

    public PageOf<ReportRow> List { get; private set; } = null!;

    public IReadOnlyList<FilterProblem> Problems { get; private set; } = [];

    /// <summary>What was asked, to fill the form with.</summary>
    public IReadOnlyDictionary<string, string> Used { get; private set; } = null!;

    /// <summary>What narrows a report, in words.</summary>
    public string Narrowed(string filter) => CertificationFilter.OfText(filter).Words(names.Of);

    public async Task OnGetAsync([FromQuery(Name = "page")] int? number, CancellationToken cancellationToken)
    {
        var filter = new ReportFilter(Request.Query.Reader());
        (Problems, Used) = (filter.Problems, filter.Used);
        List = await filter.PageAsync(db, number, Paging.Size, cancellationToken);
        names = await FilterNames.ReadAsync(db, List.Items.Select(row => CertificationFilter.OfText(row.Filter)), cancellationToken);
    }
}
