using Certhelper.Core.People;
using Certhelper.Core.References;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.References;

/// <summary>Asks ebutz for the read-out modes that are missing, and says how many came.</summary>
[Authorize(Policy = nameof(Permission.RefreshFacts))]
public sealed class ModesModel(ApvModeDesk modes) : PageModel
{
    /// <summary>Ask about those that are known too.</summary>
    [BindProperty]
    public bool All { get; set; }

    /// <summary>Where signing in again leads to.</summary>
    public IActionResult OnGet() => LocalRedirect("/references");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var result = await modes.RefreshAsync(All, cancellationToken);
        TempData.Add(new Toast(result.InWords, IsProblem: result.Failed > 0));
        return LocalRedirect("/references");
    }
}
