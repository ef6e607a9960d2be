using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Certhelper.Web.Scripts.Definitions;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Certhelper.Web.Pages.Admin.Scripts;

/// <summary>Writes the next version of a script.</summary>
[Authorize(Policy = nameof(Permission.ManageScripts))]
public sealed class EditModel(CerthelperDbContext db, ScriptKeeper keeper, IOptionsMonitor<ScriptsOptions> options) : ScriptFormModel(options)
{
    [BindProperty(SupportsGet = true)]
    public string Key { get; set; } = "";

    public Script Script { get; private set; } = null!;

    public override string PostUrl => Back + "/edit";

    public override string Back => "/admin/scripts/" + Uri.EscapeDataString(Key);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken)) return NotFound();
        var last = await db.ScriptVersions.AsNoTracking().Where(version => version.ScriptId == Script.Id).OrderByDescending(version => version.Number).FirstAsync(cancellationToken);
        Number = last.Number;
        Seen = Script.RowVersion;
        Fields = ScriptFields.Of(last.Definition);
        Fields.Title = Script.Title;
        Fields.Position = FormattableString.Invariant($"{Script.Position}");
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? act, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken)) return NotFound();
        Number = Math.Max(From, 1);
        if (!string.IsNullOrEmpty(act)) return Act(act);
        var (definition, position, errors) = Fields.Read();
        if (errors.Count > 0 || !ModelState.IsValid) return Again(StatusCodes.Status422UnprocessableEntity, [.. ScriptKeeper.CheckTitle(Fields.Title), .. errors]);
        switch (await keeper.ChangeAsync(Key, From, Seen, Fields.Title, position, definition, Fields.Note, Actor.From(User)!, cancellationToken))
        {
            case ScriptResult.Done done:
                TempData.Add(new Toast(done.Number == From ? $"“{Fields.Title!.Trim()}” is saved; it runs what it ran." : FormattableString.Invariant($"Version {done.Number} of “{Fields.Title!.Trim()}” is in use.")));
                return LocalRedirect(Back);
            case ScriptResult.Invalid invalid:
                return Again(StatusCodes.Status422UnprocessableEntity, invalid.Errors);
            case ScriptResult.Overtaken overtaken:
                Overtaken = overtaken;
                // Saving again, after having been told, is meant.
                Number = overtaken.Number;
                return Again(StatusCodes.Status409Conflict, []);
            case ScriptResult.Moved moved:
                Moved = moved;
                // Saving again, after having been told, is meant.
                Seen = moved.RowVersion;
                return Again(StatusCodes.Status409Conflict, []);
            case ScriptResult.Refused:
                return this.Refuse(Permission.ManageScripts);
            default:
                return NotFound();
        }
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (await db.Scripts.AsNoTracking().SingleOrDefaultAsync(row => row.Key == Key, cancellationToken) is not { } script) return false;
        Script = script;
        return true;
    }
}
