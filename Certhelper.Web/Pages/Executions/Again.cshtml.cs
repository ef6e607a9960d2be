using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Certhelper.Web.Executions;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Executions;

/// <summary>Runs a script once more with the same values, as the script is defined now.</summary>
[Authorize(Policy = nameof(Permission.RunScripts))]
public sealed class AgainModel(CerthelperDbContext db, ExecutionDesk desk) : PageModel
{
    [FromRoute(Name = "id")]
    public long Id { get; set; }

    /// <summary>Where signing in again leads to.</summary>
    public IActionResult OnGet() => LocalRedirect(ExecutionWords.Url(Id));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var before = await db.Executions.AsNoTracking().Where(item => item.Id == Id && item.Kind == ExecutionKind.Run)
            .Select(item => new { item.Script!.Key, item.Arguments }).SingleOrDefaultAsync(cancellationToken);
        if (before is null) return NotFound();
        var values = before.Arguments.ToDictionary(pair => pair.Key, pair => (string?)pair.Value);
        switch (await desk.StartAsync(before.Key, values, Id, Actor.From(User)!, cancellationToken))
        {
            case StartResult.Started started:
                return LocalRedirect(ExecutionWords.Url(started.Id));
            case StartResult.UnderWay underWay:
                TempData.Add(new Toast("The same is under way already: nothing was started, here it is."));
                return LocalRedirect(ExecutionWords.Url(underWay.Id));
            case StartResult.Invalid:
                TempData.Add(new Toast("The script takes other values now. Nothing was started; look at them and run it.", IsProblem: true));
                return LocalRedirect(ExecutionWords.FormUrl(before.Key, before.Arguments));
            case StartResult.Refused refused:
                TempData.Add(new Toast($"Only {RoleWords.OneOf(refused.Roles)} may run this script. Nothing was started.", IsProblem: true));
                return LocalRedirect(ExecutionWords.Url(Id));
            case StartResult.SwitchedOff:
                TempData.Add(new Toast("Starting scripts is switched off. Nothing was started.", IsProblem: true));
                return LocalRedirect(ExecutionWords.Url(Id));
            default:
                TempData.Add(new Toast("This script has been taken out of use. Nothing was started.", IsProblem: true));
                return LocalRedirect(ExecutionWords.Url(Id));
        }
    }
}
