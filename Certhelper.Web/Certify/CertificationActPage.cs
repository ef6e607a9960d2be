using Certhelper.Core.Certification;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Certify;

/// <summary>A page that asks before something is done to one certification: what it is about, and what it says when that is not done.</summary>
public abstract class CertificationActPage : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    /// <summary>Why, for the history.</summary>
    [BindProperty]
    public string? Why { get; set; }

    /// <summary>The version that the person saw.</summary>
    [BindProperty]
    public uint Version { get; set; }

    public TrackerCertification Item { get; private set; } = null!;

    public string Name => Item.RunReconstruction!.Name();

    /// <summary>Loads the certification of the address.</summary>
    /// <returns>Whether there is one.</returns>
    protected async Task<bool> LoadAsync(IQueryable<TrackerCertification> from, CancellationToken cancellationToken)
    {
        var item = await from.AsNoTracking().Include(row => row.RunReconstruction).Include(row => row.Owner)
            .SingleOrDefaultAsync(row => row.Id == Id, cancellationToken);
        if (item is null) return false;
        Item = item;
        return true;
    }

    /// <summary>The page again, with what kept the act from being done; what was typed stays.</summary>
    /// <param name="result">Anything but success.</param>
    /// <param name="act">What the person was about to do: <c>delete it</c>.</param>
    protected IActionResult NotDone(SaveResult result, string act)
    {
        switch (result)
        {
            case SaveResult.Invalid invalid:
                ModelState.Add("", invalid.Errors);
                return Again(StatusCodes.Status422UnprocessableEntity);
            case SaveResult.Refused refused:
                ModelState.AddModelError("", refused.Reason);
                return Again(StatusCodes.Status422UnprocessableEntity);
            case SaveResult.Conflict conflict:
                ModelState.AddModelError("", $"{conflict.ChangedBy ?? "A background job"} changed this certification since you opened the page. Look at it again before you {act}.");
                // The next press is meant: it is about what is shown now.
                ModelState.Remove(nameof(Version));
                Version = conflict.CurrentVersion;
                return Again(StatusCodes.Status409Conflict);
            default:
                return NotFound();
        }
    }

    /// <summary>The page again, with a mistake at a field.</summary>
    protected PageResult Mistake(string field, string words)
    {
        ModelState.AddModelError(field, words);
        return Again(StatusCodes.Status422UnprocessableEntity);
    }

    private PageResult Again(int status)
    {
        ViewData["NotYet"] = "Not done yet";
        Response.StatusCode = status;
        return Page();
    }
}
