using Certhelper.Web.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.SignIn;

/// <summary>Sends a person to CERN SSO, and back to where he wanted to go. Shows a page only when SSO is away.</summary>
[AllowAnonymous]
public sealed class StartModel : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Only addresses of this site: a link from elsewhere must not lead elsewhere.</summary>
    public string SafeReturnUrl => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : "/";

    public async Task<IActionResult> OnGetAsync([FromServices] SsoAvailability sso, CancellationToken cancellationToken)
    {
        if (User.Identity?.IsAuthenticated == true) return LocalRedirect(SafeReturnUrl);
        if (await sso.AnswersAsync(cancellationToken))
            return Challenge(new AuthenticationProperties { RedirectUri = SafeReturnUrl, IsPersistent = true }, SignInSetup.SsoScheme);
        SignInProblem.Unavailable.Count();
        Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Page();
    }
}
