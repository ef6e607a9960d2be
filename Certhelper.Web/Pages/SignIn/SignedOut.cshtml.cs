using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.SignIn;

/// <summary>Says whether the session is really gone.</summary>
[AllowAnonymous]
public sealed class SignedOutModel : PageModel
{
    public const string Path = "/signed-out";

    /// <summary><c>only</c> when CERN SSO could not be told.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Here { get; set; }

    public bool StillSignedIn => User.Identity?.IsAuthenticated == true;
}
