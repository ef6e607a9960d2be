using System.Globalization;
using Certhelper.Core.People;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.Runs;

/// <summary>Asks the Run Registry about the runs of a search, and goes back to it.</summary>
[Authorize(Policy = nameof(Permission.RefreshFacts))]
public sealed class AskModel(RegistryDesk registry) : PageModel
{
    [BindProperty]
    public string? Runs { get; set; }

    /// <summary>Where signing in again leads to.</summary>
    public IActionResult OnGet() => LocalRedirect("/");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        // What is wrong with the selection is said where it was typed.
        if (RunSelection.Parse(Runs, out _) is { } selection)
        {
            var result = await registry.AskAsync(selection.Ranges, cancellationToken);
            TempData.Add(result.Problem is { } problem
                ? new Toast(problem, IsProblem: true)
                : new Toast(string.Create(CultureInfo.InvariantCulture, $"The Run Registry answered for {(result.Asked == 1 ? "the run number" : $"all {result.Asked:#,0} run numbers")}.")));
        }

        return LocalRedirect("/?runs=" + Uri.EscapeDataString(Runs ?? ""));
    }
}
