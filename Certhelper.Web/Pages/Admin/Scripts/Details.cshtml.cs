using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Certhelper.Web.Certify;
using Certhelper.Web.Scripts.Definitions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Certhelper.Web.Pages.Admin.Scripts;

/// <summary>One script: a version of it in words, the others, what changed between two, and a dry run.</summary>
[Authorize(Policy = nameof(Permission.ManageScripts))]
public sealed class DetailsModel(CerthelperDbContext db, IOptionsMonitor<ScriptsOptions> options) : PageModel
{
    /// <summary>Begins the names of the dry run's values.</summary>
    public const string Prefix = "value-";

    /// <summary>One version in the list of them.</summary>
    public sealed record Version(int Number, DateTimeOffset At, string? ByName, string? Note, ScriptDefinition Definition, int Executions);

    [BindProperty(SupportsGet = true)]
    public string Key { get; set; } = "";

    public Script Script { get; private set; } = null!;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Version> Versions { get; private set; } = [];

    public Version Shown { get; private set; } = null!;

    /// <summary>The version it is compared with; null when it is not compared.</summary>
    public Version? With { get; private set; }

    public IReadOnlyList<ScriptChange>? Changes { get; private set; }

    /// <summary>What the dry run was given: at first the defaults.</summary>
    public Dictionary<string, string?> Values { get; private set; } = [];

    public DryRun DryRun { get; private set; } = null!;

    /// <summary>Whether somebody asked for the dry run, and is told what is wrong with the values.</summary>
    public bool Tried { get; private set; }

    public async Task<IActionResult> OnGetAsync(
        [FromQuery(Name = "version")] int? number, [FromQuery(Name = "with")] int? with, CancellationToken cancellationToken)
    {
        var script = await db.Scripts.AsNoTracking().SingleOrDefaultAsync(row => row.Key == Key, cancellationToken);
        if (script is null) return NotFound();
        Script = script;
        Versions = await db.ScriptVersions.Where(version => version.ScriptId == script.Id)
            .OrderByDescending(version => version.Number)
            .Select(version => new Version(
                version.Number, version.CreatedAt, version.CreatedBy == null ? null : version.CreatedBy.Name, version.Note, version.Definition,
                db.Executions.Count(execution => execution.ScriptVersionId == version.Id && execution.Kind == ExecutionKind.Run)))
            .ToListAsync(cancellationToken);
        if ((number is null ? Versions[0] : Versions.FirstOrDefault(version => version.Number == number)) is not { } shown) return NotFound();
        Shown = shown;
        With = Versions.FirstOrDefault(version => version.Number == with);
        if (With is not null) Changes = ScriptDiff.Between(With.Definition, Shown.Definition);
        Try();
        return Page();
    }

    private void Try()
    {
        Values = DryRun.Defaults(Shown.Definition);
        foreach (var name in Shown.Definition.Arguments.Select(argument => argument.Name))
        {
            if (!Request.Query.TryGetValue(Prefix + name, out var typed)) continue;
            Tried = true;
            Values[name] = typed.ToString();
        }

        DryRun = DryRun.Of(Shown.Definition, Values, options.CurrentValue.Root);
        if (Tried) ModelState.Add("", DryRun.Errors.Select(error => error with { Field = Prefix + error.Field }));
    }
}
