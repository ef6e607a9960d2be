using System.Diagnostics;
using System.Globalization;

namespace Certhelper.AppHost.LocalEngine;

/// <summary>One process of a resource, started again when it dies.</summary>
internal sealed class Instance(string name, ProcessPlan plan, Launcher launcher, ProcessNotes notes, EngineConsole console, Action<Instance> changed) : IDisposable
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(1);

    private readonly LogRing log = new();
    private readonly RestartPolicy policy = new(TimeProvider.System);
    private readonly CancellationTokenSource stopping = new();
    private Process? process;
    private Task? life;
    private bool everHealthy;

    public string Name { get; } = name;

    public ResourceState State { get; private set; } = ResourceState.Waiting;

    /// <summary>Why it failed, in one line.</summary>
    public string? Reason { get; private set; }

    public void Start() => life = Task.Run(LiveAsync);

    /// <summary>Asks the process to stop, then makes it.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        await stopping.CancelAsync();
        if (life is null) return;
        if (process is { } asked) Signals.Send(asked, plan.StopSignal);
        try
        {
            await life.WaitAsync(grace);
        }
        catch (TimeoutException)
        {
            if (process is { } deaf) Signals.KillGroup(deaf);
            await life;
        }
    }

    public void Dispose() => stopping.Dispose();

    private async Task LiveAsync()
    {
        try
        {
            while (await LiveOnceAsync())
            {
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            Enter(ResourceState.Stopped);
        }
        catch (Exception exception)
        {
            // Whatever goes wrong with one process is a fact about that process, told in one line.
            Fail(exception.Message);
        }
        finally
        {
            process = null;
            notes.Remove(Name);
        }
    }

    /// <returns>Whether to start again.</returns>
    private async Task<bool> LiveOnceAsync()
    {
        Enter(ResourceState.Starting);
        log.Clear();
        var command = await plan.Command(stopping.Token);
        using var started = await launcher.StartAsync(command, plan.DeathSignal);
        process = started;
        started.StandardInput.Close();
        notes.Write(Name, started);
        var reading = Task.WhenAll(ReadAsync(started.StandardOutput), ReadAsync(started.StandardError));
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        var readiness = plan.CompletesWith is null ? BecomeReadyAsync(started, ended.Token) : Task.CompletedTask;
        await started.WaitForExitAsync();
        await ended.CancelAsync();
        await readiness.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // A grandchild may hold the pipe open longer than we care.
        await Task.WhenAny(reading, Task.Delay(DrainLimit));
        process = null;
        return await AfterExitAsync(started.ExitCode);
    }

    private async Task<bool> AfterExitAsync(int exitCode)
    {
        stopping.Token.ThrowIfCancellationRequested();
        if (State == ResourceState.Failed) return false;
        if (plan.CompletesWith == exitCode)
        {
            Enter(ResourceState.Finished);
            return false;
        }

        var how = exitCode > 128
            ? string.Create(CultureInfo.InvariantCulture, $"was ended by signal {exitCode - 128}")
            : string.Create(CultureInfo.InvariantCulture, $"ended with exit code {exitCode}");
        // A process that ends by itself before it ever was ready would do so again; one that somebody killed may be luckier.
        var killed = exitCode is 128 + Signals.Kill or 128 + Signals.Terminate or 128 + Signals.Interrupt;
        var pause = killed || everHealthy ? policy.AfterDeath() : null;
        if (log.StartupErrorLine is null)
            console.Warn($"{Name} {how}. Its last lines:\n" + string.Join('\n', log.Lines.Select(line => "    " + line)));
        if (pause is null)
        {
            Fail(log.StartupErrorLine is { } own ? $"{Name}: {own}" : $"{Name} {how}: {log.TellingLine ?? "it wrote nothing"}");
            return false;
        }

        console.Warn(string.Create(CultureInfo.InvariantCulture, $"{Name} {how} and starts again in {pause.Value.TotalSeconds:0.#} s (restart {policy.Restarts} of {RestartPolicy.Limit})."));
        Enter(ResourceState.Starting);
        await Task.Delay(pause.Value, stopping.Token);
        return true;
    }

    private async Task BecomeReadyAsync(Process started, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var pause = ShortestPause;
        try
        {
            while (true)
            {
                var missing = await plan.Probe(cancellationToken);
                if (missing is null) break;
                if (clock.Elapsed > ReadyLimit)
                    throw new DistributedApplicationException(string.Create(
                        CultureInfo.InvariantCulture, $"{Name} was not ready within {ReadyLimit.TotalSeconds:0} s: {missing}"));
                await Task.Delay(pause, cancellationToken);
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 3 / 2, LongestPause.Ticks));
            }

            if (everHealthy) console.Say($"{Name} is ready again.");
            everHealthy = true;
            policy.Healthy();
            Enter(ResourceState.Healthy);
        }
        catch (DistributedApplicationException exception)
        {
            Fail(exception.Message);
            Signals.KillGroup(started);
        }
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync(CancellationToken.None) is { } line)
        {
            log.Add(line);
            console.Log(Name, line);
        }
    }

    private void Fail(string reason)
    {
        Reason = reason;
        Enter(ResourceState.Failed);
    }

    private void Enter(ResourceState state)
    {
        State = state;
        changed(this);
    }
}
