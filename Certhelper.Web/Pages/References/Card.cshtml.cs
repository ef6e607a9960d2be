using Certhelper.Core.People;
using Certhelper.Core.References;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Certify;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.References;

/// <summary>A reference beside a run, as a fragment for the certify form.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class CardModel(CerthelperDbContext db, ReferenceAdvisor advisor) : PageModel
{
    public async Task<IActionResult> OnGetAsync(
        int run, string? reconstruction, [FromQuery(Name = "Input.ReferenceId")] int? reference, CancellationToken cancellationToken)
    {
        if (reference is not { } id) return new EmptyResult();
        if (RunNumbers.Problem(run) is not null || !Reconstructions.TryParse(reconstruction, out var of)) return NotFound();
        var candidate = await db.References.AsNoTracking().Where(row => row.Id == id).Select(ReferenceCandidate.Projection).SingleOrDefaultAsync(cancellationToken);
        if (candidate is null) return NotFound();
        var facts = await db.Runs.AsNoTracking().Include(row => row.Fill).SingleOrDefaultAsync(row => row.RunNumber == run, cancellationToken);
        var conditions = RunConditions.Of(run, of, facts);
        // By itself it has no rank.
        return Partial("_ReferenceCard", new ReferenceCard(conditions, advisor.Rank(conditions, [candidate])[0] with { Rank = 0 }));
    }
}
