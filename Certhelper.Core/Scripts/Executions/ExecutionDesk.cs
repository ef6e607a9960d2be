using System.Globalization;
using System.Text.Json;
using Certhelper.Core.Administration;
using Certhelper.Core.Audit;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Scripts;

/// <summary>How asking for an execution ended.</summary>
public abstract record StartResult
{
    private StartResult()
    {
    }

    public sealed record Started(long Id) : StartResult;

    /// <summary>The same script with the same values is under way already; nothing was started.</summary>
    public sealed record UnderWay(long Id) : StartResult;

    /// <summary>Errors name arguments.</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : StartResult;

    /// <param name="Roles">Those of which one is needed.</param>
    public sealed record Refused(IReadOnlyList<Role> Roles) : StartResult;

    public sealed record Retired : StartResult;

    /// <summary>An administrator has switched the starting of scripts off.</summary>
    public sealed record SwitchedOff : StartResult;

    public sealed record NotFound : StartResult;
}

/// <summary>How asking to stop ended.</summary>
public enum StopResult
{
    /// <summary>A worker will stop it on its host, and say what it ended.</summary>
    Asked,

    /// <summary>It had not begun; nothing was done on the host.</summary>
    NeverBegun,

    /// <summary>It had ended before.</summary>
    Ended,
    Refused,
    NotFound,
}

/// <summary>Asks for executions and for their end. Workers do the rest.</summary>
public sealed class ExecutionDesk(CerthelperDbContext db, ExecutionHints hints, SiteBoard board, TimeProvider time)
{
    /// <summary>Who may run a script: those who may run scripts, unless the definition says fewer.</summary>
    public static IReadOnlyList<Role> RunnersOf(ScriptDefinition definition) =>
        [.. PermissionTable.RolesFor(Permission.RunScripts).Where(role => definition.Runners.Count == 0 || definition.Runners.Contains(role))];

    /// <summary>Starts a script with these values.</summary>
    public async Task<StartResult> StartAsync(string key, IReadOnlyDictionary<string, string?> values, long? againOf, Actor actor, CancellationToken cancellationToken)
    {
        var version = await CurrentAsync(key, cancellationToken);
        if (version is null) return new StartResult.NotFound();
        var runners = RunnersOf(version.Definition);
        if (!actor.Roles.Any(runners.Contains)) return new StartResult.Refused(runners);
        if (version.Script!.RetiredAt is not null) return new StartResult.Retired();
        if (!board.Now.IsOn(Feature.Scripts)) return new StartResult.SwitchedOff();
        var (given, errors) = ArgumentRules.Read(version.Definition, values);
        if (given is null) return new StartResult.Invalid(errors);

        var definition = version.Definition;
        return await BeginAsync(new Execution
        {
            ScriptId = version.ScriptId,
            ScriptVersionId = version.Id,
            StartedById = actor.UserId,
            RequestedAt = time.GetUtcNow(),
            Deadline = time.GetUtcNow().AddMinutes(definition.TimeLimitMinutes),
            Arguments = given.Values,
            Words = [.. ShellWords.Split(definition.Command, out _), .. given.Words],
            Runs = given.Runs,
            Side = definition.Side,
            SideKey = definition.SideArgument.Length > 0 ? definition.SideArgument + "=" + given.Values.GetValueOrDefault(definition.SideArgument) : "",
            AgainOfId = againOf,
        }, $"asked for by {actor.Name}", actor, cancellationToken);
    }

