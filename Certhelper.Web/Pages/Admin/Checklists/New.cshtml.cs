using Certhelper.Core.Checklists;
using Certhelper.Core.People;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.Admin.Checklists;

/// <summary>Makes a checklist.</summary>
[Authorize(Policy = nameof(Permission.ManageChecklists))]
public sealed class NewModel(ChecklistKeeper keeper) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Key { get; set; }

    [BindProperty]
    public string? Heading { get; set; }

    public void OnGet() => Heading = Key == "shiftleader" ? "Shift leader" : null;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        switch (await keeper.CreateAsync(Key, Heading, Actor.From(User)!, cancellationToken))
        {
            case ChecklistResult.Done done:
                return LocalRedirect($"/admin/checklists/{done.Key}/edit");
            case ChecklistResult.Invalid invalid:
                foreach (var error in invalid.Errors) ModelState.AddModelError(error.Field == "Title" ? nameof(Heading) : error.Field, error.Message);
                return this.Again(StatusCodes.Status422UnprocessableEntity);
            default:
                return this.Refuse(Permission.ManageChecklists);
        }
    }
}
