using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Core.Storage.Configurations;
using Certhelper.Web.Administration;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Admin.Choices;

/// <summary>One of the short lists, with how often each entry is named.</summary>
[Authorize(Policy = nameof(Permission.ManageChoices))]
public sealed class IndexModel(CerthelperDbContext db) : PageModel
{
    public sealed record Row(int Id, string Name, string Description, Component? Component, int Position, DateTimeOffset? RetiredAt, int Used);

    [BindProperty(SupportsGet = true)]
    public string List { get; set; } = "";

    public ChoiceList Of => ChoiceList.Of(List);

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>Deleted certifications count too: they may come back.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var certifications = db.Certifications.IgnoreQueryFilters([Filters.Living]);
        var rows = Of.OfComponents
            ? db.ComponentProblems.Select(item => new { item.Id, item.Name, item.Description, Component = (Component?)item.Component, item.Position, item.RetiredAt, Used = certifications.Count(one => one.Problems.Any(problem => problem.Id == item.Id)) })
            : db.BadReasons.Select(item => new { item.Id, item.Name, item.Description, Component = (Component?)null, item.Position, item.RetiredAt, Used = certifications.Count(one => one.BadReasonId == item.Id) });
        var found = await rows.ToListAsync(cancellationToken);
        Rows = [.. found.OrderBy(row => row.RetiredAt is not null).ThenBy(row => row.Component).ThenBy(row => row.Position).ThenBy(row => row.Name, StringComparer.OrdinalIgnoreCase)
            .Select(row => new Row(row.Id, row.Name, row.Description, row.Component, row.Position, row.RetiredAt, row.Used))];
    }
}
