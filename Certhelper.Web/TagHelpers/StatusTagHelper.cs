using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Certhelper.Web.TagHelpers;

/// <summary>
/// <c>&lt;status kind="Good" /&gt;</c> or <c>&lt;status kind="Taken"&gt;Sara Shifter&lt;/status&gt;</c>: the one way in
/// which a status is drawn, everywhere: icon, words, colour.
/// </summary>
[HtmlTargetElement("status", Attributes = "kind")]
public sealed class StatusTagHelper : TagHelper
{
    public required StatusKind Kind { get; set; }

    /// <summary>Shows the icon only; the words stay for screen readers and as tooltip.</summary>
    public bool Compact { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        IHtmlContent words = content.IsEmptyOrWhiteSpace ? new HtmlString(StatusLook.Word(Kind)) : content;
        output.TagName = null;
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Content.SetHtmlContent(Draw(Kind, words, Compact, ViewContext.HttpContext));
    }

    internal static TagBuilder Draw(StatusKind kind, IHtmlContent words, bool compact, HttpContext context)
    {
        var text = new TagBuilder("span");
        text.AddCssClass(compact ? "visually-hidden" : "status-words");
        text.InnerHtml.AppendHtml(words);
        var status = new TagBuilder("span");
        status.AddCssClass(StatusLook.CssClass(kind));
        status.AddCssClass("status");
        if (compact)
        {
            status.AddCssClass("status-compact");
            status.Attributes["title"] = StatusLook.Word(kind);
        }

        status.InnerHtml.AppendHtml(Icons.Draw(StatusLook.Icon(kind), context));
        status.InnerHtml.AppendHtml(text);
        return status;
    }
}
