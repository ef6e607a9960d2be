using System.Diagnostics;

namespace Certhelper.AppHost.LocalEngine;

/// <summary>How to start one process, when it is ready, and how it is asked to stop.</summary>
internal sealed record ProcessPlan
{
    public required Func<CancellationToken, Task<ProcessStartInfo>> Command { get; init; }

    /// <summary>One look at the running process: null when it is ready, else what is still missing.</summary>
    public Func<CancellationToken, Task<string?>> Probe { get; init; } = _ => Task.FromResult<string?>(null);

    public int StopSignal { get; init; } = Signals.Terminate;

    /// <summary>The signal that the process gets when the engine dies.</summary>
    public string DeathSignal { get; init; } = "KILL";

    /// <summary>The exit code of a process that is meant to end; null when it is meant to stay.</summary>
    public int? CompletesWith { get; init; }
}
