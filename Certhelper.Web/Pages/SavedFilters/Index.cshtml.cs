using Certhelper.Core.People;
using Certhelper.Web.Lists;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.SavedFilters;

/// <summary>The filters that a person keeps: rename, share, delete. Lists save to it.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class IndexModel(SavedFilterDesk desk) : PageModel
{
    public IReadOnlyList<SavedFilter> Mine { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => Mine = await desk.OfAsync(Me, cancellationToken);

    public async Task<IActionResult> OnPostSaveAsync(string? list, string? name, string? query, bool shared, CancellationToken cancellationToken)
    {
        Say(await desk.SaveAsync(Me, list, name, query, shared, cancellationToken), $"The filter \"{name?.Trim()}\" is kept.");
        // Back to where it was saved, by what the list knows and nothing else.
        return list is not null && KnownLists.All.Contains(list)
            ? LocalRedirect($"{KnownLists.Path(list)}?{SavedFilterDesk.Known(list, query)}")
            : RedirectToPage();
    }

    public async Task<IActionResult> OnPostChangeAsync(int id, string? name, bool shared, CancellationToken cancellationToken)
    {
        Say(await desk.ChangeAsync(Me, id, name, shared, cancellationToken), "The filter was changed.");
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostDeleteAsync(int id, CancellationToken cancellationToken)
    {
        Say(await desk.DeleteAsync(Me, id, cancellationToken), "The filter was deleted.");
        return RedirectToPage();
    }

    private int Me => User.UserId() ?? 0;

    private void Say(string? problem, string done) => TempData.Add(new Toast(problem ?? done, IsProblem: problem is not null));
}
