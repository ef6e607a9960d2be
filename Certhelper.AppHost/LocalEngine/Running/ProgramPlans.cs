using System.Diagnostics;
using System.Globalization;

namespace Certhelper.AppHost.LocalEngine;

/// <summary>Projects and executables with the variables that Aspire gives them.</summary>
internal sealed class ProgramPlans(DistributedApplicationBuilder model)
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(10) };

    /// <param name="ports">The port of each endpoint for this instance, by the endpoint's name.</param>
    public ProcessPlan For(Resource resource, string instance, IReadOnlyDictionary<string, int> ports) => new()
    {
        Command = cancellationToken => CommandAsync(resource, instance, ports, cancellationToken),
        Probe = cancellationToken => ProbeAsync(resource, ports, cancellationToken),
        CompletesWith = model.Resources.OfType<Resource>().SelectMany(other => other.Waits)
            .FirstOrDefault(wait => wait.Dependency == resource && wait.Kind == WaitKind.Completed)?.ExitCode,
    };

    private async Task<ProcessStartInfo> CommandAsync(Resource resource, string instance, IReadOnlyDictionary<string, int> ports, CancellationToken cancellationToken)
    {
        var command = resource switch
        {
            ProjectResource project => Runtime.Command(Runtime.AssemblyOf(project.ProjectPath), project.Arguments),
            // The wrappers that start a process would report a missing program only as an exit code.
            ExecutableResource executable when !OperatingSystem.IsWindows() && !Path.IsPathRooted(executable.Command) && !Launcher.IsOnPath(executable.Command) =>
                throw new DistributedApplicationException($"{resource.Name}: there is no program named {executable.Command} on the PATH."),
            ExecutableResource executable => new ProcessStartInfo(executable.Command, executable.Arguments),
            _ => throw new DistributedApplicationException($"The local engine cannot run {resource.Name}."),
        };
        command.WorkingDirectory = resource is ExecutableResource other ? other.WorkingDirectory : Path.GetDirectoryName(((ProjectResource)resource).ProjectPath);

        var environment = command.Environment;
        if (resource is ProjectResource) AddDefaults(environment, resource, instance, ports);
        foreach (var (name, value) in resource.EnvironmentVariables(model.ExecutionContext))
            environment[name] = await ValueAsync(value, resource, ports, cancellationToken);
        return command;
    }

    private static void AddDefaults(IDictionary<string, string?> environment, Resource resource, string instance, IReadOnlyDictionary<string, int> ports)
    {
        // Replicas are reached through the proxy, so a numeric address will do; a single process is reached as people type it.
        var host = resource.Replicas > 1 ? "127.0.0.1" : "localhost";
        environment["ASPNETCORE_URLS"] = !resource.Endpoints.Exists(endpoint => endpoint.IsHttp)
            ? "http://127.0.0.1:0"
            : string.Join(';', resource.Endpoints.Where(endpoint => endpoint.IsHttp).Select(endpoint => string.Create(CultureInfo.InvariantCulture, $"{endpoint.UriScheme}://{host}:{ports[endpoint.Name]}")));
        if (resource.Replicas > 1) environment["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
        environment["OTEL_SERVICE_NAME"] = resource.Name;
        environment["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={instance}";
        environment["Logging__Console__FormatterName"] = "simple";
        environment["Logging__Console__FormatterOptions__SingleLine"] = "true";
        environment["Logging__Console__FormatterOptions__ColorBehavior"] = "Disabled";
        // Many small processes on one developer's machine: less memory matters more than the last bit of speed.
        environment["DOTNET_gcServer"] = "0";
        environment["DOTNET_GCConserveMemory"] = "5";
        environment["DOTNET_TieredPGO"] = "0";
    }

    private static async Task<string?> ValueAsync(object value, Resource resource, IReadOnlyDictionary<string, int> ports, CancellationToken cancellationToken) => value switch
    {
        // The port on which the process itself listens, which is not the proxy's.
        EndpointReferenceExpression { Property: EndpointProperty.TargetPort } own when ReferenceEquals(own.Endpoint.Resource, resource) =>
            ports[own.Endpoint.EndpointName].ToString(CultureInfo.InvariantCulture),
        IValueProvider provider => await provider.GetValueAsync(cancellationToken),
        _ => (string)value,
    };

    private static async Task<string?> ProbeAsync(Resource resource, IReadOnlyDictionary<string, int> ports, CancellationToken cancellationToken)
    {
        if (resource.HealthCheck is not { } check) return null;
        var endpoint = resource.Endpoints.Find(endpoint => check.EndpointName is null ? endpoint.IsHttp : endpoint.Name == check.EndpointName)
            ?? throw new DistributedApplicationException($"{resource.Name} has a health check but no endpoint for it.");
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"{endpoint.UriScheme}://localhost:{ports[endpoint.Name]}{check.Path}"));
        try
        {
            using var response = await Client.GetAsync(url, cancellationToken);
            return (int)response.StatusCode == check.StatusCode
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"{url} answers {(int)response.StatusCode}");
        }
        catch (HttpRequestException)
        {
            return $"{url} does not answer";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{url} takes longer than {Client.Timeout.TotalSeconds:0} s to answer";
        }
    }
}
