using System.Text.Json;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Web.MyShift;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.Runs;

/// <summary>
/// Takes a run reconstruction, gives it back, and says that somebody still works on it. Answers htmx with the row of the
/// board, the form's script with JSON, everybody else with the board.
/// </summary>
[Authorize(Policy = nameof(Permission.Certify))]
public sealed class LeaseModel(LeaseDesk leases, ShiftBoard board, TimeProvider time) : PageModel
{
    [FromRoute(Name = "run")]
    public int Run { get; set; }

    [FromRoute(Name = "reconstruction")]
    public string Code { get; set; } = "";

    /// <summary>Reconstructions that the board shows, separated by commas.</summary>
    [BindProperty]
    public string? Columns { get; set; }

    private Reconstruction Reconstruction => Reconstructions.TryParse(Code, out var reconstruction)
        ? reconstruction
        : throw new InvalidOperationException("The route lets only known reconstructions in.");

    private string Name => FormattableString.Invariant($"{Run} {Reconstruction.Code()}");

    /// <summary>Where signing in again leads to.</summary>
    public IActionResult OnGet() => LocalRedirect("/");

    /// <summary>Takes it, if nobody else has.</summary>
    public Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) => TakeAsync(over: false, cancellationToken);

    /// <summary>Takes it from whoever has it.</summary>
    public Task<IActionResult> OnPostOverAsync(CancellationToken cancellationToken) => TakeAsync(over: true, cancellationToken);

    /// <summary>Gives it back.</summary>
    public async Task<IActionResult> OnPostBackAsync(CancellationToken cancellationToken)
    {
        var given = await leases.GiveBackAsync(Run, Reconstruction, Actor.From(User)!, cancellationToken);
        return await AnswerAsync(given ? new Toast($"{Name} is free again.") : new Toast($"{Name} was not yours.", IsProblem: true), cancellationToken);
    }

    /// <summary>The form is open and somebody works in it: takes it when it is free, and says who has it otherwise.</summary>
    public async Task<IActionResult> OnPostAliveAsync(CancellationToken cancellationToken) =>
        await leases.TakeAsync(Run, Reconstruction, Actor.From(User)!, over: false, cancellationToken) switch
        {
            LeaseResult.TakenBy { Lease: var lease } => new JsonResult(new { holder = lease.HolderName, until = lease.Until }),
            LeaseResult.Held held => new JsonResult(new { holder = (string?)null, until = held.Until }),
            _ => new JsonResult(new { holder = (string?)null, until = (DateTimeOffset?)null }),
        };

    private async Task<IActionResult> TakeAsync(bool over, CancellationToken cancellationToken)
    {
        var toast = await leases.TakeAsync(Run, Reconstruction, Actor.From(User)!, over, cancellationToken) switch
        {
            LeaseResult.Held held => new Toast($"{Name} is yours until {Clock.InZurich(held.Until)[^5..]} Europe/Zurich; every key on its form prolongs that."),
            LeaseResult.TakenBy { Lease: var lease } => new Toast(Words.TakenBy(Name, lease, time.GetUtcNow()), IsProblem: true),
            LeaseResult.Refused refused => new Toast(refused.Reason, IsProblem: true),
            _ => throw new InvalidOperationException("Taking ends in one of three ways."),
        };
        return await AnswerAsync(toast, cancellationToken);
    }

    private async Task<IActionResult> AnswerAsync(Toast toast, CancellationToken cancellationToken)
    {
        if (!Request.IsHtmx())
        {
            TempData.Add(toast);
            return LocalRedirect("/");
        }

        // Header values are ASCII; the serializer escapes everything else.
        Response.Headers["HX-Trigger"] = JsonSerializer.Serialize(new Dictionary<string, string> { ["say"] = toast.Text });
        var row = await board.RowAsync(Run, User.UserId(), cancellationToken);
        return Partial("_ShiftRow", new ShiftRowView(row, Shown()));
    }

    private List<Reconstruction> Shown()
    {
        var codes = (Columns ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var shown = Reconstructions.Certifiable.Where(column => codes.Contains(column.Code(), StringComparer.OrdinalIgnoreCase)).ToList();
        return shown.Count > 0 ? shown : [.. Reconstructions.Certifiable];
    }
}
