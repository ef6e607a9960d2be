using System.Text.Json;
using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Certhelper.Web.Executions;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.Executions;

/// <summary>Asks for the end of an execution. Asking twice does no harm.</summary>
[Authorize(Policy = nameof(Permission.RunScripts))]
public sealed class StopModel(ExecutionDesk desk) : PageModel
{
    [FromRoute(Name = "id")]
    public long Id { get; set; }

    /// <summary>Where signing in again leads to.</summary>
    public IActionResult OnGet() => LocalRedirect(ExecutionWords.Url(Id));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var result = await desk.StopAsync(Id, Actor.From(User)!, cancellationToken);
        if (result == StopResult.NotFound) return NotFound();
        if (result == StopResult.Refused)
        {
            HttpContext.Refuse(Permission.StopOthersExecutions);
            return StatusCode(StatusCodes.Status403Forbidden);
        }

        var toast = new Toast(result switch
        {
            StopResult.Asked => "It is being stopped: its processes on the host are asked to end, and killed after some seconds. What ended is told here.",
            StopResult.NeverBegun => "Stopped before it had begun; nothing was done on the host.",
            _ => "It had ended before.",
        });
        if (!Request.IsHtmx())
        {
            TempData.Add(toast);
            return LocalRedirect(ExecutionWords.Url(Id));
        }

        Response.Headers["HX-Trigger"] = JsonSerializer.Serialize(new Dictionary<string, string> { ["say"] = toast.Text });
        return StatusCode(StatusCodes.Status204NoContent);
    }
}
