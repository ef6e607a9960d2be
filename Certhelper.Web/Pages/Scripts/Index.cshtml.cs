using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Scripts;

/// <summary>A script in the list.</summary>
/// <param name="Running">What is under way, oldest first.</param>
/// <param name="Last">What ended last; null when it never ran.</param>
public sealed record ScriptLine(int Id, string Key, string Title, ScriptDefinition Definition, IReadOnlyList<ExecutionRow> Running, ExecutionRow? Last);

/// <summary>The scripts that may be run, what runs now, and how it went last.</summary>
[Authorize(Policy = nameof(Permission.RunScripts))]
public sealed class IndexModel(CerthelperDbContext db, TimeProvider time) : PageModel
{
    public IReadOnlyList<ScriptLine> Scripts { get; private set; } = [];

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        // Three statements, however many scripts and executions there are.
        var scripts = await db.ScriptVersions.AsNoTracking()
            .Where(version => version.Script!.RetiredAt == null && version.Number == db.ScriptVersions.Where(other => other.ScriptId == version.ScriptId).Max(other => other.Number))
            .OrderBy(version => version.Script!.Position).ThenBy(version => version.ScriptId)
            .Select(version => new { version.ScriptId, version.Script!.Key, version.Script.Title, version.Definition })
            .ToListAsync(cancellationToken);
        var running = (await db.Executions.AsNoTracking().Where(item => item.EndedAt == null).OrderBy(item => item.Id).AsRows().ToListAsync(cancellationToken)).ToLookup(row => row.Key);
        var latest = db.Scripts.Select(script => db.Executions.Where(item => item.ScriptId == script.Id && item.Kind == ExecutionKind.Run && item.EndedAt != null).Max(item => (long?)item.Id));
        var last = (await db.Executions.AsNoTracking().Where(item => latest.Contains(item.Id)).AsRows().ToListAsync(cancellationToken)).ToLookup(row => row.Key);
        Scripts =
        [
            .. scripts.Select(script => new ScriptLine(script.ScriptId, script.Key, script.Title, script.Definition, [.. running[script.Key]], last[script.Key].FirstOrDefault())),
        ];
    }
}
