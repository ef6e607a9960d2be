using Certhelper.Core.People;
using Certhelper.Core.References;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Certify;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.References;

/// <summary>Says what a reference is meant for, and in which mode it was read out when no machine knows.</summary>
[Authorize(Policy = nameof(Permission.ManageReferences))]
public sealed class EditModel(CerthelperDbContext db, ReferenceDesk desk, ApvModeDesk modes) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    [BindProperty]
    public List<RunType> RunTypes { get; set; } = [];

    [BindProperty]
    public List<Reconstruction> Reconstructions { get; set; } = [];

    /// <summary>Separated by commas.</summary>
    [BindProperty]
    public string? Eras { get; set; }

    [BindProperty]
    public ApvMode? ApvMode { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    [BindProperty]
    public uint Version { get; set; }

    public string Name { get; private set; } = "";

    /// <summary>What the empty choice of the mode says.</summary>
    public string ModeHint { get; private set; } = "";

    private string ReferenceUrl => FormattableString.Invariant($"/references/{Id}");

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is not { } reference) return NotFound();
        Version = reference.Version;
        RunTypes = reference.Validity.RunTypes;
        Reconstructions = reference.Validity.Reconstructions;
        Eras = string.Join(", ", reference.Validity.Eras);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is not { } reference) return NotFound();
        if (Why?.Length > ReferenceDesk.ReasonLength) ModelState.AddModelError(nameof(Why), "Say it in at most 500 characters.");
        if (!ModelState.IsValid) return this.Again(StatusCodes.Status422UnprocessableEntity);

        var actor = Actor.From(User)!;
        var validity = new ReferenceValidity
        {
            RunTypes = RunTypes,
            Reconstructions = Reconstructions,
            Eras = [.. (Eras ?? "").Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
        };
        switch (await desk.ChangeValidityAsync(Id, Version, validity, Why, actor, cancellationToken))
        {
            case ReferenceResult.Done:
                if (ApvMode is { } mode && await modes.TypeByHandAsync(reference.RunReconstruction!.RunNumber, mode, actor, cancellationToken) is { } error)
                {
                    ModelState.Add("", [error]);
                    return this.Again(StatusCodes.Status422UnprocessableEntity);
                }

                TempData.Add(new Toast($"Reference {Name} is saved."));
                return LocalRedirect(ReferenceUrl);
            case ReferenceResult.Conflict:
                ModelState.AddModelError("", "Somebody changed this reference since you opened the page. Look at it again, then save what you want.");
                ModelState.Remove(nameof(Version));
                Version = reference.Version;
                return this.Again(StatusCodes.Status409Conflict);
            case ReferenceResult.Refused refused:
                ModelState.AddModelError(nameof(Eras), refused.Reason);
                return this.Again(StatusCodes.Status422UnprocessableEntity);
            default:
                return NotFound();
        }
    }

    private async Task<Reference?> LoadAsync(CancellationToken cancellationToken)
    {
        var reference = await db.References.AsNoTracking().Include(row => row.RunReconstruction).ThenInclude(of => of!.Run)
            .SingleOrDefaultAsync(row => row.Id == Id && row.RetiredAt == null, cancellationToken);
        if (reference?.RunReconstruction is not { } its) return null;
        Name = FormattableString.Invariant($"{its.RunNumber} {its.Reconstruction.Code()}");
        ModeHint = its.Run?.ApvMode is { } mode ? $"leave it: {Words.Of(mode)}" : "not known";
        return reference;
    }
}
