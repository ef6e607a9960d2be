using System.Net.Sockets;

namespace Aspire.Hosting;

/// <summary>Wiring: variables, references, endpoints, waits, health.</summary>
public static class ResourceBuilderExtensions
{
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value)
        where T : IResourceWithEnvironment => builder.WithEnvironment(context => context.EnvironmentVariables[name] = value ?? "");

    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, in ReferenceExpression.ExpressionInterpolatedStringHandler value)
        where T : IResourceWithEnvironment => builder.WithEnvironment(name, value.Build());

    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, ReferenceExpression value)
        where T : IResourceWithEnvironment => builder.WithEnvironment(context => context.EnvironmentVariables[name] = value);

    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, EndpointReference endpointReference)
        where T : IResourceWithEnvironment => builder.WithEnvironment(context => context.EnvironmentVariables[name] = endpointReference);

    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> parameter)
        where T : IResourceWithEnvironment => builder.WithEnvironment(context => context.EnvironmentVariables[name] = parameter.Resource);

    public static IResourceBuilder<T> WithEnvironment<T, TValue>(this IResourceBuilder<T> builder, string name, TValue value)
        where T : IResourceWithEnvironment
        where TValue : IValueProvider, IManifestExpressionProvider => builder.WithEnvironment(context => context.EnvironmentVariables[name] = value);

    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, Action<EnvironmentCallbackContext> callback)
        where T : IResourceWithEnvironment => builder.With(resource => resource.Environment.Add(callback));

    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, params string[] args)
        where T : IResourceWithArgs => builder.With(resource => resource.Arguments.AddRange(args));

    /// <summary>The connection string as <c>ConnectionStrings__&lt;name&gt;</c>, and its parts.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false)
        where TDestination : IResourceWithEnvironment => builder.WithEnvironment(context =>
    {
        var name = connectionName ?? source.Resource.Name;
        context.EnvironmentVariables[source.Resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{name}"] = source.Resource;
        foreach (var (key, value) in source.Resource.GetConnectionProperties())
            context.EnvironmentVariables[$"{Encode(name)}_{key}".ToUpperInvariant()] = value;
    });

    /// <summary>The addresses of another project, as service discovery reads them.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment => builder.WithEnvironment(context =>
    {
        var name = source.Resource.Name;
        foreach (var endpoint in Model(source.Resource).Endpoints)
        {
            var reference = new EndpointReference(source.Resource, endpoint.Name);
            context.EnvironmentVariables[$"{Encode(name)}_{endpoint.Name}".ToUpperInvariant()] = reference;
            context.EnvironmentVariables[$"services__{name}__{endpoint.Name}__0"] = reference;
        }
    });

    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<ExternalServiceResource> externalService)
        where TDestination : IResourceWithEnvironment => builder.WithEnvironment(context =>
    {
        var service = externalService.Resource;
        // The scheme of a URL that only the deployer knows is not known here.
        var scheme = context.ExecutionContext.IsPublishMode ? service.Uri?.Scheme ?? "default" : service.Uri?.Scheme ?? "https";
        object value = service.UrlParameter is { } parameter ? parameter : service.Uri!.ToString();
        context.EnvironmentVariables[$"services__{service.Name}__{scheme}__0"] = value;
        context.EnvironmentVariables[Encode(service.Name).ToUpperInvariant()] = value;
    });

    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? name = null, string? env = null, bool isProxied = true)
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, "http", name, env, isProxied);

    /// <summary>One more endpoint.</summary>
    /// <param name="env">Variable in which the resource finds the port on which it is to listen.</param>
    /// <param name="isProxied">Without meaning here: only replicas have a proxy before them.</param>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder,
        int? port = null,
        int? targetPort = null,
        string? scheme = null,
        string? name = null,
        string? env = null,
        bool isProxied = true,
        bool? isExternal = null,
        ProtocolType? protocol = null)
        where T : IResourceWithEndpoints
    {
        if (protocol is not (null or ProtocolType.Tcp)) throw new DistributedApplicationException($"The local engine has no {protocol} endpoints.");
        scheme ??= "tcp";
        var endpoint = new EndpointAnnotation(name ?? scheme, scheme, scheme is "http" or "https" ? "http" : "tcp", port, targetPort) { IsExternal = isExternal ?? false };
        return builder.With(resource =>
        {
            if (resource.Endpoints.Exists(other => other.Name == endpoint.Name)) throw new DistributedApplicationException($"{resource.Name} has two endpoints named {endpoint.Name}.");
            resource.Endpoints.Add(endpoint);
            if (env is null) return;
            var reference = new EndpointReference(builder.Resource, endpoint.Name).Property(EndpointProperty.TargetPort);
            resource.Environment.Add(context => context.EnvironmentVariables[env] = reference);
        });
    }

    /// <summary>Changes an endpoint that exists.</summary>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder, string endpointName, Action<EndpointAnnotation> callback, bool createIfNotExists = true)
        where T : IResourceWithEndpoints => builder.With(resource =>
    {
        var endpoint = resource.Endpoints.Find(endpoint => endpoint.Name == endpointName);
        if (endpoint is null && !createIfNotExists) return;
        if (endpoint is null) resource.Endpoints.Add(endpoint = new EndpointAnnotation(endpointName, "tcp", "tcp"));
        callback(endpoint);
    });

    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints => builder.With(resource =>
    {
        foreach (var endpoint in resource.Endpoints.Where(endpoint => endpoint.IsHttp)) endpoint.IsExternal = true;
    });

    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name)
        where T : IResourceWithEndpoints => new(builder.Resource, name);

    /// <summary>One more address for the table.</summary>
    public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, in ReferenceExpression.ExpressionInterpolatedStringHandler url, string? displayText = null)
        where T : IResource
    {
        var link = new Link(url.Build(), displayText);
        return builder.With(resource => resource.Links.Add(link));
    }

    /// <summary>Changes how the table shows an endpoint's address.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Action<ResourceUrlAnnotation> callback)
        where T : IResource => builder.With(resource => resource.UrlCallbacks[endpointName] = callback);

    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.Wait(dependency, WaitKind.Healthy);

    public static IResourceBuilder<T> WaitForStart<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.Wait(dependency, WaitKind.Started);

    public static IResourceBuilder<T> WaitForCompletion<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, int exitCode = 0)
        where T : IResourceWithWaitSupport => builder.Wait(dependency, WaitKind.Completed, exitCode);

    public static IResourceBuilder<T> WithHttpHealthCheck<T>(this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints => builder.With(resource => resource.HealthCheck = new HttpHealthCheck(path ?? "/", statusCode ?? 200, endpointName));

    private static IResourceBuilder<T> Wait<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitKind kind, int exitCode = 0)
        where T : IResource
    {
        if (ReferenceEquals(builder.Resource, dependency.Resource)) throw new DistributedApplicationException($"{builder.Resource.Name} cannot wait for itself.");
        return builder.With(resource => resource.Waits.Add(new Wait(Model(dependency.Resource), kind, exitCode)));
    }

    private static IResourceBuilder<T> With<T>(this IResourceBuilder<T> builder, Action<Resource> change)
        where T : IResource
    {
        change(Model(builder.Resource));
        return builder;
    }

    private static Resource Model(IResource resource) => (Resource)resource;

    private static string Encode(string name) => name.Replace('-', '_').Replace('.', '_');
}
