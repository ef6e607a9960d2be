using Certhelper.Core.Checklists;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Admin.Checklists;

/// <summary>All checklists: where they are asked, in which version, and how often they were answered.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class IndexModel(CerthelperDbContext db) : PageModel
{
    public sealed record Row(
        string Key, string Title, bool OnForm, DateTimeOffset? RetiredAt, int? Number, DateTimeOffset? At, string? ByName, ChecklistContent? Content, int Answers);

    public IReadOnlyList<Row> Lists { get; private set; } = [];

    public bool HasShiftLeaders => Lists.Any(list => list.Key == "shiftleader");

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var lists = await db.Checklists
            .OrderBy(list => list.RetiredAt != null).ThenBy(list => list.Position).ThenBy(list => list.Id)
            .Select(list => new
            {
                list.Key,
                list.Title,
                list.OnForm,
                list.RetiredAt,
                Last = list.Versions.OrderByDescending(version => version.Number)
                    .Select(version => new { version.Number, version.CreatedAt, ByName = version.CreatedBy == null ? null : version.CreatedBy.Name, version.Content })
                    .FirstOrDefault(),
                Answers = db.ChecklistAnswers.Count(answer => answer.ChecklistVersion!.ChecklistId == list.Id),
            })
            .ToListAsync(cancellationToken);
        Lists = [.. lists.Select(list => new Row(
            list.Key, list.Title, list.OnForm, list.RetiredAt, list.Last?.Number, list.Last?.CreatedAt, list.Last?.ByName, list.Last?.Content, list.Answers))];
    }
}
