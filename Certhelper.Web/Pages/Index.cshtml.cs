using System.Globalization;
using Certhelper.Core.Administration;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Leader;
using Certhelper.Web.Lists;
using Certhelper.Web.MyShift;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages;

/// <summary>My shift: what waits to be certified, what I have begun, and what I did last.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class IndexModel(CerthelperDbContext db, ShiftBoard board, SiteBoard site, RegistryDesk registry, TimeProvider time) : PageModel
{
    private const int Latest = 6;

    /// <summary>Runs to show instead of what is left to do.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Runs { get; set; }

    /// <summary>How the board is sorted.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    /// <summary>The run to certify, from the card; as it was typed.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Run { get; set; }

    /// <summary>The reconstruction to certify, from the card; empty for the next one.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Reconstruction { get; set; }

    public string? RunsProblem { get; private set; }

    public string? CardProblem { get; private set; }

    /// <summary>Why the Run Registry could not be asked about a search of which nothing is stored.</summary>
    public string? AskProblem { get; private set; }

    /// <summary>Whether the Run Registry was asked just now.</summary>
    public bool Asked { get; private set; }

    public PageOf<ShiftRow> Board { get; private set; } = null!;

    public IReadOnlyList<KeptDraft> Drafts { get; private set; } = [];

    public IReadOnlyList<TrackerCertification> Mine { get; private set; } = [];

    /// <summary>Mine that a leader wants to be looked at again, because facts have changed since.</summary>
    public IReadOnlyList<ChangedCertification> GivenBack { get; private set; } = [];

    public IReadOnlyList<SourceState> Sources { get; private set; } = [];

    public bool Searching => !string.IsNullOrWhiteSpace(Runs) && RunsProblem is null;

    public bool MayCertify => User.May(Permission.Certify);

    public Sorting Sorting => ShiftBoard.Sorting(Sort);

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "page")] int? number, CancellationToken cancellationToken)
    {
        if (Request.Query.ContainsKey(nameof(Run)) && await CardTargetAsync(cancellationToken) is { } target) return LocalRedirect(target);

        var selection = RunSelection.Parse(Runs, out var problem);
        RunsProblem = problem;
        var read = await board.ReadAsync(selection, Sorting, number, User.UserId(), cancellationToken);
        if (selection is not null && read.Page.Total == 0)
        {
            Asked = true;
            AskProblem = (await registry.AskAsync(selection.Ranges, cancellationToken)).Problem;
            read = await board.ReadAsync(selection, Sorting, number, User.UserId(), cancellationToken);
        }

        (Board, Drafts) = read;
        Sources = SourceDots.StatesOf(site, time);
        if (User.UserId() is { } me) await ReadMineAsync(me, cancellationToken);
        return Page();
    }

    /// <summary>The latest ones and those that were given back in one question; only if there are such, two more say why.</summary>
    private async Task ReadMineAsync(int me, CancellationToken cancellationToken)
    {
        var givenBack = db.FactChanges.Where(change => change.State == FactChangeState.Reopened).Select(change => change.CertificationId)
            .Where(id => db.Certifications.Any(item => item.Id == id && item.OwnerId == me));
        var wanted = db.Certifications.Where(item => item.OwnerId == me).OrderByDescending(item => item.UpdatedAt).Take(Latest).Select(item => item.Id)
            .Union(givenBack);
        var rows = await db.Certifications.AsNoTracking()
            .Include(item => item.RunReconstruction).ThenInclude(item => item!.Run)
            .Where(item => wanted.Contains(item.Id))
            .OrderByDescending(item => item.UpdatedAt)
            .Select(item => new { Item = item, IsGivenBack = givenBack.Contains(item.Id) })
            .ToListAsync(cancellationToken);
        Mine = [.. rows.Take(Latest).Select(row => row.Item)];
        GivenBack = await ChangedFacts.OfAsync(db, [.. rows.Where(row => row.IsGivenBack).Select(row => row.Item.Id)], ChangedKind.Reopened, cancellationToken);
    }

    private async Task<string?> CardTargetAsync(CancellationToken cancellationToken)
    {
        if (!int.TryParse(Run?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var run) || RunNumbers.Problem(run) is not null)
        {
            CardProblem = "Type the number of the run, such as 380115.";
            return null;
        }

        if (string.IsNullOrEmpty(Reconstruction)) return await NextOfAsync(run, cancellationToken);
        if (Reconstructions.TryParse(Reconstruction, out var reconstruction) && Reconstructions.Certifiable.Contains(reconstruction))
            return Words.CertifyUrl(run, reconstruction);
        CardProblem = "Choose the reconstruction.";
        return null;
    }

    /// <summary>The next dataset of the run that nobody has certified; without one, the card says why.</summary>
    private async Task<string?> NextOfAsync(int run, CancellationToken cancellationToken)
    {
        var (datasets, problem) = await registry.OfRunAsync(run, refresh: false, cancellationToken);
        var certified = await db.Certifications.Where(item => item.RunReconstruction!.RunNumber == run)
            .Select(item => item.RunReconstruction!.Reconstruction).ToListAsync(cancellationToken);
        if (DatasetRule.Next(datasets, certified) is { Reconstruction: { } next }) return Words.CertifyUrl(run, next);
        CardProblem = (datasets.Count, problem) switch
        {
            ( > 0, _) => FormattableString.Invariant($"All datasets of run {run} are certified. To certify another reconstruction, choose it."),
            (_, { } why) => why + " Choose the reconstruction to certify the run all the same.",
            _ => FormattableString.Invariant($"The Run Registry has no dataset of run {run}. Choose the reconstruction if you know it."),
        };
        return null;
    }
}
