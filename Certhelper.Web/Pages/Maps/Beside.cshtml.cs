using Certhelper.Core.People;
using Certhelper.Core.References;
using Certhelper.Core.Runs;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Certhelper.Web.Maps;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Maps;

/// <summary>The maps beside the certify form, as a fragment: drawn anew when another reference is chosen.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class BesideModel(CerthelperDbContext db, MapShelf shelf) : PageModel
{
    public async Task<IActionResult> OnGetAsync(
        int run, string? reconstruction, [FromQuery(Name = "Input.ReferenceId")] int? reference, CancellationToken cancellationToken)
    {
        if (RunNumbers.Problem(run) is not null || !Reconstructions.TryParse(reconstruction, out var of)) return NotFound();
        var type = await db.Runs.Where(row => row.RunNumber == run).Select(row => row.Type).SingleOrDefaultAsync(cancellationToken);
        var candidate = reference is { } id
            ? await db.References.AsNoTracking().Where(row => row.Id == id).Select(ReferenceCandidate.Projection).SingleOrDefaultAsync(cancellationToken)
            : null;
        return ViewComponent(typeof(MapsBeside), new { own = await shelf.OfAsync(run, of, type, cancellationToken), reconstruction = of, reference = candidate?.Conditions });
    }
}
