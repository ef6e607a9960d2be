using Certhelper.Core.Checklists;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Web.Certify;
using Certhelper.Web.Checklists;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Admin.Checklists;

/// <summary>
/// Writes the next version of a checklist. Adding, moving and removing are round trips that save nothing; the page holds
/// everything that was typed.
/// </summary>
[Authorize(Policy = nameof(Permission.ManageChecklists))]
public sealed class EditModel(CerthelperDbContext db, ChecklistKeeper keeper) : PageModel
{
    private const string LookOnly = "preview";

    [BindProperty(SupportsGet = true)]
    public string Key { get; set; } = "";

    [BindProperty]
    public ChecklistFields Fields { get; set; } = new();

    /// <summary>The version that the fields were filled from.</summary>
    [BindProperty]
    public int From { get; set; }

    /// <summary>Row version of the checklist when the page was opened.</summary>
    [BindProperty]
    public uint Seen { get; set; }

    public Checklist List { get; private set; } = null!;

    /// <summary>The version that what is typed would replace; 0 when it is the first.</summary>
    public int Number { get; private set; }

    /// <summary>What somebody else published meanwhile; null when nobody did.</summary>
    public ChecklistResult.Overtaken? Overtaken { get; private set; }

    /// <summary>Title and place as somebody else changed them meanwhile; null when nobody did.</summary>
    public ChecklistSettings? Moved { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken)) return NotFound();
        var last = await db.ChecklistVersions.AsNoTracking().Where(version => version.ChecklistId == List.Id)
            .OrderByDescending(version => version.Number).FirstOrDefaultAsync(cancellationToken);
        Number = last?.Number ?? 0;
        Fields = ChecklistFields.Of(List, last?.Content);
        Seen = List.RowVersion;
        return Page();
    }

    /// <summary>What it would ask, when only that was to be seen.</summary>
    public ChecklistContent? Preview { get; private set; }

    public async Task<IActionResult> OnPostAsync(string? act, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken)) return NotFound();
        Number = From;
        if (!string.IsNullOrEmpty(act) && act != LookOnly)
        {
            Fields.Apply(act);
            // The fields have moved: what was posted belongs to other ones now.
            ModelState.Clear();
            return Page();
        }

        var (settings, content, errors) = Fields.Read();
        ModelState.Add(nameof(Fields), errors);
        if (act == LookOnly && ModelState.IsValid)
        {
            Preview = content;
            return Page();
        }

        if (!ModelState.IsValid) return this.Again(StatusCodes.Status422UnprocessableEntity);
        switch (await keeper.PublishAsync(Key, From, Seen, settings, content, Fields.Note, Actor.From(User)!, cancellationToken))
        {
            case ChecklistResult.Done done:
                TempData.Add(new Toast(done.Number == From ? $"“{settings.Title}” is saved; it asks what it asked." : FormattableString.Invariant($"Version {done.Number} of “{settings.Title}” is published.")));
                return LocalRedirect("/admin/checklists/" + done.Key);
            case ChecklistResult.Invalid invalid:
                ModelState.Add(nameof(Fields), invalid.Errors);
                return this.Again(StatusCodes.Status422UnprocessableEntity);
            case ChecklistResult.Overtaken overtaken:
                Overtaken = overtaken;
                // Publishing again, after having been told, is meant.
                Number = overtaken.Number;
                return this.Again(StatusCodes.Status409Conflict);
            case ChecklistResult.Moved moved:
                Moved = moved.Now;
                // Saving again, after having been told, is meant.
                Seen = moved.RowVersion;
                return this.Again(StatusCodes.Status409Conflict);
            case ChecklistResult.Refused:
                return this.Refuse(Permission.ManageChecklists);
            default:
                return NotFound();
        }
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (await db.Checklists.AsNoTracking().SingleOrDefaultAsync(row => row.Key == Key, cancellationToken) is not { } list) return false;
        List = list;
        return true;
    }
}
