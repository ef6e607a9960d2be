using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Certhelper.Web.Pages.Admin;

/// <summary>The rules of the second look with their limits, and the weights of the reference advisor.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class RulesModel(IOptions<CertificationOptions> options) : PageModel
{
    public CertificationOptions Options => options.Value;

    /// <summary>Id of a heading.</summary>
    public static string IdOf(string title) => title.ToLowerInvariant().Replace(' ', '-');
}
