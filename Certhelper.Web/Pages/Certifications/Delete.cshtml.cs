using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Certifications;

/// <summary>Asks why before it deletes. It can be undone, so nothing more is asked.</summary>
[Authorize(Policy = nameof(Permission.DeleteCertifications))]
public sealed class DeleteModel(CerthelperDbContext db, CertificationDesk desk) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    [BindProperty]
    public uint Version { get; set; }

    public TrackerCertification Item { get; private set; } = null!;

    public string Name => Item.RunReconstruction!.Name();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken)) return NotFound();
        Version = Item.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken)) return NotFound();
        if (string.IsNullOrWhiteSpace(Why)) ModelState.AddModelError(nameof(Why), "Say why; it stays in the history.");
        if (!ModelState.IsValid) return Again(StatusCodes.Status422UnprocessableEntity);

        switch (await desk.DeleteAsync(Id, Version, Why, Actor.From(User)!, cancellationToken))
        {
            case SaveResult.Saved:
                TempData.Add(new Toast($"{Name} is deleted.", UndoUrl: Words.CertificationUrl(Id) + "/restore"));
                return LocalRedirect("/certifications");
            case SaveResult.Conflict conflict:
                ModelState.AddModelError("", $"{conflict.ChangedBy ?? "A background job"} changed this certification since you opened the page. Look at it again before you delete it.");
                ModelState.Remove(nameof(Version));
                Version = conflict.CurrentVersion;
                return Again(StatusCodes.Status409Conflict);
            case SaveResult.Refused refused:
                ModelState.AddModelError("", refused.Reason);
                return Again(StatusCodes.Status422UnprocessableEntity);
            default:
                return NotFound();
        }
    }

    private PageResult Again(int status)
    {
        Response.StatusCode = status;
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var item = await db.Certifications.AsNoTracking().Include(row => row.RunReconstruction).Include(row => row.Owner)
            .SingleOrDefaultAsync(row => row.Id == Id, cancellationToken);
        if (item is null) return false;
        Item = item;
        return true;
    }
}
