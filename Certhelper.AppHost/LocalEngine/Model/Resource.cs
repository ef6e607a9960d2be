namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of the stack.</summary>
public interface IResource
{
    string Name { get; }
}

public interface IResourceWithEnvironment : IResource;

public interface IResourceWithArgs : IResource;

public interface IResourceWithEndpoints : IResource;

public interface IResourceWithWaitSupport : IResource;

public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

public interface IResourceWithParent<out T> : IResource
    where T : IResource
{
    T Parent { get; }
}

/// <summary>A resource that others reach by a connection string, whole and in parts.</summary>
public interface IResourceWithConnectionString : IResource, IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    ReferenceExpression ConnectionStringExpression { get; }

    string? ConnectionStringEnvironmentVariable => null;

    string IManifestExpressionProvider.ValueExpression => $"{{{Name}.connectionString}}";

    IEnumerable<object> IValueWithReferences.References => [ConnectionStringExpression];

    ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default);

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => GetConnectionStringAsync(cancellationToken);

    /// <summary>The connection string in parts, under the names that end the variables of those who refer to it.</summary>
    IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() => [];
}

/// <summary>What every resource carries; the extension methods fill it, the manifest and the engine read it.</summary>
public abstract class Resource(string name) : IResource
{
    public string Name { get; } = name;

    internal List<Action<EnvironmentCallbackContext>> Environment { get; } = [];

    internal List<string> Arguments { get; } = [];

    internal List<EndpointAnnotation> Endpoints { get; } = [];

    internal List<Wait> Waits { get; } = [];

    internal List<Link> Links { get; } = [];

    internal Dictionary<string, Action<ResourceUrlAnnotation>> UrlCallbacks { get; } = [];

    internal HttpHealthCheck? HealthCheck { get; set; }

    internal int Replicas { get; set; } = 1;

    /// <summary>All variables of this resource, in the order in which the model set them.</summary>
    internal Dictionary<string, object> EnvironmentVariables(DistributedApplicationExecutionContext context)
    {
        var variables = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var callback in Environment) callback(new EnvironmentCallbackContext(context, variables));
        return variables;
    }
}

/// <summary>Variables that a callback may read and set: text, or values known later.</summary>
public class EnvironmentCallbackContext(DistributedApplicationExecutionContext executionContext, Dictionary<string, object>? environmentVariables = null)
{
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    public Dictionary<string, object> EnvironmentVariables { get; } = environmentVariables ?? [];
}

/// <summary>A URL of a resource as the table of addresses shows it.</summary>
public sealed class ResourceUrlAnnotation
{
    public required string Url { get; set; }

    public string? DisplayText { get; set; }
}

internal enum WaitKind
{
    Started,
    Healthy,
    Completed,
}

internal sealed record Wait(Resource Dependency, WaitKind Kind, int ExitCode = 0);

internal sealed record Link(ReferenceExpression Url, string? Text);

internal sealed record HttpHealthCheck(string Path, int StatusCode, string? EndpointName);
