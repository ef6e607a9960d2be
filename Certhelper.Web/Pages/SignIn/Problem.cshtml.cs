using System.Diagnostics;
using Certhelper.Web.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.SignIn;

/// <summary>Says why signing in did not work, and what to do.</summary>
[AllowAnonymous]
public sealed class ProblemModel : PageModel
{
    [BindProperty(SupportsGet = true)]
    public SignInProblem Why { get; set; } = SignInProblem.Unexpected;

    public string Title => Why switch
    {
        SignInProblem.Unavailable => "CERN single sign-on does not answer",
        SignInProblem.Refused => "CERN single sign-on said no",
        SignInProblem.StartAgain => "This sign-in was not finished in time",
        SignInProblem.Nameless => "CERN single sign-on did not say who you are",
        SignInProblem.Deactivated => "Your account is deactivated here",
        SignInProblem.Unexpected => "Signing in did not work",
    };

    public string Advice => Why switch
    {
        SignInProblem.Unavailable => "Nobody can sign in until it does. Who is signed in already can go on working. Try again in a minute.",
        SignInProblem.Refused => "You stopped, or your account may not use this application. If you did not stop: ask the tracker offline group whether your account needs a second factor or an e-group.",
        SignInProblem.StartAgain => "The sign-in page was open for too long, was opened twice, or your browser blocks cookies of this site. Start again; nothing is lost.",
        SignInProblem.Nameless => "The answer carried no login name. This happens with application accounts; sign in with your personal CERN account.",
        SignInProblem.Deactivated => "An administrator has shut it out. What you certified stays under your name. If that is a mistake, write to the tracker offline group with the reference number below.",
        SignInProblem.Unexpected => "Something unexpected happened between CERN single sign-on and this site. Try again; if it stays, tell the tracker offline group the reference number below.",
    };

    public string TraceId => Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;

    public void OnGet() => Response.StatusCode = StatusCodes.Status403Forbidden;
}
