using System.Diagnostics;
using System.Globalization;
using System.Net;
using Certhelper.OpenShift.Configuration;
using Certhelper.Tests.AppHost;
using Certhelper.Tests.OpenShift;

namespace Certhelper.Tests.Replicas;

/// <summary>One replica of the web or the jobs: a process with the variables of its Deployment, and its port.</summary>
internal sealed class Pod(string workload, int number, int port, IReadOnlyDictionary<string, string> variables, string folder) : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(4);

    private readonly HttpClient client = new() { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}")), Timeout = TimeSpan.FromSeconds(4) };
    private Child? child;

    public string Workload => workload;

    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"{workload}-{number}");

    public int Port => port;

    public Child Child => child ?? throw new InvalidOperationException($"{Name} does not run.");

    public string LogFile => Path.Combine(folder, Name + ".log");

    private WorkloadValues Values => Deployments.Values.Workloads[workload];

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task<TimeSpan> StartAsync()
    {
        var clock = Stopwatch.StartNew();
        var command = Child.Dotnet(workload == "web" ? "Certhelper.Web" : "Certhelper.Jobs");
        foreach (var (name, value) in variables) command.Environment[name] = value;
        command.Environment["HTTP_PORTS"] = port.ToString(CultureInfo.InvariantCulture);
        // As in an image, whatever this machine has set.
        command.Environment.Remove("ASPNETCORE_URLS");
        command.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        child = Child.Start(command, LogFile);
        await Processes.UntilAsync(IsReadyAsync, StartLimit, $"{Name} is ready ({LogFile})");
        return clock.Elapsed;
    }

    /// <summary>
    /// As the cluster replaces a pod: the Service forgets it, it serves on while routers hear of that, gets TERM, and has its
    /// time to end. Then it comes anew at the same address, and the Service gets it back when it is ready.
    /// </summary>
    public async Task<Restart> RestartAsync(Router router)
    {
        var whole = Stopwatch.StartNew();
        // Routers hear of it a moment later.
        var lag = TimeSpan.FromSeconds(1);
        await Task.Delay(lag, TestContext.Current.CancellationToken);
        await router.DrainAsync(workload, Name);
        await Task.Delay(TimeSpan.FromSeconds(Values.DrainSeconds) - lag, TestContext.Current.CancellationToken);
        var ended = await Child.EndAsync("TERM", TimeSpan.FromSeconds(Values.StopSeconds));
        var code = Child.Process.ExitCode;
        Child.Dispose();
        var started = await StartAsync();
        await router.AdmitAsync(workload, Name);
        return new Restart(Name, TimeSpan.FromSeconds(Values.DrainSeconds), ended, code, started, whole.Elapsed);
    }

    public async Task<bool> IsReadyAsync()
    {
        Assert.False(Child.Process.HasExited, Child.Process.HasExited ? $"{Name} has ended: {File.ReadAllText(LogFile)}" : "");
        try
        {
            using var answer = await client.GetAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    public void Dispose()
    {
        child?.Dispose();
        client.Dispose();
    }

    /// <summary>How long the parts of a restart took.</summary>
    public sealed record Restart(string Pod, TimeSpan Drained, TimeSpan Ended, int ExitCode, TimeSpan Started, TimeSpan Whole);
}
