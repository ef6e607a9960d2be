using System.Globalization;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.Runs;

/// <summary>
/// The viewer's own draft for one run reconstruction. The address names no person, so nobody else's can be asked for.
/// </summary>
[Authorize(Policy = nameof(Permission.Certify))]
public sealed class DraftModel(DraftDesk drafts, LeaseDesk leases) : PageModel
{
    /// <summary>Fields that belong to the form and not to what was typed.</summary>
    private static readonly HashSet<string> NotTyped = ["__token", "Version"];

    [FromRoute(Name = "run")]
    public int Run { get; set; }

    [FromRoute(Name = "reconstruction")]
    public string Code { get; set; } = "";

    /// <summary>The viewer is in the form and wants to begin again, not to leave.</summary>
    [BindProperty]
    public bool Afresh { get; set; }

    private Reconstruction Reconstruction => Reconstructions.TryParse(Code, out var reconstruction)
        ? reconstruction
        : throw new InvalidOperationException("The route lets only known reconstructions in.");

    private Actor Actor => Core.People.Actor.From(User)!;

    /// <summary>Goes on with it; 404 when the viewer has none here.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await drafts.OfAsync(Run, Reconstruction, Actor, cancellationToken) is null
            ? NotFound()
            : LocalRedirect(Words.CertifyUrl(Run, Reconstruction));

    /// <summary>Keeps what stands in the form, and says that somebody works on it.</summary>
    public async Task<IActionResult> OnPutAsync(CancellationToken cancellationToken)
    {
        if (!Request.HasFormContentType) return Problem(StatusCodes.Status415UnsupportedMediaType, "A draft is sent as a form.");
        if (Request.ContentLength > 4 * DraftDesk.LargestBytes) return Problem(StatusCodes.Status413PayloadTooLarge, "This is too long to be kept on the server; shorten the comment.");
        var form = await Request.ReadFormAsync(cancellationToken);
        var fields = form.Where(field => !NotTyped.Contains(field.Key))
            .ToDictionary(field => field.Key, field => field.Value.OfType<string>().ToList(), StringComparer.Ordinal);
        uint? version = uint.TryParse(form["Version"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        switch (await drafts.KeepAsync(Run, Reconstruction, fields, version, Actor, cancellationToken))
        {
            case DraftResult.Kept kept:
                // Changing what is certified already needs no lease.
                var lease = version is null ? await leases.TakeAsync(Run, Reconstruction, Actor, over: false, cancellationToken) : null;
                var other = (lease as LeaseResult.TakenBy)?.Lease;
                return new JsonResult(new { at = kept.At, holder = other?.HolderName, until = other?.Until });
            case DraftResult.TooLarge large:
                return Problem(StatusCodes.Status413PayloadTooLarge, large.Reason);
            case DraftResult.Certified:
                return Problem(StatusCodes.Status409Conflict, "You have certified this already.");
            case DraftResult.Refused refused:
                return Problem(StatusCodes.Status400BadRequest, refused.Reason);
            default:
                throw new InvalidOperationException("Keeping ends in one of four ways.");
        }
    }

    /// <summary>Throws it away.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await drafts.DropAsync(Run, Reconstruction, Actor, cancellationToken)) return NotFound();
        await leases.GiveBackAsync(Run, Reconstruction, Actor, cancellationToken);
        TempData.Add(new Toast(
            FormattableString.Invariant($"The draft of {Run} {Reconstruction.Code()} is thrown away."), DraftDone: Words.DraftName(Actor.Login, Run, Reconstruction)));
        return LocalRedirect(Afresh ? Words.CertifyUrl(Run, Reconstruction) : "/");
    }

    private static JsonResult Problem(int status, string detail) =>
        new(new { status, detail }) { StatusCode = status, ContentType = "application/problem+json" };
}
