using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.Admin.Scripts;

/// <summary>Takes a script out of use, or brings it back.</summary>
[Authorize(Policy = nameof(Permission.ManageScripts))]
public sealed class RetireModel(ScriptKeeper keeper) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Key { get; set; } = "";

    [BindProperty]
    public bool Retired { get; set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await keeper.RetireAsync(Key, Retired, Actor.From(User)!, cancellationToken) is not ScriptResult.Done) return NotFound();
        TempData.Add(new Toast(Retired ? "The script is retired: nobody can start it. Executions stay, and those under way go on." : "The script is back in use."));
        return LocalRedirect("/admin/scripts/" + Uri.EscapeDataString(Key));
    }
}
