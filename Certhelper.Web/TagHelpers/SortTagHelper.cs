using Certhelper.Web.Lists;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Certhelper.Web.TagHelpers;

/// <summary><c>&lt;th sort="run" sorting="Model.Sorting"&gt;Run&lt;/th&gt;</c>: a head that sorts on the server and says how it is sorted.</summary>
[HtmlTargetElement("th", Attributes = "sort,sorting")]
public sealed class SortTagHelper : TagHelper
{
    /// <summary>The column's key.</summary>
    public required string Sort { get; set; }

    /// <summary>How the list is sorted now.</summary>
    public required Sorting Sorting { get; set; }

    /// <summary>Whether the first click sorts the largest to the top.</summary>
    public bool LargestFirst { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var words = await output.GetChildContentAsync();
        var current = Sorting.Key == Sort;
        var next = new Sorting(Sort, current ? !Sorting.Descending : LargestFirst);
        var link = new TagBuilder("a");
        link.Attributes["href"] = ViewContext.HttpContext.Request.With(("sort", next.ToString()));
        link.InnerHtml.AppendHtml(words);
        if (current)
        {
            output.Attributes.SetAttribute("aria-sort", Sorting.Descending ? "descending" : "ascending");
            link.InnerHtml.AppendHtml(Icons.Draw(Sorting.Descending ? "arrow-down" : "arrow-up", ViewContext.HttpContext));
        }

        output.Attributes.SetAttribute("scope", "col");
        output.Content.SetHtmlContent(link);
    }
}
