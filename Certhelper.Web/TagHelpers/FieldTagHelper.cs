using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Certhelper.Web.TagHelpers;

/// <summary>
/// <c>&lt;field for="Input.Comment" label="Comment" as="textarea" /&gt;</c>: a form field in one line: label, unit,
/// control, hint, and the mistake beside it. What was typed comes back as it was typed.
/// </summary>
[HtmlTargetElement("field", Attributes = "for,label", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FieldTagHelper(IHtmlGenerator generator) : TagHelper
{
    public required ModelExpression For { get; set; }

    public required string Label { get; set; }

    /// <summary>text, number, date, moment, textarea, select.</summary>
    public string As { get; set; } = "text";

    /// <summary>The unit, shown in the control's end.</summary>
    public string? Unit { get; set; }

    public string? Hint { get; set; }

    /// <summary>What an empty control shows; a space lets the style sheet see that it is empty.</summary>
    public string? Placeholder { get; set; }

    /// <summary>Marks the field for the bar that names what is missing; says nothing to the browser's own checks.</summary>
    public bool Needed { get; set; }

    /// <summary>Choices of a select; the first empty one is added.</summary>
    public IEnumerable<SelectListItem>? Items { get; set; }

    /// <summary>What the empty choice says.</summary>
    public string Empty { get; set; } = "– choose –";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var id = IdOf(ViewContext, For.Name);
        var error = FieldErrors.Of(ViewContext, For.Name);
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Join("field", output.Attributes["class"]?.Value, error is null ? null : "field-wrong"));
        if (Needed) output.Attributes.SetAttribute("data-needed", Label);
        output.Content.AppendHtml(LabelFor(id));
        var control = Control(id, error is not null);
        output.Content.AppendHtml(Unit is null ? control : WithUnit(control));
        if (Hint is not null) output.Content.AppendHtml(Line("field-hint", id + "-hint", Hint));
        if (error is not null) output.Content.AppendHtml(Line("field-error", id + "-error", error));
    }

    internal static string IdOf(ViewContext view, string name) =>
        TagBuilder.CreateSanitizedId(view.ViewData.TemplateInfo.GetFullHtmlFieldName(name), "_");

    internal static TagBuilder Line(string css, string id, string text)
    {
        var line = new TagBuilder("div");
        line.AddCssClass(css);
        line.Attributes["id"] = id;
        line.InnerHtml.Append(text);
        return line;
    }

    private TagBuilder LabelFor(string id)
    {
        var label = new TagBuilder("label");
        label.AddCssClass("field-label");
        label.Attributes["for"] = id;
        label.InnerHtml.Append(Label);
        return label;
    }

    private TagBuilder Control(string id, bool wrong)
    {
        var describedBy = Join(Hint is null ? null : id + "-hint", wrong ? id + "-error" : null);
        Dictionary<string, object?> attributes = new() { ["id"] = id, ["class"] = Join(As == "select" ? "form-select" : "form-control", wrong ? "is-invalid" : null) };
        if (Placeholder is not null) attributes["placeholder"] = Placeholder;
        if (describedBy.Length > 0) attributes["aria-describedby"] = describedBy;
        if (wrong) attributes["aria-invalid"] = "true";
        switch (As)
        {
            case "textarea":
                return generator.GenerateTextArea(ViewContext, For.ModelExplorer, For.Name, 3, 0, attributes);
            case "select":
                var chosen = generator.GetCurrentValues(ViewContext, For.ModelExplorer, For.Name, allowMultiple: false);
                return generator.GenerateSelect(ViewContext, For.ModelExplorer, Empty, For.Name, Items ?? [], chosen, allowMultiple: false, attributes);
            case "number":
                attributes["inputmode"] = "decimal";
                attributes["autocomplete"] = "off";
                return generator.GenerateTextBox(ViewContext, For.ModelExplorer, For.Name, For.Model is null ? null : Convert.ToString(For.Model, CultureInfo.InvariantCulture), null, attributes);
            case "moment":
                attributes["type"] = "datetime-local";
                return generator.GenerateTextBox(ViewContext, For.ModelExplorer, For.Name, For.Model, null, attributes);
            case "date":
                attributes["type"] = "date";
                return generator.GenerateTextBox(ViewContext, For.ModelExplorer, For.Name, For.Model, "{0:yyyy-MM-dd}", attributes);
            default:
                attributes["autocomplete"] = "off";
                return generator.GenerateTextBox(ViewContext, For.ModelExplorer, For.Name, For.Model, null, attributes);
        }
    }

    private TagBuilder WithUnit(IHtmlContent control)
    {
        var unit = new TagBuilder("span");
        unit.AddCssClass("input-group-text");
        unit.InnerHtml.Append(Unit!);
        var group = new TagBuilder("div");
        group.AddCssClass("input-group");
        group.InnerHtml.AppendHtml(control);
        group.InnerHtml.AppendHtml(unit);
        return group;
    }

    private static string Join(params ReadOnlySpan<object?> parts)
    {
        List<string> words = [];
        foreach (var part in parts)
        {
            if (part?.ToString() is { Length: > 0 } word) words.Add(word);
        }

        return string.Join(' ', words);
    }
}
