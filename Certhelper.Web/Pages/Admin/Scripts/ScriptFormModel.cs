using Certhelper.Core.Certification;
using Certhelper.Core.Scripts;
using Certhelper.Web.Certify;
using Certhelper.Web.Scripts.Definitions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Certhelper.Web.Pages.Admin.Scripts;

/// <summary>
/// What making and changing a script share: its fields, the buttons that add, move and take out, and the dry run. These are
/// round trips that save nothing; the page holds everything that was typed.
/// </summary>
public abstract class ScriptFormModel(IOptionsMonitor<ScriptsOptions> options) : PageModel
{
    private const string DryRunAct = "dry-run";

    [BindProperty]
    public ScriptFields Fields { get; set; } = new();

    /// <summary>The version that the fields were filled from.</summary>
    [BindProperty]
    public int From { get; set; }

    /// <summary>Row version of the script when the page was opened; 0 for a new one.</summary>
    [BindProperty]
    public uint Seen { get; set; }

    /// <summary>Title and place as somebody else changed them meanwhile; null when nobody did.</summary>
    public ScriptResult.Moved? Moved { get; protected set; }

    /// <summary>The version that what is typed would replace; 0 when it is the first.</summary>
    public int Number { get; protected set; }

    /// <summary>What somebody else saved meanwhile; null when nobody did.</summary>
    public ScriptResult.Overtaken? Overtaken { get; protected set; }

    /// <summary>What the fields would run with the samples; null when nobody asked.</summary>
    public DryRun? DryRun { get; private set; }

    /// <summary>Where this page posts to.</summary>
    public abstract string PostUrl { get; }

    /// <summary>Where one leaves to.</summary>
    public abstract string Back { get; }

    public bool IsNew => Number == 0;

    /// <summary>Does what one of the buttons asks for, and shows the page again.</summary>
    protected PageResult Act(string act)
    {
        if (act == DryRunAct)
        {
            Try();
            return Page();
        }

        Fields.Apply(act);
        // The fields have moved: what was posted belongs to other ones now.
        ModelState.Clear();
        return Page();
    }

    protected PageResult Again(int status, IEnumerable<FieldError> errors)
    {
        ModelState.Add(nameof(Fields), errors);
        Response.StatusCode = status;
        return Page();
    }

    private void Try()
    {
        var (definition, _, errors) = Fields.Read();
        ModelState.Add(nameof(Fields), errors);
        if (!ModelState.IsValid) return;
        DryRun = DryRun.Of(definition, Fields.Samples(), options.CurrentValue.Root);
        foreach (var error in DryRun.Errors)
        {
            var at = definition.Arguments.FindIndex(argument => argument.Name == error.Field);
            ModelState.AddModelError($"{nameof(Fields)}.Arguments[{at}].{nameof(ScriptFields.Argument.Sample)}", $"{definition.Arguments[at].Label}: {error.Message}");
        }
    }
}
