using Certhelper.Core.People;

namespace Certhelper.Core.Scripts;

/// <summary>Where an execution stands.</summary>
public enum ExecutionState
{
    /// <summary>Asked for; nothing has been done on the host. <see cref="Execution.Trouble"/> says what it waits for.</summary>
    Waiting,

    /// <summary>Runs on the host, as far as we know.</summary>
    Running,

    /// <summary>The command has ended; its files are being fetched.</summary>
    Collecting,

    Succeeded,

    Failed,

    /// <summary>Stopped by a person.</summary>
    Stopped,

    /// <summary>Stopped because its time was up.</summary>
    TimedOut,

    /// <summary>The host could not be asked any more: it may still run there.</summary>
    Lost,
}

/// <summary>What an execution is for.</summary>
public enum ExecutionKind
{
    Run,

    /// <summary>Connects, looks at directory, command and output folders, and runs nothing of the script.</summary>
    ConnectionTest,
}

/// <summary>One run of a script on its host. A row, its output numbered rows: no process holds anything of it.</summary>
public sealed class Execution
{
    public long Id { get; init; }

    public required int ScriptId { get; init; }

    public Script? Script { get; init; }

    public required int ScriptVersionId { get; init; }

    public ScriptVersion? ScriptVersion { get; init; }

    public ExecutionKind Kind { get; init; }

    public required int StartedById { get; init; }

    public User? StartedBy { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>What was given, by the argument's name, as it was understood.</summary>
    public required Dictionary<string, string> Arguments { get; init; }

    /// <summary>The words of the command, in order.</summary>
    public required List<string> Words { get; init; }

    /// <summary>Value for which concurrency is counted; empty for the whole script.</summary>
    public required string SideKey { get; init; }

    /// <summary>How many with the same key may be on the host at the same time, itself included.</summary>
    public required int Side { get; init; }

    /// <summary>The runs that it is about, for the pages of runs.</summary>
    public List<int> Runs { get; init; } = [];

    /// <summary>When its time is up, whatever it does.</summary>
    public required DateTimeOffset Deadline { get; set; }

    public ExecutionState State { get; set; }

    /// <summary>What it waits for or what went wrong, in a sentence.</summary>
    public string? Trouble { get; set; }

    /// <summary>Counts from 1.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>Not before then: the delay before another attempt.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>When the host was first asked to begin this attempt; null means that nothing of it can be there.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public int? ExitCode { get; set; }

    /// <summary>Folder on the host that holds pid, log and exit code of this attempt; null before it has begun.</summary>
    public string? RemoteFolder { get; set; }

    /// <summary>Number of the last line kept.</summary>
    public long LastLine { get; set; }

    /// <summary>Bytes of the remote log that are in kept lines, in this attempt.</summary>
    public long LogOffset { get; set; }

    /// <summary>Bytes that the script has printed in this attempt, kept or not.</summary>
    public long OutputBytes { get; set; }

    /// <summary>What follows the last line break, until it becomes a line.</summary>
    public string? Tail { get; set; }

    /// <summary>As the script printed it last; 0 to 100.</summary>
    public int? Percent { get; set; }

    /// <summary>Whether the success pattern has been found.</summary>
    public bool PatternFound { get; set; }

    /// <summary>Whether output was left out because of its size.</summary>
    public bool Truncated { get; set; }

    public DateTimeOffset? StopRequestedAt { get; set; }

    public int? StopRequestedById { get; set; }

    public User? StopRequestedBy { get; set; }

    /// <summary>Which worker has it.</summary>
    public string? LeaseOwner { get; set; }

    /// <summary>Until when; another worker may take it after that.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>Counts the workers that had it: what an older one writes is refused.</summary>
    public int Fence { get; set; }

    /// <summary>When it was last handed to the queue.</summary>
    public DateTimeOffset? DispatchedAt { get; set; }

    /// <summary>The execution that this one repeats.</summary>
    public long? AgainOfId { get; init; }

    /// <summary>Counts every change, so that watchers know that there is something new.</summary>
    public long Change { get; set; }

    public List<ExecutionEvent> Events { get; } = [];

    public List<ExecutionFile> Files { get; } = [];
}

/// <summary>One line of output; never changed.</summary>
public sealed class ExecutionLine
{
    public required long ExecutionId { get; init; }

    /// <summary>Counts from 1.</summary>
    public required long Number { get; init; }

    /// <summary>Without the line break. Invalid bytes are U+FFFD, secrets are masked, colours are left in.</summary>
    public required string Text { get; init; }

    /// <summary>Whether a line break follows; not after a part of a very long line and at the end of an unfinished one.</summary>
    public required bool Ends { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>Something that happened to an execution.</summary>
public sealed class ExecutionEvent
{
    public long Id { get; init; }

    public required long ExecutionId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Text { get; init; }

    /// <summary>Who did it; null for the machinery.</summary>
    public int? ById { get; init; }

    public User? By { get; init; }
}

/// <summary>States in words and groups.</summary>
public static class ExecutionStates
{
    /// <summary>States that last.</summary>
    public static readonly ExecutionState[] Ended = [ExecutionState.Succeeded, ExecutionState.Failed, ExecutionState.Stopped, ExecutionState.TimedOut, ExecutionState.Lost];

    /// <summary>States in which something is on the host.</summary>
    public static readonly ExecutionState[] OnHost = [ExecutionState.Running, ExecutionState.Collecting];

    public static bool HasEnded(this ExecutionState state) => Ended.Contains(state);

    public static string Title(this ExecutionState state) => state switch
    {
        ExecutionState.Waiting => "waiting",
        ExecutionState.Running => "running",
        ExecutionState.Collecting => "fetching files",
        ExecutionState.Succeeded => "succeeded",
        ExecutionState.Failed => "failed",
        ExecutionState.Stopped => "stopped",
        ExecutionState.TimedOut => "time was up",
        ExecutionState.Lost => "lost",
    };
}
