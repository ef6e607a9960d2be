using Certhelper.Core.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages;

/// <summary>Pages of others that a shift needs.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class LinksModel : PageModel
{
    public void OnGet()
    {
        // Nothing to read: the links are the page.
    }
}
