using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Certhelper.Web.Scripts.Definitions;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Certhelper.Web.Pages.Admin.Scripts;

/// <summary>Makes a script, from nothing or after another one.</summary>
[Authorize(Policy = nameof(Permission.ManageScripts))]
public sealed class NewModel(CerthelperDbContext db, ScriptKeeper keeper, IOptionsMonitor<ScriptsOptions> options) : ScriptFormModel(options)
{
    public override string PostUrl => "/admin/scripts/new";

    public override string Back => "/admin/scripts";

    /// <summary>Scripts that can be copied.</summary>
    public IReadOnlyList<ShelvedScript> Scripts { get; private set; } = [];

    /// <summary>The script whose copy this is; null when it is none.</summary>
    public ShelvedScript? Copied { get; private set; }

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "copy")] string? copy, CancellationToken cancellationToken)
    {
        Scripts = await ScriptShelf.ReadAsync(db, cancellationToken);
        if (!string.IsNullOrEmpty(copy))
        {
            Copied = Scripts.FirstOrDefault(script => script.Key == copy);
            if (Copied is null) return NotFound();
        }

        Fields = ScriptFields.Of(Copied?.Definition ?? new ScriptDefinition());
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? act, CancellationToken cancellationToken)
    {
        Scripts = await ScriptShelf.ReadAsync(db, cancellationToken);
        if (!string.IsNullOrEmpty(act)) return Act(act);
        var (definition, _, errors) = Fields.Read();
        if (errors.Count > 0 || !ModelState.IsValid) return Again(StatusCodes.Status422UnprocessableEntity, [.. ScriptKeeper.CheckTitle(Fields.Title), .. await keeper.CheckKeyAsync(Fields.Key, cancellationToken), .. errors]);
        switch (await keeper.CreateAsync(Fields.Key, Fields.Title, definition, Actor.From(User)!, cancellationToken))
        {
            case ScriptResult.Done done:
                TempData.Add(new Toast($"“{Fields.Title!.Trim()}” is made. Test the connection before others use it."));
                return LocalRedirect("/admin/scripts/" + done.Key);
            case ScriptResult.Invalid invalid:
                return Again(StatusCodes.Status422UnprocessableEntity, invalid.Errors);
            default:
                return this.Refuse(Permission.ManageScripts);
        }
    }
}
