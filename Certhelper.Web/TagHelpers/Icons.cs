using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Certhelper.Web.TagHelpers;

/// <summary>Draws icons from the sprite that the build makes; they are decoration, the words stand beside them.</summary>
internal static class Icons
{
    private const string Sprite = "lib/icons.svg";

    public static TagBuilder Draw(string name, HttpContext context)
    {
        var use = new TagBuilder("use");
        use.Attributes["href"] = $"{Url(context)}#{name}";
        var svg = new TagBuilder("svg");
        svg.AddCssClass("icon");
        svg.Attributes["aria-hidden"] = "true";
        svg.Attributes["focusable"] = "false";
        svg.InnerHtml.AppendHtml(use);
        return svg;
    }

    // The fingerprinted name lets browsers keep the sprite for ever.
    private static string Url(HttpContext context) =>
        context.Request.PathBase + "/" + (context.GetEndpoint()?.Metadata.GetMetadata<ResourceAssetCollection>()?[Sprite] ?? Sprite);
}
