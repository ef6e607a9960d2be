using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Certhelper.Web.TagHelpers;

/// <summary>The mistakes of a form, by field.</summary>
public static class FieldErrors
{
    /// <summary>The first mistake of a field; null when it is right.</summary>
    public static string? Of(ViewContext view, string name) =>
        view.ModelState.TryGetValue(view.ViewData.TemplateInfo.GetFullHtmlFieldName(name), out var entry) && entry.Errors.Count > 0
            ? Words(entry.Errors[0])
            : null;

    /// <summary>All mistakes with the id of their control, for the summary that takes focus.</summary>
    public static IReadOnlyList<(string Id, string Message)> All(ModelStateDictionary state) =>
    [
        .. state.SelectMany(entry => entry.Value!.Errors.Select(error =>
            (TagBuilder.CreateSanitizedId(entry.Key, "_") ?? "", Words(error)))),
    ];

    private static string Words(ModelError error) =>
        error.ErrorMessage.Length > 0 ? error.ErrorMessage : "This cannot be read.";
}
