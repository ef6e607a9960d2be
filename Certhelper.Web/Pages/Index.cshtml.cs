using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Certhelper.Web.MyShift;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages;

/// <summary>My shift: what waits to be certified, and what I did last.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class IndexModel(CerthelperDbContext db) : PageModel
{
    private const int Latest = 6;

    /// <summary>Runs to show instead of what is left to do.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Runs { get; set; }

    /// <summary>The run to certify, from the card.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Run { get; set; }

    /// <summary>The reconstruction to certify, from the card.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Reconstruction { get; set; }

    public string? RunsProblem { get; private set; }

    public string? CardProblem { get; private set; }

    public PageOf<ShiftRow> Board { get; private set; } = null!;

    public IReadOnlyList<TrackerCertification> Mine { get; private set; } = [];

    public bool Searching => !string.IsNullOrWhiteSpace(Runs);

    public bool MayCertify => User.May(Permission.Certify);

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "page")] int? number, CancellationToken cancellationToken)
    {
        if (Request.Query.ContainsKey(nameof(Run)) && CardTarget() is { } target) return LocalRedirect(target);

        var selection = RunSelection.Parse(Runs, out var problem);
        RunsProblem = problem;
        Board = await new ShiftBoard(db).ReadAsync(selection, number, User.UserId(), cancellationToken);
        if (User.UserId() is { } me)
            Mine = await db.Certifications.AsNoTracking()
                .Include(item => item.RunReconstruction).ThenInclude(item => item!.Run)
                .Where(item => item.OwnerId == me)
                .OrderByDescending(item => item.UpdatedAt).Take(Latest).ToListAsync(cancellationToken);
        return Page();
    }

    private string? CardTarget()
    {
        if (Run is not { } run || RunNumbers.Problem(run) is not null)
            CardProblem = "Type the number of the run, such as 380115.";
        else if (!Reconstructions.TryParse(Reconstruction, out var reconstruction) || !Reconstructions.Certifiable.Contains(reconstruction))
            CardProblem = "Choose the reconstruction.";
        else
            return Words.CertifyUrl(run, reconstruction);
        return null;
    }
}