    /// <summary>Starts a test of the connection: everything up to the command, and not the command.</summary>
    public async Task<StartResult> TestAsync(string key, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageScripts)) return new StartResult.Refused(PermissionTable.RolesFor(Permission.ManageScripts));
        var version = await CurrentAsync(key, cancellationToken);
        if (version is null) return new StartResult.NotFound();
        if (!board.Now.IsOn(Feature.Scripts)) return new StartResult.SwitchedOff();
        return await BeginAsync(new Execution
        {
            Kind = ExecutionKind.ConnectionTest,
            ScriptId = version.ScriptId,
            ScriptVersionId = version.Id,
            StartedById = actor.UserId,
            RequestedAt = time.GetUtcNow(),
            // Time enough for an administrator to approve a key that was never seen.
            Deadline = time.GetUtcNow().AddMinutes(15),
            Arguments = [],
            Words = [.. ShellWords.Split(version.Definition.Command, out _)],
            Side = 1,
            SideKey = "#test",
        }, $"test of the connection asked for by {actor.Name}", actor, cancellationToken);
    }

    /// <summary>Asks for the end of an execution.</summary>
    public async Task<StopResult> StopAsync(long id, Actor actor, CancellationToken cancellationToken)
    {
        var found = await db.Executions.Where(row => row.Id == id).Select(row => new { row.StartedById, row.State }).SingleOrDefaultAsync(cancellationToken);
        if (found is null) return StopResult.NotFound;
        if (!actor.May(found.StartedById == actor.UserId ? Permission.RunScripts : Permission.StopOthersExecutions)) return StopResult.Refused;
        var now = time.GetUtcNow();
        var over = await db.InOneTransactionAsync(() => WriteStopAsync(id, now, actor, cancellationToken), cancellationToken);

        hints.TellWorkers(id);
        hints.TellWatchers(id);
        if (over) return StopResult.NeverBegun;
        return found.State.HasEnded() ? StopResult.Ended : StopResult.Asked;
    }

    /// <returns>Whether it is over at once.</returns>
    private async Task<bool> WriteStopAsync(long id, DateTimeOffset now, Actor actor, CancellationToken cancellationToken)
    {
        // What no worker has taken is over at once. The condition is in the statement: a worker may take it at this moment.
        var over = await db.Executions.Where(row => row.Id == id && row.EndedAt == null && row.RemoteFolder == null)
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.State, ExecutionState.Stopped)
                .SetProperty(row => row.EndedAt, now)
                .SetProperty(row => row.Trouble, "Stopped before it had begun; nothing was done on the host.")
                .SetProperty(row => row.StopRequestedAt, now)
                .SetProperty(row => row.StopRequestedById, actor.UserId)
                .SetProperty(row => row.Change, row => row.Change + 1), cancellationToken);
        var asked = over == 1 ? 0 : await db.Executions.Where(row => row.Id == id && row.EndedAt == null && row.StopRequestedAt == null)
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.StopRequestedAt, now)
                .SetProperty(row => row.StopRequestedById, actor.UserId)
                .SetProperty(row => row.Change, row => row.Change + 1), cancellationToken);
        if (over + asked > 0)
        {
            db.ExecutionEvents.Add(new ExecutionEvent { ExecutionId = id, At = now, ById = actor.UserId, Text = over == 1 ? "stopped before it had begun" : "asked to stop" });
            await db.SaveChangesAsync(cancellationToken);
            await db.AuditAsync(
                cancellationToken,
                new AuditNote(AuditEvent.Changed, nameof(Execution), id.ToString(CultureInfo.InvariantCulture), Details: over == 1 ? "stopped before it had begun" : "asked to stop"));
        }

        return over == 1;
    }

    private async Task<StartResult> BeginAsync(Execution execution, string said, Actor actor, CancellationToken cancellationToken)
    {
        // One lock for each script: the same person who presses twice, or two who want the same, get one execution.
        var found = await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(7301, {execution.ScriptId})", cancellationToken);
            var open = await db.Executions.Where(row => row.ScriptId == execution.ScriptId && row.Kind == execution.Kind && row.EndedAt == null)
                .Select(row => new { row.Id, row.Arguments, row.StopRequestedAt }).ToListAsync(cancellationToken);
            var given = Canonical(execution.Arguments);
            if (open.Find(row => row.StopRequestedAt is null && Canonical(row.Arguments) == given) is { } same) return same.Id;
            execution.Events.Add(new ExecutionEvent { ExecutionId = 0, At = execution.RequestedAt, ById = actor.UserId, Text = said });
            db.Executions.Add(execution);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return 0L;
        });
        if (found != 0) return new StartResult.UnderWay(found);
        hints.TellWorkers(execution.Id);
        return new StartResult.Started(execution.Id);
    }

    private Task<ScriptVersion?> CurrentAsync(string key, CancellationToken cancellationToken) => db.ScriptVersions.AsNoTracking().Include(version => version.Script)
        .Where(version => version.Script!.Key == key).OrderByDescending(version => version.Number).FirstOrDefaultAsync(cancellationToken);

    private static string Canonical(Dictionary<string, string> arguments) =>
        JsonSerializer.Serialize(new SortedDictionary<string, string>(arguments, StringComparer.Ordinal));
}
