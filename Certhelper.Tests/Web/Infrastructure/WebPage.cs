using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Certhelper.Tests.Web.Infrastructure;

/// <summary>An answer of the site, read as a browser would.</summary>
public sealed class WebPage
{
    private WebPage(HttpResponseMessage response, string text)
    {
        Response = response;
        Text = text;
        Document = new HtmlParser().ParseDocument(text);
    }

    public HttpResponseMessage Response { get; }

    public HttpStatusCode Status => Response.StatusCode;

    public string? Location => Response.Headers.Location?.OriginalString;

    public string Text { get; }

    public IHtmlDocument Document { get; }

    /// <summary>The text of the content, white space made single.</summary>
    public string Words => string.Join(' ', (Document.QuerySelector("main")?.TextContent ?? Text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public string Toasts => string.Join(' ', Document.QuerySelectorAll(".toast-note p").Select(item => item.TextContent));

    public static async Task<WebPage> ReadAsync(HttpResponseMessage response) => new(response, await response.Content.ReadAsStringAsync());

    public IElement Find(string selector) =>
        Document.QuerySelector(selector) ?? throw new InvalidOperationException($"Nothing fits {selector} on: {Words}");

    /// <summary>What a browser would send of a form, with some fields set, or taken out when null.</summary>
    public Dictionary<string, string> Fields(string formSelector, params (string Name, string? Value)[] changes)
    {
        var form = (IHtmlFormElement)Find(formSelector);
        Dictionary<string, string> fields = [];
        foreach (var element in form.Elements)
        {
            var name = element.GetAttribute("name");
            if (string.IsNullOrEmpty(name)) continue;
            switch (element)
            {
                case IHtmlInputElement { Type: "radio" or "checkbox", IsChecked: false } or IHtmlButtonElement:
                    break;
                case IHtmlInputElement input:
                    fields[name] = input.Value;
                    break;
                case IHtmlTextAreaElement area:
                    fields[name] = area.Value;
                    break;
                case IHtmlSelectElement select:
                    fields[name] = select.Value ?? "";
                    break;
            }
        }

        foreach (var (name, value) in changes)
        {
            if (value is null) fields.Remove(name);
            else fields[name] = value;
        }

        return fields;
    }
}
