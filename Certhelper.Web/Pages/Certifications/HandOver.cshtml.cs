using System.Globalization;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Web.Certify;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Certifications;

/// <summary>Gives a certification to somebody else: one's own, or anybody's by those who may change it.</summary>
[Authorize(Policy = nameof(Permission.Certify))]
public sealed class HandOverModel(CerthelperDbContext db, CertificationDesk desk) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    [BindProperty]
    public int? ToUserId { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    [BindProperty]
    public uint Version { get; set; }

    public TrackerCertification Item { get; private set; } = null!;

    public IReadOnlyList<SelectListItem> People { get; private set; } = [];

    public string Name => Item.RunReconstruction!.Name();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } answer) return answer;
        Version = Item.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } answer) return answer;
        if (ToUserId is not { } to)
        {
            ModelState.AddModelError(nameof(ToUserId), "Choose who gets it.");
            return Again(StatusCodes.Status422UnprocessableEntity);
        }

        switch (await desk.HandOverAsync(Id, Version, to, Why, Actor.From(User)!, cancellationToken))
        {
            case SaveResult.Saved:
                TempData.Add(new Toast($"{Name} is handed over."));
                return LocalRedirect(Words.CertificationUrl(Id));
            case SaveResult.Invalid invalid:
                ModelState.Add("", invalid.Errors);
                return Again(StatusCodes.Status422UnprocessableEntity);
            case SaveResult.Conflict conflict:
                ModelState.AddModelError("", $"{conflict.ChangedBy ?? "A background job"} changed this certification since you opened the page. Look at it again before you hand it over.");
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

    private async Task<IActionResult?> LoadAsync(CancellationToken cancellationToken)
    {
        var item = await db.Certifications.AsNoTracking().Include(row => row.RunReconstruction).Include(row => row.Owner)
            .SingleOrDefaultAsync(row => row.Id == Id, cancellationToken);
        if (item is null) return NotFound();
        Item = item;
        if (item.OwnerId != User.UserId() && !User.May(Permission.EditOthersCertifications))
        {
            HttpContext.Refuse(Permission.EditOthersCertifications);
            return Forbid();
        }

        var people = await db.Users.AsNoTracking().Where(user => user.Id != item.OwnerId).OrderBy(user => user.Name).ToListAsync(cancellationToken);
        People = [.. people.Where(user => PermissionTable.Allows(user.Roles, Permission.Certify)).Select(user => new SelectListItem($"{user.Name} ({user.Login})", user.Id.ToString(CultureInfo.InvariantCulture)))];
        return null;
    }
}
