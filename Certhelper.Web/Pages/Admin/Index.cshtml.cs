using Certhelper.Core.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.Admin;

/// <summary>The ways into the administration.</summary>
[Authorize(Policy = nameof(Permission.Administer))]
public sealed class IndexModel : PageModel;
