using System.Globalization;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Certhelper.Web.TagHelpers;

/// <summary>
/// <c>&lt;moment at="@run.StartTime" /&gt;</c>: a point in time. Without script it is in Europe/Zurich; with it in the
/// person's zone, and Europe/Zurich on hover. <c>age</c> writes how old it is instead, <c>ago</c> the same in a sentence.
/// </summary>
[HtmlTargetElement("moment", Attributes = "at", TagStructure = TagStructure.WithoutEndTag)]
public sealed class MomentTagHelper(TimeProvider time) : TagHelper
{
    public DateTimeOffset? At { get; set; }

    public bool Age { get; set; }

    public bool Ago { get; set; }

    /// <summary>Leaves the day out: for what is minutes away.</summary>
    public bool TimeOnly { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagMode = TagMode.StartTagAndEndTag;
        if (At is not { } at)
        {
            output.TagName = "span";
            output.Attributes.SetAttribute("class", "nothing");
            output.Attributes.SetAttribute("title", "unknown");
            output.Content.SetContent("–");
            return;
        }

        var zurich = Clock.InZurich(at);
        output.TagName = "time";
        output.Attributes.SetAttribute("datetime", at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        output.Attributes.SetAttribute("title", zurich + " Europe/Zurich");
        if (!Age && !Ago) output.Attributes.SetAttribute("data-moment", TimeOnly ? "time" : "");
        output.Content.SetContent(Ago ? Clock.Ago(at, time.GetUtcNow()) : Age ? Clock.Age(at, time.GetUtcNow()) : TimeOnly ? zurich[^5..] : zurich);
    }
}
