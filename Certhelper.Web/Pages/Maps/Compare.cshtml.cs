using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Web.Maps;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.Maps;

/// <summary>Two maps against each other. The address carries the whole choice, so that it can be sent.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class CompareModel(MapComparer comparer) : PageModel
{
    /// <summary>Ways to look, as the address names them: code and words.</summary>
    public static IReadOnlyList<(string Code, string Words)> Modes { get; } =
        [("side", "Side by side"), ("swipe", "Swipe"), ("blink", "Blink"), ("difference", "Difference")];

    /// <summary>Null when the map that was asked for does not exist.</summary>
    public MapComparison? Comparison { get; private set; }

    public string Mode { get; private set; } = "side";

    [FromQuery(Name = "run")]
    public int? Run { get; set; }

    [FromQuery(Name = "type")]
    public string? Type { get; set; }

    public async Task<IActionResult> OnGetAsync(long? left, long? right, int? reference, string? name, string? mode, CancellationToken cancellationToken)
    {
        if (Run is { } run && RunNumbers.Problem(run) is not null) return NotFound();
        Mode = Modes.FirstOrDefault(known => known.Code == mode).Code ?? "side";
        Comparison = await comparer.ReadAsync(new ComparisonQuery(left, right, Run, reference, Type, name, Request.Query.ContainsKey("reference")), cancellationToken);
        if (Comparison is null) Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}
