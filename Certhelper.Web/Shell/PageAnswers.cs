using Certhelper.Core.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Shell;

/// <summary>How pages answer what they do not do.</summary>
internal static class PageAnswers
{
    /// <summary>The page again, as it was typed.</summary>
    public static PageResult Again(this PageModel page, int status)
    {
        page.Response.StatusCode = status;
        return page.Page();
    }

    /// <summary>The refusal that says which role would allow it.</summary>
    public static ForbidResult Refuse(this PageModel page, Permission permission)
    {
        page.HttpContext.Refuse(permission);
        return page.Forbid();
    }
}
