using Certhelper.Core.People;
using Certhelper.Core.References;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.References;

/// <summary>Asks for the read-out modes that are missing. A job gets them, so that nobody waits for ebutz.</summary>
[Authorize(Policy = nameof(Permission.RefreshFacts))]
public sealed class ModesModel(ApvModeDesk modes) : PageModel
{
    /// <summary>Where signing in again leads to.</summary>
    public IActionResult OnGet() => LocalRedirect("/references");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        TempData.Add(new Toast(await modes.AskForMissingAsync(cancellationToken) switch
        {
            0 => "The read-out mode of all references is known already.",
            1 => "The read-out mode of 1 run is asked for; it arrives in a moment.",
            var many => FormattableString.Invariant($"The read-out modes of {many} runs are asked for; they arrive in a moment."),
        }));
        return LocalRedirect("/references");
    }
}
