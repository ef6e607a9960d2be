using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.Certifications;

/// <summary>Takes a deletion back.</summary>
[Authorize(Policy = nameof(Permission.DeleteCertifications))]
public sealed class RestoreModel(CertificationDesk desk) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    /// <summary>Where signing in again leads to.</summary>
    public IActionResult OnGet() => LocalRedirect(Words.CertificationUrl(Id));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        switch (await desk.RestoreAsync(Id, Actor.From(User)!, cancellationToken))
        {
            case SaveResult.Saved:
                TempData.Add(new Toast("The certification is restored."));
                break;
            case SaveResult.AlreadyCertified other:
                TempData.Add(new Toast($"Not restored: {other.ByName} has certified the run again meanwhile.", IsProblem: true));
                return LocalRedirect(Words.CertificationUrl(other.Id));
            case SaveResult.Conflict:
                TempData.Add(new Toast("Not restored: somebody changed it at the same moment. Look again.", IsProblem: true));
                break;
            case SaveResult.Refused refused:
                TempData.Add(new Toast(refused.Reason, IsProblem: true));
                break;
            default:
                return NotFound();
        }

        return LocalRedirect(Words.CertificationUrl(Id));
    }
}
