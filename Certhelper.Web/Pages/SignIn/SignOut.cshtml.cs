using Certhelper.Core.People;
using Certhelper.Web.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.SignIn;

/// <summary>Ends the session here and at CERN SSO. Open to everybody, because an expired session must be able to leave too.</summary>
[AllowAnonymous]
public sealed class SignOutModel : PageModel
{
    public async Task<IActionResult> OnPostAsync([FromServices] SsoAvailability sso, CancellationToken cancellationToken)
    {
        if (User.Identity?.IsAuthenticated != true) return LocalRedirect(SignedOutModel.Path);
        if (await sso.AnswersAsync(cancellationToken))
            return SignOut(new AuthenticationProperties { RedirectUri = SignedOutModel.Path }, Session.Scheme, SignInSetup.SsoScheme);

        await HttpContext.SignOutAsync(Session.Scheme);
        return LocalRedirect(SignedOutModel.Path + "?here=only");
    }
}
