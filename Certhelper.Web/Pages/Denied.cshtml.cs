using Certhelper.Core.People;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages;

/// <summary>A refusal that explains itself: what the address needs, and which role has it.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken] // Refused POSTs are answered here too; the page changes nothing.
[ResponseCache(NoStore = true)]
public sealed class DeniedModel : PageModel
{
    /// <summary>What the refused address needs and the person lacks.</summary>
    public IReadOnlyList<Permission> Missing { get; private set; } = [];

    /// <summary>For every method: a refused POST is explained too.</summary>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var endpoint = HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.Endpoint;
        Missing = HttpContext.Refused() is { } refused
            ? [refused]
            : [.. DeclaredPermissions.Of(endpoint).Where(permission => !User.May(permission))];
        Response.StatusCode = StatusCodes.Status403Forbidden;
    }
}
