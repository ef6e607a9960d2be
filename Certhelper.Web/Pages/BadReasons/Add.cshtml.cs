using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.BadReasons;

/// <summary>Adds a bad reason: from the certify form in a dialog, which gets the reason's id back, or as a page of its own.</summary>
[Authorize(Policy = nameof(Permission.AddBadReasons))]
public sealed class AddModel(CerthelperDbContext db, BadReasonDesk desk) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Description { get; set; }

    public IReadOnlyList<BadReason> Present { get; private set; } = [];

    /// <summary>What happened; null when nothing did yet.</summary>
    public string? Words { get; private set; }

    public bool IsFragment => Request.IsHtmx();

    public async Task OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        switch (await desk.AddAsync(Name, Description, Actor.From(User)!, cancellationToken))
        {
            case BadReasonResult.Listed { Reason: var reason } listed:
                Words = listed.IsNew ? $"“{reason.Name}” is added." : $"“{reason.Name}” was there already.";
                if (IsFragment) return new JsonResult(new { reason.Id, reason.Name, reason.Description, Words = Words + " It is chosen." });
                break;
            case BadReasonResult.Invalid invalid:
                foreach (var error in invalid.Errors) ModelState.AddModelError(error.Field, error.Message);
                Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                break;
            case BadReasonResult.Refused:
                return this.Refuse(Permission.AddBadReasons);
        }

        await LoadAsync(cancellationToken);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken) =>
        Present = await db.BadReasons.AsNoTracking().Where(reason => reason.RetiredAt == null).OrderBy(reason => reason.Position).ThenBy(reason => reason.Name).ToListAsync(cancellationToken);
}
