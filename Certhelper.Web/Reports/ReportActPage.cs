using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Reports;

/// <summary>An act on a report that is one button; it leads back to the report.</summary>
public abstract class ReportActPage : PageModel
{
    /// <summary>There is nothing to see here: the button is on the report.</summary>
    public IActionResult OnGet(int id) => LocalRedirect(ReportWords.Url(id));

    public async Task<IActionResult> OnPostAsync(int id, uint? version, CancellationToken cancellationToken)
    {
        // Without a version nobody has looked at the report: that is a conflict like any other.
        switch (await ActAsync(id, version ?? 0, Actor.From(User)!, cancellationToken))
        {
            case ReportResult.Done done:
                TempData.Add(new Toast(Done(done.Number)));
                break;
            case ReportResult.Conflict:
                TempData.Add(new Toast("Nothing was done: somebody changed the report meanwhile. Look at it as it is now.", IsProblem: true));
                break;
            case ReportResult.Invalid invalid:
                TempData.Add(new Toast("Nothing was done. " + invalid.Problem, IsProblem: true));
                break;
            case ReportResult.Refused:
                return this.Refuse(Permission.WriteLeaderReports);
            default:
                return NotFound();
        }

        return LocalRedirect(ReportWords.Url(id));
    }

    protected abstract Task<ReportResult> ActAsync(int id, uint version, Actor actor, CancellationToken cancellationToken);

    /// <summary>What happened, in a sentence.</summary>
    protected abstract string Done(int number);
}
