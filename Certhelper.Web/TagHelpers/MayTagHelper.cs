using Certhelper.Core.People;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Certhelper.Web.TagHelpers;

/// <summary>
/// <c>&lt;a may="DeleteCertifications" …&gt;</c>: drawn only for people whom the permission table lets do it. What the
/// link leads to checks again.
/// </summary>
[HtmlTargetElement("*", Attributes = "may")]
public sealed class MayTagHelper : TagHelper
{
    public required Permission May { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    // First, so that nothing else is done for an element that is left out.
    public override int Order => -1000;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (!ViewContext.HttpContext.User.May(May)) output.SuppressOutput();
    }
}
