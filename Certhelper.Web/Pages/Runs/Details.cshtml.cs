using Certhelper.Core.People;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Certhelper.Web.Certify;
using Certhelper.Web.Lists;
using Certhelper.Web.RunPage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.Runs;

/// <summary>Everything about one run.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class DetailsModel(CerthelperDbContext db, RunBriefing briefing, ExecutionList executions, MapShelf shelf, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Run { get; set; }

    public FactsResult Facts { get; private set; } = null!;

    public DatasetsResult Datasets { get; private set; } = null!;

    public RunMatrix Matrix { get; private set; } = null!;

    /// <summary>The latest executions of scripts about this run, for whoever may watch them.</summary>
    public IReadOnlyList<ExecutionRow> Executions { get; private set; } = [];

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    /// <summary>Its tracker maps, and where they are wanted and none are.</summary>
    public MapsOfRun Maps { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (RunNumbers.Problem(Run) is not null) return NotFound();
        (Facts, Datasets) = await briefing.OfAsync(Run, cancellationToken);
        Matrix = await RunMatrix.ReadAsync(db, Run, Datasets.Datasets, User.May(Permission.DeleteCertifications), cancellationToken);
        if (User.May(Permission.RunScripts)) Executions = await executions.OfRunAsync(Run, 5, cancellationToken);
        Maps = MapsOfRun.Of(Run, Facts.Run?.Type, await shelf.OfRunAsync(Run, cancellationToken));
        // A number that neither OMS nor anybody here knows is an address without a page, but it says what can be done.
        if (Facts is { Run: null, State: FactsState.UnknownRun }) Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}
