using Certhelper.Core.Runs;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Certhelper.Web.TagHelpers;

/// <summary><c>&lt;luminosity inv-pb="@run.RecordedLumiInvPb" /&gt;</c>: three digits in the unit people say, the exact value on hover.</summary>
[HtmlTargetElement("luminosity", Attributes = "inv-pb", TagStructure = TagStructure.WithoutEndTag)]
public sealed class LuminosityTagHelper : TagHelper
{
    [HtmlAttributeName("inv-pb")]
    public double? InversePicobarn { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        if (InversePicobarn is null)
        {
            output.Attributes.SetAttribute("class", "nothing");
            output.Content.SetContent("–");
            output.Attributes.SetAttribute("title", "unknown");
            return;
        }

        output.Attributes.SetAttribute("class", "number");
        output.Attributes.SetAttribute("title", LuminosityText.Exact(InversePicobarn));
        output.Content.SetContent(LuminosityText.Short(InversePicobarn));
    }
}
