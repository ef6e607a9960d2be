using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Html;

namespace Certhelper.Web.Checklists;

/// <summary>
/// Texts of checklists as HTML. Markdown only: HTML in it is text, pictures are their description, and a link is one only
/// where <see cref="LinkRule"/> allows it.
/// </summary>
public static class RichText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    /// <summary>Paragraphs and lists.</summary>
    public static IHtmlContent Block(string markdown, LinkValues values) => Render(markdown, values, paragraphs: true);

    /// <summary>What stands inside of a label: without paragraphs.</summary>
    public static IHtmlContent Line(string markdown, LinkValues values) => Render(markdown, values, paragraphs: false);

    private static HtmlString Render(string markdown, LinkValues values, bool paragraphs)
    {
        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer) { ImplicitParagraph = !paragraphs };
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.RemoveAll(item => item is Markdig.Renderers.Html.Inlines.LinkInlineRenderer
            or Markdig.Renderers.Html.Inlines.AutolinkInlineRenderer or HeadingRenderer);
        renderer.ObjectRenderers.Add(new Link(values));
        renderer.ObjectRenderers.Add(new Autolink(values));
        renderer.ObjectRenderers.Add(new Heading());
        renderer.Render(Markdown.Parse(markdown, Pipeline));
        writer.Flush();
        return new HtmlString(writer.ToString().Trim());
    }

    private static void WriteLink(HtmlRenderer renderer, string? target, LinkValues values, Action text)
    {
        var address = LinkRule.Resolve(target, values);
        var live = LinkRule.Live(target, values);
        if (address is null && live is null)
        {
            text();
            return;
        }

        // Without an address it is no link to a browser either; the script gives it one when what it needs is chosen.
        renderer.Write("<a");
        if (address is not null) renderer.Write(" href=\"").WriteEscape(address).Write('"');
        if (live is not null) renderer.Write(" data-live=\"").WriteEscape(live).Write('"');
        if (LinkRule.IsOutside(address ?? live!)) renderer.Write(" target=\"_blank\" rel=\"noopener noreferrer\"");
        renderer.Write('>');
        text();
        renderer.Write("</a>");
    }

    private sealed class Link(LinkValues values) : HtmlObjectRenderer<LinkInline>
    {
        protected override void Write(HtmlRenderer renderer, LinkInline obj)
        {
            if (obj.IsImage) renderer.WriteChildren(obj);
            else WriteLink(renderer, obj.GetDynamicUrl?.Invoke() ?? obj.Url, values, () => renderer.WriteChildren(obj));
        }
    }

    private sealed class Autolink(LinkValues values) : HtmlObjectRenderer<AutolinkInline>
    {
        protected override void Write(HtmlRenderer renderer, AutolinkInline obj) =>
            WriteLink(renderer, obj.IsEmail ? null : obj.Url, values, () => renderer.WriteEscape(obj.Url));
    }

    /// <summary>The page has headings of its own; one in a text is only strong.</summary>
    private sealed class Heading : HtmlObjectRenderer<HeadingBlock>
    {
        protected override void Write(HtmlRenderer renderer, HeadingBlock obj)
        {
            renderer.Write("<p><strong>").WriteLeafInline(obj);
            renderer.Write("</strong></p>");
        }
    }
}
