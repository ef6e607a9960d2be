using Certhelper.Core.People;
using Certhelper.Core.References;
using Certhelper.Core.Runs;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Certhelper.Web.Pages.References;

/// <summary>Makes a certified, good run reconstruction a reference, by its number.</summary>
[Authorize(Policy = nameof(Permission.ManageReferences))]
public sealed class PromoteModel(ReferenceDesk desk, ApvModeDesk modes) : PageModel
{
    public static IReadOnlyList<SelectListItem> Choices { get; } =
        [.. Reconstructions.Certifiable.Select(reconstruction => new SelectListItem(reconstruction.Title(), reconstruction.Code()))];

    [BindProperty]
    public int? Run { get; set; }

    /// <summary>Code of a reconstruction.</summary>
    [BindProperty]
    public string? Reconstruction { get; set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Run is null && ModelState.IsValid) ModelState.AddModelError(nameof(Run), "Type the number of the run.");
        if (!Reconstructions.TryParse(Reconstruction, out var reconstruction) || !Reconstructions.Certifiable.Contains(reconstruction))
            ModelState.AddModelError(nameof(Reconstruction), "Choose a reconstruction.");
        if (!ModelState.IsValid) return Again();

        switch (await desk.PromoteRunAsync(Run!.Value, reconstruction, Actor.From(User)!, cancellationToken))
        {
            case ReferenceResult.Done done:
                // It can be chosen from now on whether ebutz answers or not.
                var asked = await modes.OfRunAsync(Run.Value, cancellationToken);
                TempData.Add(new Toast($"{Run} {reconstruction.Code()} is a reference now and can be chosen in certifications."));
                if (asked.Problem is { } trouble) TempData.Add(new Toast("Its APV mode is not known yet. " + trouble, IsProblem: true));
                return LocalRedirect(FormattableString.Invariant($"/references/{done.ReferenceId}"));
            case ReferenceResult.AlreadyReference already:
                TempData.Add(new Toast($"{Run} {reconstruction.Code()} is a reference already."));
                return LocalRedirect(FormattableString.Invariant($"/references/{already.ReferenceId}"));
            case ReferenceResult.Refused refused:
                ModelState.AddModelError(nameof(Run), refused.Reason);
                return Again();
            default:
                ModelState.AddModelError("", "Somebody changed the reference at the same moment. Try again.");
                return Again();
        }
    }

    private PageResult Again()
    {
        return this.Again(StatusCodes.Status422UnprocessableEntity);
    }
}
