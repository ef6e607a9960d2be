using Certhelper.Core.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.Admin;

/// <summary>The permission table for people: act × role, and how to get a role.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class PermissionsModel : PageModel;
