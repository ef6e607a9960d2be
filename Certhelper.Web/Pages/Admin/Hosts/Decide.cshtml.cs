using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Certhelper.Web.Scripts.Hosts;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.Admin.Hosts;

/// <summary>Approves or refuses one key. A key that takes the place of another is approved only with the host's name typed.</summary>
[Authorize(Policy = nameof(Permission.ManageScripts))]
public sealed class DecideModel(CerthelperDbContext db, HostKeyDesk desk) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    /// <summary>The host's name, to confirm.</summary>
    [BindProperty]
    public string? Typed { get; set; }

    /// <summary>How the key stood on the page on which it was decided.</summary>
    [BindProperty]
    public HostKeyState SeenState { get; set; }

    /// <summary>The approved key on that page.</summary>
    [BindProperty]
    public int? SeenApproved { get; set; }

    public HostKeyCard Card { get; private set; } = null!;

    /// <summary>Whether somebody else was faster.</summary>
    public bool WasOvertaken { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string? act, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken)) return NotFound();
        if (act is not ("approve" or "refuse") || !ModelState.IsValid) return BadRequest();
        var item = Card.Case;
        var sight = new HostKeySight(SeenState, SeenApproved);
        var state = act == "approve" ? HostKeyState.Approved : HostKeyState.Refused;
        // Who saw no alarm is told that it changed, and not that something is to be typed.
        if (state == HostKeyState.Approved && item.IsChanged && sight == item.Sight && !string.Equals(Typed?.Trim(), item.Key.Host, StringComparison.OrdinalIgnoreCase))
        {
            const string problem = "Type the name of the host: approving makes this key the only one that is accepted.";
            ModelState.AddModelError(FormattableString.Invariant($"typed-{Id}"), problem);
            Card = Card with { Typed = Typed, Problem = problem };
            return this.Again(StatusCodes.Status422UnprocessableEntity);
        }

        switch (await desk.DecideAsync(Id, state, sight, Actor.From(User)!, cancellationToken))
        {
            case HostKeyDecision.Done:
                TempData.Add(new Toast(state == HostKeyState.Approved
                    ? $"The key of {item.Key.Where} is approved. What waits for it goes on by itself."
                    : $"The key of {item.Key.Where} is refused."));
                return LocalRedirect("/admin/hosts");
            case HostKeyDecision.Overtaken:
                await LoadAsync(cancellationToken);
                WasOvertaken = true;
                // What was sent belongs to what was seen before.
                ModelState.Clear();
                return this.Again(StatusCodes.Status409Conflict);
            case HostKeyDecision.Refused:
                return this.Refuse(Permission.ManageScripts);
            default:
                return NotFound();
        }
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if ((await HostKeyBoard.ReadAsync(db, cancellationToken)).FirstOrDefault(item => item.Key.Id == Id) is not { } found) return false;
        Card = new HostKeyCard(found);
        return true;
    }
}
