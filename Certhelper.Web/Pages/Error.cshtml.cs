using System.Diagnostics;
using Certhelper.Core.Administration;
using Certhelper.Core.People;
using Certhelper.Web.Administration;
using Certhelper.Web.Background;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages;

/// <summary>The one page for everything that went wrong: what happened, what it means, what to do, what to quote.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken] // A refused form is shown here by running its POST again; the page changes nothing.
[ResponseCache(NoStore = true)]
public sealed class ErrorModel : PageModel
{
    private const int MostFields = 500;

    public int Code { get; private set; } = StatusCodes.Status500InternalServerError;

    /// <summary>The address that failed; a GET of it is a way to try again.</summary>
    public string Address { get; private set; } = "/";

    public string TraceId => Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;

    public bool CanTryAgain => Stopped is null && Code is >= 500 or 400 or 408 or 429;

    private bool IsDashboard => Address.StartsWith(JobsDashboard.Path, StringComparison.OrdinalIgnoreCase);

    /// <summary>The maintenance that kept the request from being done; null when it failed otherwise.</summary>
    public Maintenance? Stopped => HttpContext.StoppedBy();

    /// <summary>
    /// What was typed into a form that maintenance refused, to be sent again as it was: with the token that came with it, not with
    /// a new one, so that nobody's forged form becomes a good one here.
    /// </summary>
    public IReadOnlyList<(string Name, string Value)> Kept { get; private set; } = [];

    public string Title => Code switch
    {
        503 when Stopped is not null => "The site is in maintenance: nothing can be saved",
        400 => "The form did not reach us whole",
        404 => "There is nothing at this address",
        405 => "This address does not take that kind of request",
        408 => "The request took too long to arrive",
        413 => "This is too large",
        429 => "Too many requests at once",
        >= 502 and <= 504 when IsDashboard => "Background jobs do not answer",
        _ when Code < 500 => "This request cannot be answered",
        _ => "Something broke on our side",
    };

    public string Advice => Code switch
    {
        503 when Stopped is not null => "Everything can be read as usual. Nothing was changed, and nothing that you saved before is lost.",
        400 => "It was open for very long, was sent from another site, or your browser blocks cookies. Nothing was changed. Open the page again: what you typed into a certification is still in your browser.",
        404 => "The link may be old, or a number may be mistyped. Runs live at /runs/380115, certifications at /certifications/12.",
        405 => "Nothing was changed. Go back and use the buttons of the page.",
        408 => "Nothing was changed. Your connection may be slow: try again.",
        413 => "Nothing was changed. A form holds at most a few hundred pages of text; shorten it and send it again.",
        429 => $"Nothing was changed and nothing is lost. {Wait} and try again. {Whose}",
        >= 502 and <= 504 when IsDashboard => "The jobs process is starting or down. Certifying goes on without it; facts that wait for OMS are completed when it is back.",
        _ when Code < 500 => "Nothing was changed. Go back and try another way.",
        _ => "Nothing that you saved before is lost. Try again; if it stays, tell the tracker offline group the reference number below.",
    };

    // Whose requests were counted together; see RateLimits.
    private string Whose => User.UserId() is null
        ? "Before the sign-in all computers behind one address of the network count together: it may have been another one."
        : "If you did not ask so often yourself, another program uses your session.";

    private string Wait => Response.Headers.RetryAfter.ToString() is { Length: > 0 } seconds ? $"Wait {seconds} seconds" : "Wait a minute";

    /// <summary>The code in the address; set when the page explains a failed request.</summary>
    [BindProperty(SupportsGet = true, Name = "code")]
    public int? Asked { get; set; }

    /// <summary>For every method: a failed POST is explained too.</summary>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        // Only a code that a failed request brought here counts: the address itself is open to everybody.
        var exception = HttpContext.Features.Get<IExceptionHandlerPathFeature>();
        var status = HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        Address = (exception?.Path ?? status?.OriginalPath + status?.OriginalQueryString) is { Length: > 0 } path && Url.IsLocalUrl(path) ? path : "/";
        // Not as it was bound: binding fails when the body of the request could not be read.
        Code = (status?.OriginalStatusCode ?? Asked) is >= 400 and <= 599 and var code ? code
            // A request that is too slow, too large or broken is the sender's doing.
            : exception?.Error is BadHttpRequestException broken ? broken.StatusCode
            : exception is null && status is null ? StatusCodes.Status404NotFound : StatusCodes.Status500InternalServerError;
        Response.StatusCode = Code;
        if (Stopped is not null && Request.HasFormContentType)
            Kept = [.. Request.Form.Take(MostFields).SelectMany(field => field.Value.Select(value => (field.Key, value ?? "")))];
    }
}
