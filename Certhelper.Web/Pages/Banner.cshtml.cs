using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages;

/// <summary>Puts the banner away for a person until it changes.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class BannerModel(CerthelperDbContext db) : PageModel
{
    public IActionResult OnGet() => NotFound();

    public async Task<IActionResult> OnPostAsync(string? stamp, string? returnUrl, CancellationToken cancellationToken)
    {
        var seen = stamp is { Length: > 0 and <= 40 } ? stamp : null;
        await db.Users.Where(user => user.Id == User.UserId()).ExecuteUpdateAsync(set => set.SetProperty(user => user.BannerSeen, seen), cancellationToken);
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl! : "/");
    }
}
