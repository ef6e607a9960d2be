using Certhelper.Core.People;
using Certhelper.Core.References;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.Certifications;

/// <summary>Makes the run reconstruction of a good certification a reference.</summary>
[Authorize(Policy = nameof(Permission.ManageReferences))]
public sealed class PromoteModel(ReferenceDesk desk) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    /// <summary>Where signing in again leads to.</summary>
    public IActionResult OnGet() => LocalRedirect(Words.CertificationUrl(Id));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        switch (await desk.PromoteAsync(Id, Actor.From(User)!, cancellationToken))
        {
            case ReferenceResult.Done:
                TempData.Add(new Toast("It is a reference now and can be chosen in certifications."));
                break;
            case ReferenceResult.AlreadyReference:
                TempData.Add(new Toast("It was a reference already."));
                break;
            case ReferenceResult.Refused refused:
                TempData.Add(new Toast(refused.Reason, IsProblem: true));
                break;
            case ReferenceResult.Conflict:
                TempData.Add(new Toast("Somebody changed the reference at the same moment. Look again.", IsProblem: true));
                break;
            default:
                return NotFound();
        }

        return LocalRedirect(Words.CertificationUrl(Id));
    }
}
