using System.Globalization;
using Certhelper.Core.Scripts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Certhelper.Jobs.Scripts;

/// <summary>
/// Carries one execution from wherever it stands to its end. It may be killed at any moment and begun anew by another
/// worker: what it has done is in the database and on the host, nothing is in its memory only.
/// </summary>
internal sealed partial class ExecutionRunner(
    IServiceScopeFactory scopes, ExecutionBook book, ExecutionHints hints, OutputCollector collector, IOptions<ScriptsOptions> options, TimeProvider time, ILogger<ExecutionRunner> logger)
{
    /// <summary>Between TERM and KILL.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>How long after its time is up an execution is kept whose host cannot be reached to end it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Works until the execution has ended, the process is asked to stop, or another worker takes over.</summary>
    public async Task RunAsync(long id, CancellationToken shutdown)
    {
        var owner = $"{Environment.MachineName}:{Environment.ProcessId}";
        if (await book.TakeAsync(id, owner, shutdown) is not { } ticket) return;
        var execution = await book.ReadAsync(ticket, shutdown);
        await using var heart = new Heart(book, ticket, execution.Deadline, execution.StopRequestedAt, time, logger);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(shutdown, heart.Lost);
        try
        {
            await WorkAsync(ticket, heart, owner, either.Token);
        }
        catch (TicketLostException)
        {
            LogLost(id);
        }
        catch (OperationCanceledException) when (heart.Lost.IsCancellationRequested)
        {
            LogLost(id);
        }
        catch (OperationCanceledException) when (shutdown.IsCancellationRequested)
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await book.ReleaseAsync(ticket, soon.Token);
            LogHandedOver(id);
        }
    }

    private async Task WorkAsync(Ticket ticket, Heart heart, string owner, CancellationToken cancellationToken)
    {
        var pause = TimeSpan.FromSeconds(1);
        var attached = false;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var execution = await book.ReadAsync(ticket, cancellationToken);
                if (execution.StartedAt is null && heart.MustEnd)
                {
                    await EndAsync(ticket, execution, heart.StopRequested ? ExecutionState.Stopped : ExecutionState.TimedOut, null, "Nothing was begun on the host" + (execution.Trouble is null ? "." : ": " + execution.Trouble), cancellationToken);
                    return;
                }

                try
                {
                    await using var scope = scopes.CreateAsyncScope();
                    using var session = await scope.ServiceProvider.GetRequiredService<HostDoor>().OpenAsync(execution.ScriptVersion!.Definition, cancellationToken);
                    await AttendAsync(ticket, execution, session, heart, attached ? null : owner, cancellationToken);
                    return;
                }
                catch (HostTroubleException trouble)
                {
                    // What it did up to the trouble is in the database.
                    execution = await book.ReadAsync(ticket, cancellationToken);
                    if (await GiveUpAsync(ticket, execution, trouble, heart, cancellationToken)) return;
                    attached = execution.StartedAt is not null;
                    await NoteAsync(ticket, execution, trouble.Message, cancellationToken);
                    pause = trouble.Trouble == HostTrouble.KeyPending ? TimeSpan.FromSeconds(2) : TimeSpan.FromSeconds(Math.Min(pause.TotalSeconds * 1.5, LongestPause.TotalSeconds));
                }
            }
            catch (Exception exception) when (exception is NpgsqlException or DbUpdateException or TimeoutException || (exception is InvalidOperationException && exception.InnerException is NpgsqlException))
            {
                // Nothing was lost: the log is on the host, and how far it is read in the database.
                LogDatabase(ticket.Id, exception);
                pause = TimeSpan.FromSeconds(1);
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    /// <summary>Whether trouble ends the execution, and how.</summary>
    private async Task<bool> GiveUpAsync(Ticket ticket, Execution execution, HostTroubleException trouble, Heart heart, CancellationToken cancellationToken)
    {
        if (trouble.Trouble == HostTrouble.Host || (execution.StartedAt is null && !trouble.MayPass))
        {
            await EndAsync(ticket, execution, ExecutionState.Failed, null, trouble.Message, cancellationToken);
            return true;
        }

        if (execution.StartedAt is null || !heart.TimeIsUp || time.GetUtcNow() < execution.Deadline + Patience) return false;
        await EndAsync(ticket, execution, ExecutionState.Lost, null, "Its time is up, and the host cannot be reached to end it: it may still run there. " + trouble.Message, cancellationToken);
        return true;
    }

    private async Task AttendAsync(Ticket ticket, Execution execution, HostSession session, Heart heart, string? newOwner, CancellationToken cancellationToken)
    {
        var definition = execution.ScriptVersion!.Definition;
        var name = execution.RemoteFolder!;
        if (execution.State == ExecutionState.Waiting)
        {
            var now = time.GetUtcNow();
            // From here on the host may have begun it, whatever becomes of us.
            if (execution.StartedAt is null) await book.WriteAsync(ticket, $"connected to {definition.Host} as {session.Account}", set => set.SetProperty(row => row.StartedAt, now).SetProperty(row => row.Trouble, (string?)null), cancellationToken);
            var words = execution.Kind == ExecutionKind.ConnectionTest ? RemoteCommand.Probe(execution.Words) : execution.Words;
            await RemoteCommand.StartAsync(session, name, definition.Directory.Replace("{root}", options.Value.Root, StringComparison.Ordinal), words, cancellationToken);
            await book.WriteAsync(ticket, "begun on the host", set => set.SetProperty(row => row.State, ExecutionState.Running).SetProperty(row => row.Trouble, (string?)null), cancellationToken);
        }
        else if (newOwner is not null || execution.Trouble is not null)
        {
            await book.WriteAsync(ticket, newOwner is null ? "connected again" : "taken over by another worker, which goes on with the output", set => set.SetProperty(row => row.Trouble, (string?)null), cancellationToken);
        }

        var folder = $"{session.Home}/.certhelper/{name}";
        var follower = new LogFollower(book, ticket, execution, session.Secrets);
        var stopped = await FollowAsync(ticket, session, name, folder, follower, heart, cancellationToken);
        if (stopped is { Known: false })
        {
            await EndAsync(ticket, execution, ExecutionState.Failed, null, "The host knows nothing of it any more: it was restarted, or its files were removed. How it ended cannot be said.", cancellationToken);
            return;
        }

        var state = await RemoteCommand.CheckAsync(session, name, cancellationToken);
        if (stopped?.Report is { } report)
        {
            var ended = heart.StopRequested ? ExecutionState.Stopped : ExecutionState.TimedOut;
            await EndAsync(ticket, execution, ended, state.Code, Say(report) + (ended == ExecutionState.TimedOut ? " Its time was up." : ""), cancellationToken);
            return;
        }

        await ConcludeAsync(ticket, execution, session, folder, state, follower.PatternFound, cancellationToken);
    }

    /// <summary>How following ended without an end of the command's own.</summary>
    private sealed record Interrupted(StopReport? Report, bool Known);

    /// <summary>Carries the output over until the command has ended.</summary>
    /// <returns>Null when it ended by itself.</returns>
    private async Task<Interrupted?> FollowAsync(Ticket ticket, HostSession session, string name, string folder, LogFollower follower, Heart heart, CancellationToken cancellationToken)
    {
        await using var file = await session.OpenAsync($"{folder}/{RemoteCommand.Log}", cancellationToken);
        if (file is null) return new Interrupted(null, Known: false);
        file.Position = follower.StartOffset;
        StopReport? report = null;
        var nextCheck = time.GetUtcNow() + CheckEvery;
        var silent = 0;
        while (true)
        {
            // First whether it has ended, then the rest of its output: what a fast script prints last is not missed.
            var ended = await session.ExistsAsync($"{folder}/{RemoteCommand.Code}", cancellationToken);
            var any = await follower.TakeAsync(file, cancellationToken);
            if (ended && !any)
            {
                await follower.FinishAsync(cancellationToken);
                return report is null ? null : new Interrupted(report, Known: true);
            }

            if (heart.MustEnd && report is null && !ended)
            {
                await book.WriteAsync(ticket, heart.StopRequested ? "stopping: TERM was sent" : "its time is up: TERM was sent", _ => { }, cancellationToken);
                report = await RemoteCommand.StopAsync(session, name, Grace, cancellationToken);
                await book.WriteAsync(ticket, Say(report), _ => { }, cancellationToken);
                continue;
            }

            if (any) continue;
            await Task.Delay(Look, time, cancellationToken);
            if (time.GetUtcNow() < nextCheck) continue;
            nextCheck = time.GetUtcNow() + CheckEvery;
            var state = await RemoteCommand.CheckAsync(session, name, cancellationToken);
            silent = state.Alive || state.Code is not null ? 0 : silent + 1;
            // Twice, because a command that begins has no process id for a moment.
            if (silent >= 2) return new Interrupted(report, Known: false);
        }
    }

    /// <summary>The command has ended by itself: fetch its files, and say whether it succeeded.</summary>
    private async Task ConcludeAsync(Ticket ticket, Execution execution, HostSession session, string folder, RemoteState state, bool patternFound, CancellationToken cancellationToken)
    {
        var success = execution.Kind == ExecutionKind.ConnectionTest ? new ScriptSuccess() : execution.ScriptVersion!.Definition.Success;
        var code = state.Code ?? -1;
        var left = state.Left > 0 ? string.Create(CultureInfo.InvariantCulture, $" {state.Left} {(state.Left == 1 ? "process" : "processes")} that it started still {(state.Left == 1 ? "runs" : "run")} on the host.") : "";
        var failure = SuccessRule.FailureOfCommand(success, code, patternFound);
        if (failure is null && execution.Kind == ExecutionKind.Run && execution.ScriptVersion!.Definition.Outputs.Count > 0)
        {
            await book.WriteAsync(ticket, string.Create(CultureInfo.InvariantCulture, $"the command ended with exit code {code}; looking for its files"), set => set
                .SetProperty(row => row.State, ExecutionState.Collecting).SetProperty(row => row.ExitCode, code).SetProperty(row => row.Tail, (string?)null), cancellationToken);
            var begun = (await session.ListAsync(folder, cancellationToken)).FirstOrDefault(entry => entry.Name == RemoteCommand.Begun)?.MadeAt ?? DateTime.MinValue.AddDays(1);
            var collected = await collector.CollectAsync(session, execution, begun, cancellationToken);
            await book.AddFilesAsync(ticket, collected.Files, cancellationToken);
            await book.WriteAsync(ticket, string.Create(CultureInfo.InvariantCulture, $"{collected.Files.Count} {(collected.Files.Count == 1 ? "file" : "files")} fetched") + string.Concat(collected.Remarks.Take(5).Select(remark => "; " + remark)), _ => { }, cancellationToken);
            failure = SuccessRule.FailureOfFiles(success, collected.Missing);
        }

        if (failure is null)
        {
            await EndAsync(ticket, execution, ExecutionState.Succeeded, code, left.Length == 0 ? null : left.Trim(), cancellationToken);
            return;
        }

        var definition = execution.ScriptVersion!.Definition;
        if (execution.Kind == ExecutionKind.Run && execution.Attempt <= definition.Retries && execution.StopRequestedAt is null)
        {
            var notBefore = time.GetUtcNow().AddMinutes(definition.RetryDelayMinutes);
            await book.WriteAsync(ticket, $"attempt {execution.Attempt.ToString(CultureInfo.InvariantCulture)} failed: {failure} It is tried again.", set => set
                .SetProperty(row => row.State, ExecutionState.Waiting)
                .SetProperty(row => row.Attempt, row => row.Attempt + 1)
                .SetProperty(row => row.NotBefore, notBefore)
                .SetProperty(row => row.Trouble, $"Attempt {execution.Attempt.ToString(CultureInfo.InvariantCulture)} failed: {failure}")
                .SetProperty(row => row.RemoteFolder, (string?)null)
                .SetProperty(row => row.StartedAt, (DateTimeOffset?)null)
                .SetProperty(row => row.LogOffset, 0)
                .SetProperty(row => row.OutputBytes, 0)
                .SetProperty(row => row.Tail, (string?)null)
                .SetProperty(row => row.Percent, (int?)null)
                .SetProperty(row => row.PatternFound, false)
                .SetProperty(row => row.ExitCode, code)
                .SetProperty(row => row.Fence, row => row.Fence + 1)
                .SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null)
                .SetProperty(row => row.DispatchedAt, (DateTimeOffset?)null), cancellationToken);
            return;
        }

        await EndAsync(ticket, execution, ExecutionState.Failed, code, failure + left, cancellationToken);
    }

    private async Task EndAsync(Ticket ticket, Execution execution, ExecutionState state, int? exitCode, string? words, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var said = words?.Length > 1000 ? words[..1000] : words;
        await book.WriteAsync(ticket, state.Title() + (said is null ? "" : ": " + said), set => set
            .SetProperty(row => row.State, state)
            .SetProperty(row => row.EndedAt, now)
            .SetProperty(row => row.ExitCode, row => exitCode ?? row.ExitCode)
            .SetProperty(row => row.Trouble, said)
            .SetProperty(row => row.Tail, (string?)null)
            .SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null), cancellationToken);
        LogEnded(execution.Id, state);
        // Another that waited for this one may begin.
        hints.TellWorkers(execution.Id);
    }

    private async Task NoteAsync(Ticket ticket, Execution execution, string trouble, CancellationToken cancellationToken)
    {
        var said = trouble.Length > 1000 ? trouble[..1000] : trouble;
        if (execution.Trouble == said) return;
        await book.WriteAsync(ticket, said, set => set.SetProperty(row => row.Trouble, said), cancellationToken);
    }

    private static string Say(StopReport report)
    {
        var ended = report.Found - report.Still;
        var text = string.Create(CultureInfo.InvariantCulture, $"Stopped: {ended} {(ended == 1 ? "process" : "processes")} ended, {report.Forced} of them by force.");
        return report.Still == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text} {report.Still} could not be ended and may still run on the host.");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Another worker goes on with execution {Id}")]
    private partial void LogLost(long id);

    [LoggerMessage(Level = LogLevel.Information, Message = "Execution {Id} is handed over: this process stops")]
    private partial void LogHandedOver(long id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away while execution {Id} is followed")]
    private partial void LogDatabase(long id, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Execution {Id} ended: {State}")]
    private partial void LogEnded(long id, ExecutionState state);
}
