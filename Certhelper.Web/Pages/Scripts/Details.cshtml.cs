using System.Globalization;
using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Certhelper.Web.Executions;
using Certhelper.Web.Lists;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Certhelper.Web.Pages.Scripts;

/// <summary>One script: what it does, the form of what it is given, the command that comes of it, and its latest executions.</summary>
[Authorize(Policy = nameof(Permission.RunScripts))]
public sealed class DetailsModel(CerthelperDbContext db, ExecutionDesk desk, ExecutionList list, IOptions<ScriptsOptions> options, TimeProvider time) : PageModel
{
    /// <summary>Prefix of the form's names: an argument may be called as anything else in an address is.</summary>
    public const string Prefix = "arg.";

    [FromRoute(Name = "key")]
    public string Key { get; set; } = "";

    public Script Script { get; private set; } = null!;

    public ScriptDefinition Definition { get; private set; } = null!;

    /// <summary>What stands in the fields, as it was typed.</summary>
    public IReadOnlyDictionary<string, string?> Values { get; private set; } = new Dictionary<string, string?>();

    /// <summary>The execution whose values these were.</summary>
    public long? AgainOf { get; private set; }

    /// <summary>What would be run on the host; null unless it was asked for.</summary>
    public string? Command { get; private set; }

    /// <summary>Those of which one is needed.</summary>
    public IReadOnlyList<Role> Runners { get; private set; } = [];

    public bool MayRun { get; private set; }

    public IReadOnlyList<ExecutionRow> Latest { get; private set; } = [];

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken)) return NotFound();
        // An address fills the form; what it does not name has its default.
        Values = Definition.Arguments.ToDictionary(argument => argument.Name, argument => (string?)(Request.Query.TryGetValue(argument.Name, out var given) ? given.ToString() : argument.Default));
        AgainOf = long.TryParse(Request.Query["again-of"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        return Page();
    }

    /// <summary>Shows what would be run, and runs nothing.</summary>
    public async Task<IActionResult> OnPostCommandAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken)) return NotFound();
        Take();
        var (given, errors) = ArgumentRules.Read(Definition, Values);
        if (given is null) return Wrong(errors);
        Command = CommandLine.Of(Definition, [.. ShellWords.Split(Definition.Command, out _), .. given.Words], options.Value.Root);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken)) return NotFound();
        Take();
        switch (await desk.StartAsync(Key, Values, await KnownAsync(cancellationToken), Actor.From(User)!, cancellationToken))
        {
            case StartResult.Started started:
                return LocalRedirect(ExecutionWords.Url(started.Id));
            case StartResult.UnderWay underWay:
                TempData.Add(new Toast("The same is under way already: nothing was started, here it is."));
                return LocalRedirect(ExecutionWords.Url(underWay.Id));
            case StartResult.Invalid invalid:
                return Wrong(invalid.Errors);
            case StartResult.Refused:
                return this.Again(StatusCodes.Status403Forbidden);
            case StartResult.Retired:
                ModelState.AddModelError("", "This script has been taken out of use. Nothing was started.");
                return this.Again(StatusCodes.Status409Conflict);
            case StartResult.SwitchedOff:
                ModelState.AddModelError("", "Starting scripts is switched off. Nothing was started.");
                return this.Again(StatusCodes.Status409Conflict);
            default:
                return NotFound();
        }
    }

    private PageResult Wrong(IReadOnlyList<Certhelper.Core.Certification.FieldError> errors)
    {
        foreach (var error in errors) ModelState.AddModelError(error.Field.Length == 0 ? "" : Prefix + error.Field, error.Message);
        // htmx shows only what succeeded.
        if (!Request.IsHtmx()) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private void Take()
    {
        Values = Definition.Arguments.ToDictionary(argument => argument.Name, argument => (string?)Request.Form[Prefix + argument.Name].ToString());
        AgainOf = long.TryParse(Request.Form["again-of"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }

    // The number came with the form: one of another script, or of none, is left out.
    private async Task<long?> KnownAsync(CancellationToken cancellationToken) =>
        AgainOf is { } id && await db.Executions.AnyAsync(item => item.Id == id && item.ScriptId == Script.Id, cancellationToken) ? id : null;

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var version = await db.ScriptVersions.AsNoTracking().Include(item => item.Script)
            .Where(item => item.Script!.Key == Key).OrderByDescending(item => item.Number).FirstOrDefaultAsync(cancellationToken);
        if (version is null) return false;
        (Script, Definition) = (version.Script!, version.Definition);
        Runners = ExecutionDesk.RunnersOf(Definition);
        MayRun = User.Roles().Any(Runners.Contains);
        Latest = await list.OfScriptAsync(Script.Id, 10, cancellationToken);
        return true;
    }
}
