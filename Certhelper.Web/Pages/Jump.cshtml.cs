using System.Globalization;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages;

/// <summary>Takes what was typed into the box at the top to its page: a run, a run and reconstruction, a fill, a page's name.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class JumpModel(CerthelperDbContext db) : PageModel
{
    // Fills have at most five digits, runs of this century six.
    private const int LargestFill = 99_999;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var words = (Q ?? "").Split([' ', '/', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0) return LocalRedirect("/");
        if (words is ["fill" or "Fill", var fillText] && int.TryParse(fillText, NumberStyles.None, CultureInfo.InvariantCulture, out var fill))
            return LocalRedirect(FormattableString.Invariant($"/runs?fill={fill}"));
        if (int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return LocalRedirect(await NumberAsync(number, words.Skip(1).FirstOrDefault(), cancellationToken));
        if (PageNamed(Q!) is { } page) return LocalRedirect(page);
        return LocalRedirect("/runs?runs=" + Uri.EscapeDataString(Q!));
    }

    private async Task<string> NumberAsync(int number, string? more, CancellationToken cancellationToken)
    {
        if (Reconstructions.TryParse(more, out var reconstruction))
        {
            var id = await db.Certifications
                .Where(item => item.RunReconstruction!.RunNumber == number && item.RunReconstruction.Reconstruction == reconstruction)
                .Select(item => (int?)item.Id).FirstOrDefaultAsync(cancellationToken);
            if (id is { } known) return Words.CertificationUrl(known);
            if (User.May(Permission.Certify) && Reconstructions.Certifiable.Contains(reconstruction)) return Words.CertifyUrl(number, reconstruction);
        }

        return number <= LargestFill && await db.Fills.AnyAsync(fill => fill.FillNumber == number, cancellationToken)
            ? FormattableString.Invariant($"/runs?fill={number}")
            : FormattableString.Invariant($"/runs/{number}");
    }

    private string? PageNamed(string text) => Navigation.For(User.Roles())
        .SelectMany(group => group.Items)
        .FirstOrDefault(item => item.Title.StartsWith(text.Trim(), StringComparison.OrdinalIgnoreCase))?.Href;
}
