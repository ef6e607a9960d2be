using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A place where a resource listens.</summary>
public sealed class EndpointAnnotation(string name, string uriScheme, string transport, int? port = null, int? targetPort = null)
{
    public string Name { get; } = name;

    public string UriScheme { get; set; } = uriScheme;

    public string Transport { get; set; } = transport;

    /// <summary>The port that others use; null means any free one.</summary>
    public int? Port
    {
        get;
        set
        {
            field = value;
            PortIsPreference = false;
        }
    } = port;

    /// <summary>The port inside a container.</summary>
    public int? TargetPort { get; set; } = targetPort;

    public bool IsExternal { get; set; }

    /// <summary>Whether <see cref="Port"/> is where to look first (a launch profile), not what somebody insists on.</summary>
    internal bool PortIsPreference { get; set; }

    /// <summary>The port of this run; 0 before the engine has chosen it.</summary>
    internal int AllocatedPort { get; set; }

    internal bool IsHttp => UriScheme is "http" or "https";

    // Browsers and cookies know this machine as localhost; database clients would try IPv6 first for nothing.
    internal string Host => IsHttp ? "localhost" : "127.0.0.1";
}

public enum EndpointProperty
{
    Url,
    Host,
    IPV4Host,
    Port,
    Scheme,
    TargetPort,
    HostAndPort,
    TlsEnabled,
}

/// <summary>An endpoint by name; it may be defined later than it is referred to.</summary>
public sealed class EndpointReference(IResourceWithEndpoints owner, string endpointName) : IManifestExpressionProvider, IValueProvider
{
    public IResourceWithEndpoints Resource { get; } = owner;

    public string EndpointName { get; } = endpointName;

    public bool Exists => Find() is not null;

    public int Port => Endpoint.AllocatedPort > 0
        ? Endpoint.AllocatedPort
        : throw new InvalidOperationException($"The endpoint {EndpointName} of {Resource.Name} has no port before the start.");

    public string Host => Endpoint.Host;

    public string Scheme => Endpoint.UriScheme;

    public string Url => string.Create(CultureInfo.InvariantCulture, $"{Scheme}://{Host}:{Port}");

    public string ValueExpression => Expression("url");

    private EndpointAnnotation Endpoint => Find()
        ?? throw new InvalidOperationException($"The resource {Resource.Name} has no endpoint named {EndpointName}.");

    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(Url);

    internal string Expression(string property) => $"{{{Resource.Name}.bindings.{EndpointName}.{property}}}";

    internal string Value(EndpointProperty property) => property switch
    {
        EndpointProperty.Url => Url,
        EndpointProperty.Host => Host,
        EndpointProperty.IPV4Host => "127.0.0.1",
        EndpointProperty.Port or EndpointProperty.TargetPort => Port.ToString(CultureInfo.InvariantCulture),
        EndpointProperty.Scheme => Scheme,
        EndpointProperty.HostAndPort => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}"),
        EndpointProperty.TlsEnabled => bool.FalseString,
    };

    private EndpointAnnotation? Find() => ((Resource)Resource).Endpoints.Find(endpoint => endpoint.Name == EndpointName);
}

/// <summary>One property of an endpoint.</summary>
public class EndpointReferenceExpression(EndpointReference endpointReference, EndpointProperty property) : IManifestExpressionProvider, IValueProvider
{
    public EndpointReference Endpoint { get; } = endpointReference;

    public EndpointProperty Property { get; } = property;

    public string ValueExpression => Property switch
    {
        EndpointProperty.HostAndPort => Endpoint.Expression("host") + ":" + Endpoint.Expression("port"),
        EndpointProperty.IPV4Host => Endpoint.Expression("host"),
        EndpointProperty.TargetPort => Endpoint.Expression("targetPort"),
        EndpointProperty.TlsEnabled => Endpoint.Expression("tlsEnabled"),
        _ => Endpoint.Expression(Property.ToString().ToLowerInvariant()),
    };

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(Endpoint.Value(Property));
}
