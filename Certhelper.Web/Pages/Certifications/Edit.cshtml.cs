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
    CerthelperDbContext db,
    CertifySheets sheets,
    CertificationWithFacts desk,
    ChecklistDesk checklists,
    SecondLook secondLook,
    DraftDesk drafts,
    EvidenceSheets evidence,
    TimeProvider time) : DraftedPage
{
    [FromRoute(Name = "id")]
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

    /// <summary>The revision that the form was filled from.</summary>
    [BindProperty]
    public int? SeenRevision { get; set; }

    /// <summary>After a conflict: per field <c>yours</c> or <c>theirs</c>.</summary>
    [BindProperty]
    public Dictionary<string, string> Take { get; set; } = [];

    public TrackerCertification Item { get; private set; } = null!;

    public CertifyForm Form { get; private set; } = null!;

    public bool IsMine => Item.OwnerId == User.UserId();

    public string Name => Item.RunReconstruction!.Name();

    private string DraftName => Words.DraftName(Actor.From(User)!.Login, Item.RunReconstruction!.RunNumber, Item.RunReconstruction.Reconstruction);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } answer) return answer;
        Input = InputOf(Item) with { Answers = await checklists.AnswersAsync(Id, cancellationToken) };
        Version = Item.Version;
        SeenRevision = Item.Revisions[0].Number;
        var restored = await RestoreAsync(cancellationToken);
        await ShowAsync(null, bringBackDraft: true, cancellationToken);
        Form = Form with { Draft = restored };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } answer) return answer;
        TakeTheirs();
        ModelState.Add(nameof(Facts), Facts.Check());
        ModelState.Add(nameof(Input), CertificationRules.Check(Input, ExperimentDay.Today(time)));
        if (!ModelState.IsValid) return await AgainAsync(null, cancellationToken);

        var actor = Actor.From(User)!;
        switch (await desk.EditAsync(Id, Item.RunReconstruction!.RunNumber, new EditBase(Version, SeenRevision), Input, Facts, Why, actor, cancellationToken))
        {
            case SaveResult.Saved:
                await drafts.DropAsync(Item.RunReconstruction.RunNumber, Item.RunReconstruction.Reconstruction, actor, cancellationToken);
                TempData.Add(new Toast($"{Name} is saved.", DraftDone: DraftName));
                return LocalRedirect(Words.CertificationUrl(Id));
            case SaveResult.Invalid invalid:
                ModelState.Add(nameof(Input), invalid.Errors);
                return await AgainAsync(null, cancellationToken);
            case SaveResult.InvalidFacts invalid:
                ModelState.Add(nameof(Facts), invalid.Errors);
                return await AgainAsync(null, cancellationToken);
            case SaveResult.Conflict conflict:
                // Saving again, after having seen the differences, is meant.
                Version = conflict.CurrentVersion;
                SeenRevision = conflict.CurrentRevision;
                return await AgainAsync(conflict, cancellationToken);
            case SaveResult.SecondLook look:
                return await AgainAsync(null, cancellationToken, new SecondLookPanel(look.Findings, Input, Item.Confirmed) { KeptFromSaving = true });
            case SaveResult.Refused refused:
                ModelState.AddModelError("", refused.Reason);
                return await AgainAsync(null, cancellationToken);
            default:
                return NotFound();
        }
    }

    /// <summary>The second look as a fragment, before anything is saved.</summary>
    public async Task<IActionResult> OnPostSecondLookAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } answer) return answer;
        var of = new CertificationCase(Item.RunReconstruction!.RunNumber, Item.RunReconstruction.Reconstruction, Item);
        return Partial("_SecondLook", new SecondLookPanel(await secondLook.FindAsync(Input, of, cancellationToken), Input, Item.Confirmed));
    }

    // What was chosen holds for what was shown; if it changed once more, there is another conflict to look at.
    private void TakeTheirs()
    {
        var fields = Take.Where(choice => choice.Value == "theirs").Select(choice => choice.Key).ToList();
        if (fields.Count == 0 || Item.Version != Version) return;
        Input = InputMerge.TakeOver(Input, InputOf(Item), fields);
        foreach (var key in ModelState.Keys.Where(key => fields.Exists(field => key.StartsWith($"{nameof(Input)}.{field}", StringComparison.Ordinal))).ToList())
            ModelState.Remove(key);
    }

    private async Task<IActionResult?> LoadAsync(CancellationToken cancellationToken)
    {
        var item = await db.Certifications.AsNoTracking()
            .Include(row => row.Owner)
            .Include(row => row.Problems)
            .Include(row => row.Revisions.OrderByDescending(revision => revision.Number).Take(1))
            .Include(row => row.RunReconstruction).ThenInclude(of => of!.Run)
            .SingleOrDefaultAsync(row => row.Id == Id, cancellationToken);
        if (item is null) return NotFound();
        Item = item;
        if (IsMine || User.May(Permission.EditOthersCertifications)) return null;
        return this.Refuse(Permission.EditOthersCertifications);
    }

    /// <summary>
    /// Fills the form from the viewer's draft. It keeps the version that the draft was begun from: one that is older than
    /// what is stored ends on the conflict page, and one of a form for a new certification does so too.
    /// </summary>
    private async Task<RestoredDraft?> RestoreAsync(CancellationToken cancellationToken)
    {
        var of = Item.RunReconstruction!;
        if (await drafts.OfAsync(of.RunNumber, of.Reconstruction, Actor.From(User)!, cancellationToken) is not { } draft) return null;
        var fields = await BindAsync(draft);
        (Input, Facts, Why, Version, SeenRevision) = (fields.Input, fields.Facts, fields.Why, draft.CertificationVersion ?? 0, fields.SeenRevision);
        return new RestoredDraft(draft.SavedAt, IsStale: Version != Item.Version);
    }

    private async Task<PageResult> AgainAsync(SaveResult.Conflict? conflict, CancellationToken cancellationToken, SecondLookPanel? look = null)
    {
        await ShowAsync(conflict, bringBackDraft: false, cancellationToken);
        Form = Form with { SecondLook = look };
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
            SeenRevision = SeenRevision,
            Why = Why,
            Conflict = conflict,
            DraftName = DraftName,
            LeaveTo = Words.CertificationUrl(Id),
            BringBackDraft = bringBackDraft,
            FactsWere = await FactsWereAsync(cancellationToken),
        };
    }

    private async Task<Dictionary<string, string?>> FactsWereAsync(CancellationToken cancellationToken) =>
        (await evidence.OfAsync(Item, null, cancellationToken))?.Facts.Where(fact => fact.IsChanged).DistinctBy(fact => fact.Then.Title).ToDictionary(fact => fact.Then.Title, fact => fact.Then.Value) ?? [];

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
