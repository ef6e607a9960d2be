using System.Globalization;
using Certhelper.Core.Runs;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Administration;

/// <summary>What the forms of the administration do alike.</summary>
internal static class AdminForms
{
    private const string Form = "yyyy-MM-dd'T'HH:mm";

    /// <summary>A moment as typed in Geneva; null for nothing. What cannot be read is told at the field.</summary>
    public static DateTimeOffset? Moment(this PageModel page, string field, string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed)) return null;
        if (DateTime.TryParseExact(typed.Trim(), [Form, Form + ":ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is >= 2000 and <= 2100)
            return ExperimentDay.MomentOf(local);
        page.ModelState.AddModelError(field, "Write it like 2026-11-29T18:30.");
        return null;
    }

    /// <summary>The same back.</summary>
    public static string? Text(DateTimeOffset? moment) => moment is { } at ? ExperimentDay.Local(at).ToString(Form, CultureInfo.InvariantCulture) : null;
}
