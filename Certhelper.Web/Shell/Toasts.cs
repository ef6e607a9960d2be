using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Certhelper.Web.Shell;

/// <summary>A short message after an act, shown on the next page and read out by screen readers.</summary>
/// <param name="Text">What happened.</param>
/// <param name="IsProblem">Whether it did not go as asked.</param>
/// <param name="UndoUrl">Where a POST takes it back; null when there is no way back.</param>
/// <param name="DraftDone">Name of the draft, kept by the browser, that is not needed any more.</param>
public sealed record Toast(string Text, bool IsProblem = false, string? UndoUrl = null, string? DraftDone = null);

/// <summary>Toasts travel in TempData, which is a protected cookie: any replica shows them.</summary>
public static class Toasts
{
    private const string Key = "toasts";

    public static void Add(this ITempDataDictionary tempData, Toast toast)
    {
        List<Toast> toasts = [.. Read(tempData.Peek(Key)), toast];
        tempData[Key] = JsonSerializer.Serialize(toasts);
    }

    /// <summary>Takes them out: each is shown once.</summary>
    public static IReadOnlyList<Toast> Take(ITempDataDictionary tempData) => Read(tempData[Key]);

    private static List<Toast> Read(object? stored) =>
        stored is string text ? JsonSerializer.Deserialize<List<Toast>>(text) ?? [] : [];
}
