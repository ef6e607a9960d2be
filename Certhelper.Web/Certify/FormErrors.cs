using Certhelper.Core.Certification;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Certhelper.Web.Certify;

/// <summary>Puts what a desk found wrong at the fields of the form.</summary>
internal static class FormErrors
{
    /// <param name="state">The form's state.</param>
    /// <param name="prefix">Name of the property that holds the fields.</param>
    /// <param name="errors">What is wrong.</param>
    public static void Add(this ModelStateDictionary state, string prefix, IEnumerable<FieldError> errors)
    {
        foreach (var error in errors)
            state.AddModelError(error.Field.Length == 0 ? "" : prefix.Length == 0 ? error.Field : $"{prefix}.{error.Field}", error.Message);
    }
}
