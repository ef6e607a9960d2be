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

namespace Certhelper.Web.Pages.Runs;

/// <summary>The form that certifies one reconstruction of one run.</summary>
[Authorize(Policy = nameof(Permission.Certify))]
public sealed class CertifyModel(
    CerthelperDbContext db,
    CertifySheets sheets,
    CertificationWithFacts desk,
    ChecklistDesk checklists,
    SecondLook secondLook,
    DraftDesk drafts,
    LeaseDesk leases,
    TimeProvider time) : DraftedPage
{
    /// <summary>A certification that exists already.</summary>
    public sealed record Existing(int Id, int OwnerId, string OwnerName, DateTimeOffset UpdatedAt);

    [FromRoute(Name = "run")]
    public int Run { get; set; }

    [FromRoute(Name = "reconstruction")]
    public string Code { get; set; } = "";

    [BindProperty]
    public CertificationInput Input { get; set; } = new();

    [BindProperty]
    public TypedFacts Facts { get; set; } = new();

    /// <summary>The person insists on a run of which OMS says that it does not exist.</summary>
    [BindProperty]
    public bool RunConfirmed { get; set; }

    /// <summary>Null when somebody else has certified the reconstruction.</summary>
    public CertifyForm? Form { get; private set; }

    public Existing? Taken { get; private set; }

    public Reconstruction Reconstruction => Reconstructions.TryParse(Code, out var reconstruction)
        ? reconstruction
        : throw new InvalidOperationException("The route lets only known reconstructions in.");

    public string Name => FormattableString.Invariant($"{Run} {Reconstruction.Code()}");

    private string DraftName => Words.DraftName(Actor.From(User)!.Login, Run, Reconstruction);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (RunNumbers.Problem(Run) is not null) return NotFound();
        if (await ExistingAsync(cancellationToken) is { } existing) return Meet(existing);

        var sheet = await sheets.OfAsync(Run, Reconstruction, null, cancellationToken);
        Input = CertifySheets.Fresh(sheet, ExperimentDay.Today(time));
        RestoredDraft? restored = null;
        if (await drafts.OfAsync(Run, Reconstruction, Actor.From(User)!, cancellationToken) is { } draft)
        {
            var fields = await BindAsync(draft);
            // What a person chose stays; what was left open is answered as on a fresh form.
            (Input, Facts, RunConfirmed) = (fields.Input with { TrackerMap = fields.Input.TrackerMap ?? Input.TrackerMap }, fields.Facts, fields.RunConfirmed);
            restored = new RestoredDraft(draft.SavedAt, IsStale: false);
        }

        Form = await FormAsync(sheet, restored, bringBackDraft: true, cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (RunNumbers.Problem(Run) is not null) return NotFound();
        if (await ExistingAsync(cancellationToken) is { } existing) return Meet(existing);

        ModelState.Add(nameof(Facts), Facts.Check());
        ModelState.Add(nameof(Input), CertificationRules.Check(Input, ExperimentDay.Today(time)));
        ModelState.Add(nameof(Input), await checklists.CheckAsync(Input, new CertificationCase(Run, Reconstruction, null), cancellationToken));
        var sheet = await sheets.OfAsync(Run, Reconstruction, null, cancellationToken);
        if (sheet.RunIsInDoubt && !RunConfirmed)
            ModelState.AddModelError(nameof(RunConfirmed), $"OMS knows no run {Run}. Confirm that the number is right.");
        if (!ModelState.IsValid) return await AgainAsync(sheet, cancellationToken);

        var actor = Actor.From(User)!;
        switch (await desk.CreateAsync(Run, Reconstruction, Input, Facts, actor, cancellationToken))
        {
            case SaveResult.Saved saved:
                return await DoneAsync(saved.Id, cancellationToken);
            case SaveResult.Invalid invalid:
                ModelState.Add(nameof(Input), invalid.Errors);
                return await AgainAsync(sheet, cancellationToken);
            case SaveResult.InvalidFacts invalid:
                ModelState.Add(nameof(Facts), invalid.Errors);
                return await AgainAsync(sheet, cancellationToken);
            case SaveResult.AlreadyCertified other:
                // The same form sent twice, or two people at the same moment.
                return await ExistingAsync(cancellationToken) is { } now ? Meet(now) : LocalRedirect(Words.CertificationUrl(other.Id));
            case SaveResult.SecondLook look:
                return await AgainAsync(sheet, cancellationToken, new SecondLookPanel(look.Findings, Input, []) { KeptFromSaving = true });
            case SaveResult.Refused refused:
                ModelState.AddModelError("", refused.Reason);
                return await AgainAsync(sheet, cancellationToken);
            default:
                return NotFound();
        }
    }

    /// <summary>The second look as a fragment, before anything is saved.</summary>
    public async Task<IActionResult> OnPostSecondLookAsync(CancellationToken cancellationToken) => RunNumbers.Problem(Run) is null
        ? Partial("_SecondLook", new SecondLookPanel(await secondLook.FindAsync(Input, new CertificationCase(Run, Reconstruction, null), cancellationToken), Input, []))
        : NotFound();

    private async Task<IActionResult> DoneAsync(int id, CancellationToken cancellationToken)
    {
        var item = await db.Certifications.AsNoTracking().Include(row => row.RunReconstruction).ThenInclude(of => of!.Run)
            .SingleAsync(row => row.Id == id, cancellationToken);
        await drafts.DropAsync(Run, Reconstruction, Actor.From(User)!, cancellationToken);
        await leases.EndAsync(Run, Reconstruction, cancellationToken);
        var verdict = VerdictRule.IsGood(item) ? "good" : "bad";
        TempData.Add(new Toast(
            item.FactsComplete ? $"{Name} is certified as {verdict}." : $"{Name} is certified as {verdict}; its facts are completed when OMS answers.",
            DraftDone: DraftName));
        return LocalRedirect("/");
    }

    private IActionResult Meet(Existing existing)
    {
        var mine = existing.OwnerId == User.UserId();
        // What was sent for a new certification must not be mistaken for a change of somebody else's.
        if (mine || (HttpMethods.IsGet(Request.Method) && User.May(Permission.EditOthersCertifications)))
        {
            TempData.Add(new Toast($"{(mine ? "You have" : existing.OwnerName + " has")} certified {Name} already. Here you can change it."));
            return LocalRedirect(Words.CertificationUrl(existing.Id) + "/edit");
        }

        Taken = existing;
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<CertifyForm> FormAsync(CertifySheet sheet, RestoredDraft? draft, bool bringBackDraft, CancellationToken cancellationToken)
    {
        var lease = await leases.OfAsync(Run, Reconstruction, cancellationToken);
        return new CertifyForm(sheet, Input, Facts, RunConfirmed)
        {
            DraftName = DraftName,
            LeaveTo = "/",
            BringBackDraft = bringBackDraft,
            Draft = draft,
            TakenBy = lease?.HolderId == User.UserId() ? null : lease,
            TakenByMe = lease?.HolderId == User.UserId(),
        };
    }

    private async Task<PageResult> AgainAsync(CertifySheet sheet, CancellationToken cancellationToken, SecondLookPanel? look = null)
    {
        Form = await FormAsync(sheet, draft: null, bringBackDraft: false, cancellationToken) with { SecondLook = look };
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private Task<Existing?> ExistingAsync(CancellationToken cancellationToken) => db.Certifications
        .Where(item => item.RunReconstruction!.RunNumber == Run && item.RunReconstruction.Reconstruction == Reconstruction)
        .Select(item => new Existing(item.Id, item.OwnerId, item.Owner!.Name, item.UpdatedAt))
        .SingleOrDefaultAsync(cancellationToken);
}
