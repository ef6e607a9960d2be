using Certhelper.Core.Certification;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Certhelper.Web.TagHelpers;

/// <summary><c>&lt;verdict value="@row.Pixel" low-statistics="@row.PixelLowStatistics" /&gt;</c>: what a shifter said of one component.</summary>
[HtmlTargetElement("verdict", Attributes = "value", TagStructure = TagStructure.WithoutEndTag)]
public sealed class VerdictTagHelper : TagHelper
{
    public required ComponentVerdict Value { get; set; }

    public bool LowStatistics { get; set; }

    public bool Compact { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "verdict");
        // Low statistics makes the component acceptable: the colour of what stands below it would say the opposite.
        var words = LowStatistics && Value != ComponentVerdict.Good
            ? $"{StatusLook.Word(StatusKind.LowStatistics)}, acceptable (marked {StatusLook.Word(Kind(Value))})"
            : StatusLook.Word(LowStatistics ? StatusKind.LowStatistics : Kind(Value));
        output.Attributes.SetAttribute("title", words);
        output.Content.AppendHtml(StatusTagHelper.Draw(
            LowStatistics ? StatusKind.LowStatistics : Kind(Value), new HtmlString(words), Compact, ViewContext.HttpContext));
    }

    /// <summary>The status that a verdict is drawn as.</summary>
    public static StatusKind Kind(ComponentVerdict verdict) => verdict switch
    {
        ComponentVerdict.Good => StatusKind.Good,
        ComponentVerdict.Bad => StatusKind.Bad,
        ComponentVerdict.Excluded => StatusKind.Excluded,
    };
}
