using System.Diagnostics;
using System.Globalization;

namespace Certhelper.AppHost.LocalEngine;

/// <summary>Runs the model: each resource when those it waits for are there, until told to stop.</summary>
internal sealed class Engine(DistributedApplicationBuilder model, EngineConsole console) : IAsyncDisposable
{
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(4);

    private readonly Launcher launcher = new();
    private readonly ProgramPlans programs = new(model);
    private readonly Dictionary<Resource, List<Instance>> instances = [];
    private readonly Dictionary<Resource, TimeSpan> readyAfter = [];
    private readonly List<ReplicaProxy> proxies = [];
    private readonly Ports ports = new();
    private readonly Lock access = new();
    private bool started;

    public StateBoard States { get; } = new();

    private IEnumerable<Resource> Parts => model.Resources.OfType<Resource>().Where(resource => resource is not (ParameterResource or ExternalServiceResource));

    /// <summary>Starts everything and returns when all of it is ready.</summary>
    /// <exception cref="DistributedApplicationException">Something cannot start; the rest has been stopped.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        model.Data.Open();
        foreach (var leftover in await model.Data.Notes.EndLeftoversAsync(cancellationToken))
            console.Say($"{leftover} was still running from an earlier start and has been ended.");
        ChoosePorts();
        foreach (var part in Parts) States.Add(part.Name);
        console.Reserve(Parts.SelectMany(NamesOf));

