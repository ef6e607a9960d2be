using Certhelper.Core.People;
using Certhelper.Web.Audit;
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
    public async Task<IActionResult> OnPostAsync(
        [FromServices] SsoAvailability sso, [FromServices] SessionRoom sessions, [FromServices] SecurityLog log, CancellationToken cancellationToken)
    {
        if (User.Identity?.IsAuthenticated != true) return LocalRedirect(SignedOutModel.Path);
        // A copy of the cookie ends too, wherever it is.
        if ((await HttpContext.AuthenticateAsync(Session.Scheme)).Properties is { } session && SessionLife.OwnKey(session) is { } key)
            await sessions.EndAsync(key, cancellationToken);
        await log.SignedOutAsync(HttpContext, User, "here");
        if (await sso.AnswersAsync(cancellationToken))
            return SignOut(new AuthenticationProperties { RedirectUri = SignedOutModel.Path }, Session.Scheme, SignInSetup.SsoScheme);

        await HttpContext.SignOutAsync(Session.Scheme);
        return LocalRedirect(SignedOutModel.Path + "?here=only");
    }
}
