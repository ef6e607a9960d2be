using Certhelper.Core.Certification;
using Certhelper.Core.Checklists;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Certify;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Certifications;

/// <summary>Changes a certification: one's own, or anybody's by those who may.</summary>
[Authorize(Policy = nameof(Permission.Certify))]
public sealed class EditModel(
    CerthelperDbContext db, CertifySheets sheets, CertificationDesk desk, RunFactsDesk factsDesk, ChecklistDesk checklists, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    [BindProperty]
    public CertificationInput Input { get; set; } = new();

    [BindProperty]
    public TypedFacts Facts { get; set; } = new();

    [BindProperty]
    public string? Why { get; set; }

    /// <summary>The version that the form was filled from.</summary>
    [BindProperty]
    public uint Version { get; set; }

    public TrackerCertification Item { get; private set; } = null!;

    public CertifyForm Form { get; private set; } = null!;

    public bool IsMine => Item.OwnerId == User.UserId();

    public string Name => FormattableString.Invariant($"{Item.RunReconstruction!.RunNumber} {Item.RunReconstruction.Reconstruction.Code()}");

    private string DraftName => FormattableString.Invariant($"draft:{Actor.From(User)!.Login}:certification {Id}");

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } answer) return answer;
        Input = InputOf(Item) with { Answers = await checklists.AnswersAsync(Id, cancellationToken) };
        Version = Item.Version;
        await ShowAsync(null, bringBackDraft: true, cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } answer) return answer;
        ModelState.Add(nameof(Facts), Facts.Check());
        ModelState.Add(nameof(Input), CertificationRules.Check(Input, Clock.Today(time)));
        if (!ModelState.IsValid) return await AgainAsync(null, cancellationToken);

        var actor = Actor.From(User)!;
        switch (await desk.EditAsync(Id, Version, Input, Why, actor, cancellationToken))
        {
            case SaveResult.Saved:
                // After the certification, so that a conflict leaves the run's facts alone too.
                ModelState.Add(nameof(Facts), await factsDesk.TypeByHandAsync(Item.RunReconstruction!.RunNumber, Facts, actor, cancellationToken));
                if (!ModelState.IsValid) return await AgainAsync(null, cancellationToken);
                TempData.Add(new Toast($"{Name} is saved.", DraftDone: DraftName));
                return LocalRedirect(Words.CertificationUrl(Id));
            case SaveResult.Invalid invalid:
                ModelState.Add(nameof(Input), invalid.Errors);
                return await AgainAsync(null, cancellationToken);
            case SaveResult.Conflict conflict:
                // Saving again, after having seen the differences, is meant.
                Version = conflict.CurrentVersion;
                return await AgainAsync(conflict, cancellationToken);
            case SaveResult.SecondLook look:
                foreach (var finding in look.Findings) ModelState.AddModelError(finding.Field.Length == 0 ? "" : "Input." + finding.Field, finding.Words);
                return await AgainAsync(null, cancellationToken);
            case SaveResult.Refused refused:
                ModelState.AddModelError("", refused.Reason);
                return await AgainAsync(null, cancellationToken);
            default:
                return NotFound();
        }
    }

    private async Task<IActionResult?> LoadAsync(CancellationToken cancellationToken)
    {
        var item = await db.Certifications.AsNoTracking()
            .Include(row => row.Owner)
            .Include(row => row.Problems)
            .Include(row => row.RunReconstruction).ThenInclude(of => of!.Run)
            .SingleOrDefaultAsync(row => row.Id == Id, cancellationToken);
        if (item is null) return NotFound();
        Item = item;
        if (IsMine || User.May(Permission.EditOthersCertifications)) return null;
        HttpContext.Refuse(Permission.EditOthersCertifications);
        return Forbid();
    }

    private async Task<PageResult> AgainAsync(SaveResult.Conflict? conflict, CancellationToken cancellationToken)
    {
        await ShowAsync(conflict, bringBackDraft: false, cancellationToken);
        Response.StatusCode = conflict is null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task ShowAsync(SaveResult.Conflict? conflict, bool bringBackDraft, CancellationToken cancellationToken)
    {
        var of = Item.RunReconstruction!;
        var sheet = await sheets.OfAsync(of.RunNumber, of.Reconstruction, Item.ReferenceId, cancellationToken);
        Form = new CertifyForm(sheet, Input, Facts, RunConfirmed: true)
        {
            Version = Version,
            Why = Why,
            Conflict = conflict,
            DraftName = DraftName,
            LeaveTo = Words.CertificationUrl(Id),
            BringBackDraft = bringBackDraft,
        };
    }

    private static CertificationInput InputOf(TrackerCertification item) => new()
    {
        DatasetName = item.DatasetName,
        Pixel = item.Pixel,
        PixelLowStatistics = item.PixelLowStatistics,
        Strip = item.Strip,
        StripLowStatistics = item.StripLowStatistics,
        Tracking = item.Tracking,
        TrackingLowStatistics = item.TrackingLowStatistics,
        ReferenceId = item.ReferenceId,
        TrackerMap = item.TrackerMap,
        ProblemIds = [.. item.Problems.Select(problem => problem.Id)],
        BadReasonId = item.BadReasonId,
        Date = item.Date,
        Comment = item.Comment,
    };
}
