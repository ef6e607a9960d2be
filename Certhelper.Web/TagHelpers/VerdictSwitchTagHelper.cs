using Certhelper.Core.Certification;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Certhelper.Web.TagHelpers;

/// <summary>
/// <c>&lt;verdict-switch for="Input.Pixel" low-statistics-for="Input.PixelLowStatistics" label="Pixel" /&gt;</c>: good,
/// bad or excluded as three large switches, and low statistics beside them.
/// </summary>
[HtmlTargetElement("verdict-switch", Attributes = "for,low-statistics-for,label", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class VerdictSwitchTagHelper : TagHelper
{
    public required ModelExpression For { get; set; }

    public required ModelExpression LowStatisticsFor { get; set; }

    public required string Label { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var id = FieldTagHelper.IdOf(ViewContext, For.Name);
        var error = FieldErrors.Of(ViewContext, For.Name);
        output.TagName = "fieldset";
        output.TagMode = TagMode.StartTagAndEndTag;
        // The group is what links to the field lead to, so it can take focus.
        output.Attributes.SetAttribute("id", id);
        output.Attributes.SetAttribute("tabindex", "-1");
        output.Attributes.SetAttribute("class", error is null ? "switch-field" : "switch-field field-wrong");
        output.Attributes.SetAttribute("data-needed", Label + " verdict");
        output.Attributes.SetAttribute("data-verdict-keys", "");
        if (error is not null) output.Attributes.SetAttribute("aria-describedby", id + "-error");

        var legend = new TagBuilder("legend");
        legend.InnerHtml.Append(Label);
        output.Content.AppendHtml(legend);
        var row = new TagBuilder("div");
        row.AddCssClass("switch");
        foreach (var verdict in Enum.GetValues<ComponentVerdict>()) AppendChoice(row, verdict, $"{id}-{verdict}");
        output.Content.AppendHtml(row);
        output.Content.AppendHtml(LowStatistics());
        if (error is not null) output.Content.AppendHtml(FieldTagHelper.Line("field-error", id + "-error", error));
    }

    private void AppendChoice(TagBuilder row, ComponentVerdict verdict, string id)
    {
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.Attributes["type"] = "radio";
        input.Attributes["name"] = ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        input.Attributes["value"] = verdict.ToString();
        input.Attributes["id"] = id;
        if (For.Model is ComponentVerdict chosen && chosen == verdict) input.Attributes["checked"] = "checked";
        var kind = VerdictTagHelper.Kind(verdict);
        var label = new TagBuilder("label");
        label.Attributes["for"] = id;
        label.AddCssClass(StatusLook.CssClass(kind));
        label.InnerHtml.AppendHtml(Icons.Draw(StatusLook.Icon(kind), ViewContext.HttpContext));
        label.InnerHtml.AppendHtml(new HtmlString($"<span>{verdict}</span>"));
        row.InnerHtml.AppendHtml(input);
        row.InnerHtml.AppendHtml(label);
    }

    private TagBuilder LowStatistics()
    {
        var id = FieldTagHelper.IdOf(ViewContext, LowStatisticsFor.Name);
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.AddCssClass("form-check-input");
        input.Attributes["type"] = "checkbox";
        input.Attributes["name"] = ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(LowStatisticsFor.Name);
        input.Attributes["value"] = "true";
        input.Attributes["id"] = id;
        if (LowStatisticsFor.Model is true) input.Attributes["checked"] = "checked";
        var label = new TagBuilder("label");
        label.AddCssClass("form-check-label");
        label.Attributes["for"] = id;
        label.InnerHtml.AppendHtml(Icons.Draw(StatusLook.Icon(StatusKind.LowStatistics), ViewContext.HttpContext));
        label.InnerHtml.AppendHtml(new HtmlString($"low statistics<span class=\"visually-hidden\"> in {Label.ToLowerInvariant()}</span>"));
        var check = new TagBuilder("div");
        check.AddCssClass("form-check low-statistics");
        check.InnerHtml.AppendHtml(input);
        check.InnerHtml.AppendHtml(label);
        return check;
    }
}
