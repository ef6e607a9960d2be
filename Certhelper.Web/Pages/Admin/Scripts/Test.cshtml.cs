using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.Admin.Scripts;

/// <summary>Starts a test of a script's connection, which is an execution that runs nothing of the script.</summary>
[Authorize(Policy = nameof(Permission.ManageScripts))]
public sealed class TestModel(ExecutionDesk desk) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Key { get; set; } = "";

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        switch (await desk.TestAsync(Key, Actor.From(User)!, cancellationToken))
        {
            case StartResult.Started started:
                return To(started.Id);
            case StartResult.UnderWay same:
                TempData.Add(new Toast("The connection is being tested already: this is that test."));
                return To(same.Id);
            case StartResult.SwitchedOff:
                TempData.Add(new Toast("Starting scripts is switched off. Nothing was tested.", IsProblem: true));
                return LocalRedirect("/admin/scripts/" + Uri.EscapeDataString(Key));
            case StartResult.Refused:
                return this.Refuse(Permission.ManageScripts);
            default:
                return NotFound();
        }
    }

    private LocalRedirectResult To(long id) => LocalRedirect(FormattableString.Invariant($"/executions/{id}"));
}
