using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Certhelper.Web.Executions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Certhelper.Web.Pages.Executions;

/// <summary>One execution: live while it runs, and with all that is known of it afterwards.</summary>
[Authorize(Policy = nameof(Permission.RunScripts))]
public sealed class DetailsModel(CerthelperDbContext db, IOptions<ScriptsOptions> options, TimeProvider time) : PageModel
{
    [FromRoute(Name = "id")]
    public long Id { get; set; }

    public Execution Execution { get; private set; } = null!;

    public ScriptDefinition Definition { get; private set; } = null!;

    public string Command { get; private set; } = "";

    /// <summary>Whether the viewer may stop it: their own, or anybody's.</summary>
    public bool MayStop { get; private set; }

    public bool IsMine { get; private set; }

    public bool MayRun { get; private set; }

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public string Title => Execution.Kind == ExecutionKind.ConnectionTest ? $"Test of the connection of {Execution.Script!.Title}" : Execution.Script!.Title;

    /// <summary>Why something could not be done, for who looks at it; null when it is clear by itself.</summary>
    public string? Trouble => Execution.State == ExecutionState.Succeeded ? null : Execution.Trouble;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var found = await db.Executions.AsNoTrackingWithIdentityResolution().AsSplitQuery()
            .Include(item => item.Script).Include(item => item.ScriptVersion).Include(item => item.StartedBy).Include(item => item.StopRequestedBy)
            .Include(item => item.Events.OrderBy(happened => happened.Id)).ThenInclude(happened => happened.By)
            .Include(item => item.Files.OrderBy(file => file.Id))
            .SingleOrDefaultAsync(item => item.Id == Id, cancellationToken);
        if (found is null) return NotFound();
        Execution = found;
        Definition = found.ScriptVersion!.Definition;
        Command = CommandLine.Of(Definition, found.Words, options.Value.Root);
        IsMine = found.StartedById == User.UserId();
        MayStop = found.EndedAt is null && User.May(IsMine ? Permission.RunScripts : Permission.StopOthersExecutions);
        MayRun = found.Kind == ExecutionKind.Run && found.Script!.RetiredAt is null && User.Roles().Any(ExecutionDesk.RunnersOf(Definition).Contains);
        return Page();
    }

    /// <summary>The last lines, for a browser without script.</summary>
    internal Task<IReadOnlyList<OutputLine>> EndAsync(ExecutionReading reading) => reading.EndAsync(Id, Execution.LastLine, HttpContext.RequestAborted);
}
