namespace Aspire.Hosting;

/// <summary>Parameters and connection strings, from the sections <c>Parameters</c> and <c>ConnectionStrings</c>.</summary>
public static class ParameterResourceBuilderExtensions
{
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, _ => Configured(builder, name) ?? throw Missing(name), secret));

    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, string value, bool publishValueAsDefault = false, bool secret = false)
    {
        if (publishValueAsDefault && secret) throw new ArgumentException("A secret is not published.", nameof(secret));
        return builder.AddResource(new ParameterResource(name, _ => value, secret)
        {
            Default = publishValueAsDefault ? new ConstantParameterDefault(() => value) : null,
        });
    }

    /// <param name="persist">Whether a generated value stays the same from start to start.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret = false, bool persist = false) =>
        builder.AddResource(Create(builder, name, value, secret, persist));

    /// <summary>A random password that stays the same as long as the data folder.</summary>
    public static ParameterResource CreateDefaultPasswordParameter(
        IDistributedApplicationBuilder builder, string name, bool lower = true, bool upper = true, bool numeric = true, bool special = true) =>
        Create(builder, name, new GenerateParameterDefault { Lower = lower, Upper = upper, Numeric = numeric, Special = special }, secret: true, persist: true);

    private static ParameterResource Create(IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret, bool persist) =>
        new(
            name,
            _ => Configured(builder, name)
                ?? (persist ? ((DistributedApplicationBuilder)builder).Data.Secrets.GetOrAdd(name, value.GetDefaultValue) : value.GetDefaultValue()),
            secret)
        {
            Default = value,
        };

    private static string? Configured(IDistributedApplicationBuilder builder, string name) => builder.Configuration.GetSection("Parameters")[name];

    private static DistributedApplicationException Missing(string name) =>
        new($"Parameters:{name} is not set (example: Parameters__{name}=…, or dotnet user-secrets set Parameters:{name} …).");
}
