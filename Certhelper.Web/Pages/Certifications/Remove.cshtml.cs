using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Core.Storage.Configurations;
using Certhelper.Web.Certify;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Certifications;

/// <summary>Removes a deleted certification for good, after its name was typed.</summary>
[Authorize(Policy = nameof(Permission.RemoveForGood))]
public sealed class RemoveModel(CerthelperDbContext db, CertificationDesk desk) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    [BindProperty]
    public string? TypedName { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    public TrackerCertification Item { get; private set; } = null!;

    public string Name => Item.RunReconstruction!.Name();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken)) return NotFound();
        switch (await desk.RemoveForGoodAsync(Id, TypedName, Why, Actor.From(User)!, cancellationToken))
        {
            case SaveResult.Saved:
                TempData.Add(new Toast($"{Name} is removed for good."));
                return LocalRedirect("/admin/removed");
            case SaveResult.Invalid invalid:
                ModelState.Add("", invalid.Errors);
                break;
            case SaveResult.Refused refused:
                ModelState.AddModelError("", refused.Reason);
                break;
            default:
                return NotFound();
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    /// <summary>Only what is deleted already can be removed.</summary>
    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var item = await db.Certifications.AsNoTracking().IgnoreQueryFilters([Filters.Living])
            .Include(row => row.RunReconstruction).Include(row => row.Owner)
            .SingleOrDefaultAsync(row => row.Id == Id && row.DeletedAt != null, cancellationToken);
        if (item is null) return false;
        Item = item;
        return true;
    }
}
