using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Certhelper.Web.TagHelpers;

/// <summary><c>&lt;run-link number="380115" /&gt;</c>: a run number in a mono face that leads to its page.</summary>
[HtmlTargetElement("run-link", Attributes = "number", TagStructure = TagStructure.WithoutEndTag)]
public sealed class RunTagHelper : TagHelper
{
    public required int Number { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var number = Number.ToString(CultureInfo.InvariantCulture);
        output.TagName = "a";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "run-number");
        output.Attributes.SetAttribute("href", "/runs/" + number);
        output.Content.SetContent(number);
    }
}
