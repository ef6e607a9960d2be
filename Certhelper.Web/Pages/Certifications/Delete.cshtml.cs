using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Web.Certify;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Certhelper.Web.Pages.Certifications;

/// <summary>Asks why before it deletes. It can be undone, so nothing more is asked.</summary>
[Authorize(Policy = nameof(Permission.DeleteCertifications))]
public sealed class DeleteModel(CerthelperDbContext db, CertificationDesk desk) : CertificationActPage
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(db.Certifications, cancellationToken)) return NotFound();
        Version = Item.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(db.Certifications, cancellationToken)) return NotFound();
        if (string.IsNullOrWhiteSpace(Why)) return Mistake(nameof(Why), "Say why; it stays in the history.");
        var result = await desk.DeleteAsync(Id, Version, Why, Actor.From(User)!, cancellationToken);
        if (result is not SaveResult.Saved) return NotDone(result, "delete it");
        TempData.Add(new Toast($"{Name} is deleted.", UndoUrl: Words.CertificationUrl(Id) + "/restore"));
        return LocalRedirect("/certifications");
    }
}
