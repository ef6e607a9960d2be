using Certhelper.Core.Checklists;
using Certhelper.Core.People;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.Admin.Checklists;

/// <summary>Takes a checklist out of use, or brings it back.</summary>
[Authorize(Policy = nameof(Permission.ManageChecklists))]
public sealed class RetireModel(ChecklistKeeper keeper) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Key { get; set; } = "";

    [BindProperty]
    public bool Retired { get; set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await keeper.RetireAsync(Key, Retired, Actor.From(User)!, cancellationToken) is not ChecklistResult.Done) return NotFound();
        TempData.Add(new Toast(Retired ? "The checklist is retired: it is not asked any more. Its answers stay." : "The checklist is back in use."));
        return LocalRedirect("/admin/checklists/" + Uri.EscapeDataString(Key));
    }
}
