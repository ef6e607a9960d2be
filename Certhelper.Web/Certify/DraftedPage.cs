using System.Globalization;
using Certhelper.Core.Certification;
using Certhelper.Core.Runs;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Primitives;

namespace Certhelper.Web.Certify;

/// <summary>A page with the certify form, whose fields can come from a draft.</summary>
public abstract class DraftedPage : PageModel
{
    /// <summary>
    /// The draft's fields, bound as if they had been posted just now; what could not be read comes back as it was typed,
    /// and its mistake is said when the form is sent.
    /// </summary>
    protected async Task<DraftFields> BindAsync(CertificationDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var typed = new FormCollection(draft.Fields.ToDictionary(field => field.Key, field => new StringValues([.. field.Value])));
        var fields = new DraftFields();
        await TryUpdateModelAsync(fields, "", new FormValueProvider(BindingSource.Form, typed, CultureInfo.InvariantCulture));
        foreach (var entry in ModelState.Values)
        {
            entry.Errors.Clear();
            entry.ValidationState = ModelValidationState.Skipped;
        }

        return fields;
    }

    /// <summary>What the certify form binds.</summary>
    protected sealed class DraftFields
    {
        public CertificationInput Input { get; set; } = new();

        public TypedFacts Facts { get; set; } = new();

        public bool RunConfirmed { get; set; }

        public string? Why { get; set; }

        /// <summary>The revision that the draft was begun from; null for a new certification.</summary>
        public int? SeenRevision { get; set; }
    }
}
