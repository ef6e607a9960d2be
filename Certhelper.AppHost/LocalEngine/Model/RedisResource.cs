using System.IO.Hashing;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Redis server.</summary>
public class RedisResource : ContainerResource, IResourceWithConnectionString
{
    public RedisResource(string name, ParameterResource password)
        : base(name)
    {
        Image = "docker.io/library/redis:8.6";
        // A shell, because the password comes from the environment, not from the list of processes.
        Entrypoint = "/bin/sh";
        PasswordParameter = password;
        PrimaryEndpoint = new EndpointReference(this, "tcp");
    }

    public EndpointReference PrimaryEndpoint { get; }

    public ParameterResource PasswordParameter { get; }

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)},password={PasswordParameter}{new TlsSuffix(PrimaryEndpoint)}");

    /// <summary>Another server that a developer chose by <c>ConnectionStrings:&lt;name&gt;</c>; then none is started.</summary>
    internal string? ChosenConnectionString { get; init; }

    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) =>
        ChosenConnectionString is null ? ConnectionStringExpression.GetValueAsync(cancellationToken) : new(ChosenConnectionString);

    public IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties()
    {
        if (ChosenConnectionString is not null) return [];
        var scheme = PrimaryEndpoint.Property(EndpointProperty.Scheme);
        var host = PrimaryEndpoint.Property(EndpointProperty.Host);
        var port = PrimaryEndpoint.Property(EndpointProperty.Port);
        return
        [
            new("Host", ReferenceExpression.Create($"{host}")),
            new("Port", ReferenceExpression.Create($"{port}")),
            new("Password", ReferenceExpression.Create($"{PasswordParameter}")),
            new("Uri", ReferenceExpression.Create($"{scheme}://:{PasswordParameter:uri}@{host}:{port}")),
        ];
    }
}

/// <summary>
/// What a connection string ends with when the endpoint has TLS, which it never has here. The manifest has an entry of
/// its own for it, named by the endpoint and a hash of the condition.
/// </summary>
internal sealed class TlsSuffix(EndpointReference endpoint) : IManifestExpressionProvider, IValueProvider
{
    public string EntryName
    {
        get
        {
            var condition = endpoint.Property(EndpointProperty.TlsEnabled).ValueExpression;
            var hash = XxHash32.Hash(Encoding.UTF8.GetBytes(condition + ",ssl=true" + bool.TrueString));
            return $"cond-{condition.Trim('{', '}').Replace('.', '-')}-{Convert.ToHexString(hash)}".ToLowerInvariant();
        }
    }

    public string ValueExpression => $"{{{EntryName}.connectionString}}";

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new("");
}
