using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Certify;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Runs;

/// <summary>Everything about one run.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class DetailsModel(CerthelperDbContext db, RunBriefing briefing) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Run { get; set; }

    public FactsResult Facts { get; private set; } = null!;

    public DatasetsResult Datasets { get; private set; } = null!;

    public IReadOnlyDictionary<Reconstruction, TrackerCertification> Certifications { get; private set; } = new Dictionary<Reconstruction, TrackerCertification>();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (RunNumbers.Problem(Run) is not null) return NotFound();
        (Facts, Datasets) = await briefing.OfAsync(Run, cancellationToken);
        await ReadCertificationsAsync(cancellationToken);
        // A number that neither OMS nor anybody here knows is an address without a page, but it says what can be done.
        if (Facts is { Run: null, State: FactsState.UnknownRun }) Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }

    private async Task ReadCertificationsAsync(CancellationToken cancellationToken) =>
        Certifications = await db.Certifications.AsNoTracking()
            .Include(item => item.RunReconstruction).ThenInclude(item => item!.Run)
            .Include(item => item.RunReconstruction).ThenInclude(item => item!.Reference)
            .Include(item => item.Owner)
            .Where(item => item.RunReconstruction!.RunNumber == Run)
            .ToDictionaryAsync(item => item.RunReconstruction!.Reconstruction, cancellationToken);
}
