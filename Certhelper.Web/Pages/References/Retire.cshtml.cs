using System.Globalization;
using Certhelper.Core.People;
using Certhelper.Core.References;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.References;

/// <summary>Takes a reference out of the choice, with a reason.</summary>
[Authorize(Policy = nameof(Permission.ManageReferences))]
public sealed class RetireModel(CerthelperDbContext db, ReferenceDesk desk) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public uint Version { get; set; }

    public string Name { get; private set; } = "";

    public int Used { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is not { } reference) return NotFound();
        Version = reference.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is not { } reference) return NotFound();
        if (string.IsNullOrWhiteSpace(Reason)) ModelState.AddModelError(nameof(Reason), "Say why; it is shown beside the reference.");
        else if (Reason.Length > ReferenceDesk.ReasonLength) ModelState.AddModelError(nameof(Reason), "Say it in at most 500 characters.");
        if (!ModelState.IsValid) return Again(StatusCodes.Status422UnprocessableEntity);

        switch (await desk.RetireAsync(Id, Version, Reason!, Actor.From(User)!, cancellationToken))
        {
            case ReferenceResult.Done:
                TempData.Add(new Toast($"{Name} is retired. Certifications that used it keep it."));
                return LocalRedirect("/references");
            case ReferenceResult.Conflict:
                ModelState.AddModelError("", "Somebody changed this reference since you opened the page. Look again before you retire it.");
                ModelState.Remove(nameof(Version));
                Version = reference.Version;
                return Again(StatusCodes.Status409Conflict);
            case ReferenceResult.Refused refused:
                ModelState.AddModelError("", refused.Reason);
                return Again(StatusCodes.Status422UnprocessableEntity);
            default:
                return NotFound();
        }
    }

    private PageResult Again(int status)
    {
        ViewData["NotYet"] = "Not done yet";
        Response.StatusCode = status;
        return Page();
    }

    private async Task<Reference?> LoadAsync(CancellationToken cancellationToken)
    {
        var reference = await db.References.AsNoTracking().Include(row => row.RunReconstruction)
            .SingleOrDefaultAsync(row => row.Id == Id && row.RetiredAt == null, cancellationToken);
        if (reference is null) return null;
        Name = string.Create(CultureInfo.InvariantCulture, $"{reference.RunReconstruction!.RunNumber} {reference.RunReconstruction.Reconstruction.Code()}");
        Used = await db.Certifications.CountAsync(item => item.ReferenceId == Id, cancellationToken);
        return reference;
    }
}
