using System.Runtime.InteropServices;
using Certhelper.AppHost.LocalEngine;

namespace Aspire.Hosting;

/// <summary>The model, ready to be run or published. This engine runs processes where Aspire runs containers.</summary>
public class DistributedApplication : IAsyncDisposable, IDisposable
{
    private readonly DistributedApplicationBuilder model;
    private readonly EngineConsole console;
    private readonly Engine engine;
    private readonly bool hosted;

    /// <param name="hosted">Whether a test starts and stops the application; then <see cref="Run"/> returns at once.</param>
    internal DistributedApplication(DistributedApplicationBuilder model, TextWriter output, bool hosted = false)
    {
        this.model = model;
        this.hosted = hosted;
        console = new EngineConsole(output, EngineConsole.WantsColour(output));
        engine = new Engine(model, console);
        ResourceNotifications = new ResourceNotificationService(engine.States);
    }

    public ResourceNotificationService ResourceNotifications { get; }

    internal DistributedApplicationBuilder Model => model;

    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    public static IDistributedApplicationBuilder CreateBuilder(string[] args)
    {
        if (args is [RedisServer.Verb, ..])
        {
            RedisServer.Run();
            Environment.Exit(0);
        }

        return CreateBuilder(new DistributedApplicationOptions { Args = args });
    }

    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options)
    {
        // A mistake in the model or its arguments ends the program with one line, not with a stack.
        if (Testing.EntryPoint.Current is null)
            AppDomain.CurrentDomain.UnhandledException += (_, failure) =>
            {
                if (failure.ExceptionObject is not Exception exception || exception is not (DistributedApplicationException or FormatException)) return;
                Explain(exception);
                Environment.Exit(1);
            };
        return new DistributedApplicationBuilder(options);
    }

    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Publishes, or runs until a signal or the token asks to stop. The exit code is 0 unless something could not start.</summary>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (hosted) return;
        try
        {
            if (model.ExecutionContext.IsPublishMode)
            {
                await ManifestWriter.WriteFileAsync(model, cancellationToken);
                console.Say($"Published manifest to: {model.ManifestPath}");
                return;
            }

            await RunUntilStoppedAsync(cancellationToken);
        }
        catch (DistributedApplicationException exception)
        {
            Explain(exception);
            Environment.ExitCode = 1;
        }
    }

    public virtual async Task StartAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await engine.StartAsync(cancellationToken);
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    public virtual Task StopAsync(CancellationToken cancellationToken = default) => engine.StopAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    private async Task RunUntilStoppedAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            // The engine's own notes stay behind only when it is killed, not when it is asked twice.
            if (!stop.IsCancellationRequested) console.Say("Stopping.");
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        await using (this)
        {
            try
            {
                await StartAsync(stop.Token);
                await Task.Delay(Timeout.Infinite, stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Asked to stop: what follows is the ordinary end.
            }
        }

        console.Say("Everything has stopped.");
    }

    private static void Explain(Exception exception) =>
        Console.Error.WriteLine("Certhelper cannot start: " + exception.Message);
}

/// <summary>Waiting for resources.</summary>
public class ResourceNotificationService
{
    private readonly StateBoard states;

    internal ResourceNotificationService(StateBoard states) => this.states = states;

    public Task WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        states.WaitAsync(resourceName, state => state is ResourceState.Healthy or ResourceState.Elsewhere, cancellationToken);
}
