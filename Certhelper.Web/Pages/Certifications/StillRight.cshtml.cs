using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.Certifications;

/// <summary>A shifter has looked again at what was given back, and the verdict holds.</summary>
[Authorize(Policy = nameof(Permission.Certify))]
public sealed class StillRightModel(CertificationDesk desk) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    /// <summary>Where signing in again leads to.</summary>
    public IActionResult OnGet() => LocalRedirect(Words.CertificationUrl(Id));

    public async Task<IActionResult> OnPostAsync(string? seen, string? why, CancellationToken cancellationToken)
    {
        var result = await desk.AcceptFactsAsync(Id, seen, why, Actor.From(User)!, cancellationToken);
        if (result is SaveResult.NotFound) return NotFound();
        TempData.Add(result switch
        {
            SaveResult.Saved => new Toast("It is noted that the verdict holds with the facts as they are now."),
            SaveResult.Refused refused => new Toast(refused.Reason, IsProblem: true),
            _ => new Toast("Not noted: somebody changed it at the same moment. Look again.", IsProblem: true),
        });
        return LocalRedirect(Words.CertificationUrl(Id));
    }
}
