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
        output.Content.AppendHtml(Draw(Kind(Value), Compact));
        if (LowStatistics) output.Content.AppendHtml(Draw(StatusKind.LowStatistics, compact: true));
    }

    /// <summary>The status that a verdict is drawn as.</summary>
    public static StatusKind Kind(ComponentVerdict verdict) => verdict switch
    {
        ComponentVerdict.Good => StatusKind.Good,
        ComponentVerdict.Bad => StatusKind.Bad,
        ComponentVerdict.Excluded => StatusKind.Excluded,
    };

    private TagBuilder Draw(StatusKind kind, bool compact) =>
        StatusTagHelper.Draw(kind, new HtmlString(StatusLook.Word(kind)), compact, ViewContext.HttpContext);
}
