using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Core.Storage.Configurations;
using Certhelper.Web.Certify;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Certifications;

/// <summary>Removes a deleted certification for good, after its name was typed.</summary>
[Authorize(Policy = nameof(Permission.RemoveForGood))]
public sealed class RemoveModel(CerthelperDbContext db, CertificationDesk desk) : CertificationActPage
{
    [BindProperty]
    public string? TypedName { get; set; }

    // Only what is deleted already can be removed.
    private IQueryable<TrackerCertification> Deleted => db.Certifications.IgnoreQueryFilters([Filters.Living]).Where(row => row.DeletedAt != null);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(Deleted, cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(Deleted, cancellationToken)) return NotFound();
        var result = await desk.RemoveForGoodAsync(Id, TypedName, Why, Actor.From(User)!, cancellationToken);
        if (result is not SaveResult.Saved) return NotDone(result, "remove it");
        TempData.Add(new Toast($"{Name} is removed for good."));
        return LocalRedirect("/admin/removed");
    }
}
