using Certhelper.Core.People;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Certhelper.Web.Pages.Admin;

/// <summary>
/// Lets an administrator look as another role, and come back. The role lies in the protected ticket of the session, beside who it
/// is; the administrator's own roles are read again from the database at each request.
/// </summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class ViewAsModel : PageModel
{
    [BindProperty]
    public Role? Role { get; set; }

    public IReadOnlyList<SelectListItem> Roles { get; } =
        [.. Enum.GetValues<Role>().Where(role => role != Core.People.Role.Admin).Select(role => new SelectListItem(role.Title(), role.ToString()))];

    public IActionResult OnGet() => User.ViewsAs() is not null || User.May(Permission.ViewAs) ? Page() : this.Refuse(Permission.ViewAs);

    public async Task<IActionResult> OnPostAsync(string? act)
    {
        // Who views as a guest may not view as another; but he may always come back.
        if (act == "end" && User.ViewsAs() is not null)
        {
            await SetAsync(null);
            TempData.Add(new Toast("You see with your own roles again."));
            return LocalRedirect("/admin/view-as");
        }

        if (!User.May(Permission.ViewAs)) return this.Refuse(Permission.ViewAs);
        if (Role is not { } role || !Enum.IsDefined(role) || role == Core.People.Role.Admin)
        {
            ModelState.AddModelError(nameof(Role), "Choose the role.");
            return this.Again(StatusCodes.Status422UnprocessableEntity);
        }

        await SetAsync(role);
        return LocalRedirect("/");
    }

    private async Task SetAsync(Role? role)
    {
        var session = await HttpContext.AuthenticateAsync(Session.Scheme);
        SessionPerson.ViewAs(session.Properties!, role);
        await HttpContext.SignInAsync(Session.Scheme, session.Principal!, session.Properties);
    }
}