        await foreach (var start in Task.WhenEach(Parts.Select(part => StartAsync(part, cancellationToken))).WithCancellation(cancellationToken))
            await start;
        started = true;
        await ShowAsync(clock.Elapsed, cancellationToken);
    }

    /// <summary>Stops in order: those who use the stores first, then the stores.</summary>
    public async Task StopAsync()
    {
        foreach (var stores in new[] { false, true })
        {
            List<Instance> some;
            lock (access) some = [.. instances.Where(entry => entry.Key is ContainerResource == stores).SelectMany(entry => entry.Value)];
            await Task.WhenAll(some.Select(instance => instance.StopAsync(StopGrace)));
            if (stores) continue;
            foreach (var proxy in proxies) await proxy.DisposeAsync();
            proxies.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var instance in instances.Values.SelectMany(all => all)) instance.Dispose();
        instances.Clear();
        launcher.Dispose();
        model.Data.Dispose();
    }

    private void ChoosePorts()
    {
        var ignorePreferences = model.Configuration["DcpPublisher:RandomizePorts"] == "true";
        foreach (var part in Parts)
            foreach (var endpoint in part.Endpoints)
            {
                endpoint.AllocatedPort = ports.For(part, endpoint, ignorePreferences);
                if (endpoint.Port is { } wanted && wanted != endpoint.AllocatedPort && !ignorePreferences)
                    console.Warn(string.Create(CultureInfo.InvariantCulture, $"Port {wanted} is taken: {part.Name} is at port {endpoint.AllocatedPort} instead."));
            }
    }

    private async Task StartAsync(Resource resource, CancellationToken cancellationToken)
    {
        foreach (var wait in resource.Waits)
            await States.WaitAsync(wait.Dependency.Name, state => IsMet(wait.Kind, state), cancellationToken);
        var clock = Stopwatch.StartNew();
        switch (resource)
        {
            case PostgresDatabaseResource { ChosenConnectionString: not null } database:
                await PostgresPlan.CheckChosenAsync(database, cancellationToken);
                States.Set(resource.Name, ResourceState.Elsewhere);
                break;
            case PostgresDatabaseResource database:
                await States.WaitAsync(database.Parent.Name, state => state == ResourceState.Healthy, cancellationToken);
                States.Set(resource.Name, ResourceState.Healthy);
                break;
            case PostgresServerResource server when server.Databases.Count > 0 && server.Databases.TrueForAll(database => database.ChosenConnectionString is not null):
            case RedisResource { ChosenConnectionString: not null }:
                States.Set(resource.Name, ResourceState.Elsewhere);
                break;
            case PostgresServerResource server:
                Launch(resource, [(resource.Name, PostgresPlan.For(server, model))]);
                break;
            case RedisResource redis:
                Launch(resource, [(resource.Name, await RedisPlanAsync(redis, cancellationToken))]);
                break;
            default:
                await LaunchProgramAsync(resource, cancellationToken);
                break;
        }

        await States.WaitAsync(resource.Name, state => state is ResourceState.Healthy or ResourceState.Finished or ResourceState.Elsewhere, cancellationToken);
        lock (access) readyAfter[resource] = clock.Elapsed;
        console.Say(string.Create(CultureInfo.InvariantCulture, $"{resource.Name} is {States[resource.Name].ToString().ToLowerInvariant()} after {clock.Elapsed.TotalSeconds:0.0} s."));
    }

    private static bool IsMet(WaitKind kind, ResourceState state) => kind switch
    {
        WaitKind.Started => state is ResourceState.Starting or ResourceState.Healthy or ResourceState.Finished or ResourceState.Elsewhere,
        WaitKind.Healthy => state is ResourceState.Healthy or ResourceState.Elsewhere,
        WaitKind.Completed => state is ResourceState.Finished,
    };

    private async Task LaunchProgramAsync(Resource resource, CancellationToken cancellationToken)
    {
        var portsOf = NamesOf(resource).ToDictionary(name => name, _ => PortsOfInstance(resource));
        if (resource.Replicas > 1)
            foreach (var endpoint in resource.Endpoints.Where(endpoint => endpoint.IsHttp))
            {
                var replicas = portsOf.Select(entry => new ReplicaProxy.Replica(
                    string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{entry.Value[endpoint.Name]}/"), () => IsReady(resource, entry.Key)));
                var proxy = new ReplicaProxy(endpoint.AllocatedPort, [.. replicas]);
                lock (access) proxies.Add(proxy);
                await proxy.StartAsync(cancellationToken);
            }

        Launch(resource, [.. portsOf.Select(entry => (entry.Key, programs.For(resource, entry.Key, entry.Value)))]);
    }

    private Dictionary<string, int> PortsOfInstance(Resource resource) =>
        resource.Endpoints.ToDictionary(endpoint => endpoint.Name, endpoint => resource.Replicas > 1 ? ports.Any() : endpoint.AllocatedPort);

    private static async Task<ProcessPlan> RedisPlanAsync(RedisResource redis, CancellationToken cancellationToken)
    {
        var password = (await redis.PasswordParameter.GetValueAsync(cancellationToken))!;
        var port = redis.PrimaryEndpoint.Port;
        return new ProcessPlan
        {
            Command = _ => Task.FromResult(RedisServer.Command(port, password)),
            Probe = token => RedisServer.ProbeAsync(port, password, token),
        };
    }

    private void Launch(Resource resource, IReadOnlyList<(string Name, ProcessPlan Plan)> plans)
    {
        List<Instance> launched = [.. plans.Select(plan => new Instance(plan.Name, plan.Plan, launcher, model.Data.Notes, console, _ => Update(resource)))];
        lock (access) instances[resource] = launched;
        foreach (var instance in launched) instance.Start();
    }

    /// <summary>A resource is what its processes are: ready with all of them, failed with the first at the start and with the last one later.</summary>
    private void Update(Resource resource)
    {
        List<Instance> all;
        lock (access) all = instances[resource];
        var failed = all.Find(instance => instance.State == ResourceState.Failed);
        if (failed is not null && (!started || all.TrueForAll(instance => instance.State == ResourceState.Failed)))
        {
            States.Set(resource.Name, ResourceState.Failed, failed.Reason);
            if (started) console.Warn($"{failed.Reason}. It is not started again; stop and start Certhelper when that is mended.");
            return;
        }

        var living = all.Where(instance => instance.State != ResourceState.Failed).ToList();
        States.Set(resource.Name, living.TrueForAll(instance => instance.State == living[0].State) ? living[0].State : ResourceState.Starting);
    }

    private bool IsReady(Resource resource, string instance)
    {
        lock (access) return instances.TryGetValue(resource, out var all) && all.Exists(one => one.Name == instance && one.State == ResourceState.Healthy);
    }

    private static IEnumerable<string> NamesOf(Resource resource) => resource.Replicas == 1
        ? [resource.Name]
        : Enumerable.Range(1, resource.Replicas).Select(number => string.Create(CultureInfo.InvariantCulture, $"{resource.Name}-{number}"));

    private async Task ShowAsync(TimeSpan elapsed, CancellationToken cancellationToken)
    {
        var rows = new List<ReadyTable.Row>();
        foreach (var part in Parts)
            rows.Add(new(part.Name, States[part.Name], readyAfter.TryGetValue(part, out var after) ? after : null, await AddressesAsync(part, cancellationToken)));
        console.Write("\n" + ReadyTable.Render(rows) + "\n");
        var entrance = Parts.SelectMany(part => part.Endpoints.Where(endpoint => endpoint is { IsExternal: true, IsHttp: true })
            .Select(endpoint => new EndpointReference((IResourceWithEndpoints)part, endpoint.Name).Url)).FirstOrDefault();
        console.Say(string.Create(CultureInfo.InvariantCulture, $"Ready after {elapsed.TotalSeconds:0.0} s{(entrance is null ? "" : $": {entrance}")} (Ctrl-C stops everything)."));
    }

    private static async Task<IReadOnlyList<ReadyTable.Address>> AddressesAsync(Resource resource, CancellationToken cancellationToken)
    {
        var addresses = new List<ReadyTable.Address>();
        foreach (var endpoint in resource.Endpoints)
        {
            var reference = new EndpointReference((IResourceWithEndpoints)resource, endpoint.Name);
            var url = new ResourceUrlAnnotation { Url = endpoint.IsHttp ? reference.Url : reference.Value(EndpointProperty.HostAndPort) };
            if (resource.UrlCallbacks.TryGetValue(endpoint.Name, out var change)) change(url);
            if (resource.Replicas > 1) url.DisplayText ??= string.Create(CultureInfo.InvariantCulture, $"{resource.Replicas} replicas");
            addresses.Add(new(url.Url, url.DisplayText));
        }

        foreach (var link in resource.Links)
            addresses.Add(new((await link.Url.GetValueAsync(cancellationToken))!, link.Text));
        return addresses;
    }
}
