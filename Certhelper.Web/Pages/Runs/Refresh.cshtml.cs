using Certhelper.Core.People;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Certify;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Runs;

/// <summary>Asks OMS and the Run Registry again; answers htmx with the facts, everybody else with the run's page.</summary>
[Authorize(Policy = nameof(Permission.RefreshFacts))]
public sealed class RefreshModel(CerthelperDbContext db, RunFactsDesk facts, RegistryDesk registry) : PageModel
{
    [FromRoute(Name = "run")]
    public int Run { get; set; }

    private string RunUrl => FormattableString.Invariant($"/runs/{Run}");

    /// <summary>Where signing in again leads to.</summary>
    public IActionResult OnGet() => LocalRedirect(RunUrl);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (RunNumbers.Problem(Run) is not null) return NotFound();
        var before = await db.Runs.AsNoTracking().Include(run => run.Fill).SingleOrDefaultAsync(run => run.RunNumber == Run, cancellationToken);
        var result = await facts.RefreshAsync(Run, cancellationToken);
        await registry.OfRunAsync(Run, refresh: true, cancellationToken);
        if (Request.IsHtmx() && Request.Headers["HX-Target"] == "form-facts") return Partial("_CertifyFactsNow", FormFactsOf(before, result));
        if (Request.IsHtmx()) return Partial("_FactsPanel", result);
        TempData.Add(result.State == FactsState.Fresh ? new Toast("OMS answered; the facts are fresh.") : new Toast(result.Problem ?? "OMS could not be asked.", IsProblem: true));
        return LocalRedirect(RunUrl);
    }

    private FormFacts FormFactsOf(Core.Runs.Run? before, FactsResult result)
    {
        var were = before is null || result.Run is null ? new Dictionary<string, string?>() : FormFacts.Changes(before, result.Run);
        return new FormFacts(Run, result, were) { Unchanged = result.State == FactsState.Fresh && before is not null && were.Count == 0 };
    }
}
