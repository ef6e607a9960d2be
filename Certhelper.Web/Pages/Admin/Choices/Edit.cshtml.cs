using System.Globalization;
using Certhelper.Core.Administration;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Web.Administration;
using Certhelper.Web.Certify;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Admin.Choices;

/// <summary>Adds an entry to one of the short lists, or changes one.</summary>
[Authorize(Policy = nameof(Permission.ManageChoices))]
public sealed class EditModel(CerthelperDbContext db, ChoiceDesk desk) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string List { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public int? Id { get; set; }

    [BindProperty]
    public uint Version { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Description { get; set; }

    [BindProperty]
    public string? Position { get; set; } = "0";

    [BindProperty]
    public bool Retired { get; set; }

    [BindProperty]
    public Component? Component { get; set; }

    public ChoiceList Of => ChoiceList.Of(List);

    public string OldName { get; private set; } = "";

    public bool WasOvertaken { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (Id is null) return Page();
        if (await LoadAsync(cancellationToken) is not { } item) return NotFound();
        (Version, Name, Description, Retired, Position) = (item.Version, item.Name, item.Description, item.RetiredAt is not null, item.Position.ToString(CultureInfo.InvariantCulture));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Id is not null && await LoadAsync(cancellationToken) is null) return NotFound();
        // What is no number is as wrong as one that is too large, and is told by the same sentence.
        var place = int.TryParse(Position, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : -1;
        var input = new ChoiceInput(Name, Description, place, Retired, Component);
        var actor = Actor.From(User)!;
        var result = Of.OfComponents
            ? await desk.SaveAsync<ComponentProblem>(Id, Version, input, actor, cancellationToken)
            : await desk.SaveAsync<BadReason>(Id, Version, input, actor, cancellationToken);
        switch (result)
        {
            case ChangeResult.Done:
                TempData.Add(new Toast($"“{Name!.Trim()}” is saved."));
                return LocalRedirect(Of.Url);
            case ChangeResult.Overtaken:
                WasOvertaken = true;
                // Saving again, after having been told, is meant.
                ModelState.Remove(nameof(Version));
                Version = (await LoadAsync(cancellationToken))!.Version;
                return this.Again(StatusCodes.Status409Conflict);
            case ChangeResult.Invalid invalid:
                ModelState.Add("", invalid.Errors);
                return this.Again(StatusCodes.Status422UnprocessableEntity);
            case ChangeResult.Refused:
                return this.Refuse(Permission.ManageChoices);
            default:
                return NotFound();
        }
    }

    private async Task<IChoice?> LoadAsync(CancellationToken cancellationToken)
    {
        IChoice? item = Of.OfComponents
            ? await db.ComponentProblems.AsNoTracking().SingleOrDefaultAsync(row => row.Id == Id, cancellationToken)
            : await db.BadReasons.AsNoTracking().SingleOrDefaultAsync(row => row.Id == Id, cancellationToken);
        OldName = item?.Name ?? "";
        return item;
    }
}
