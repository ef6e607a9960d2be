using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>PostgreSQL.</summary>
public static class PostgresBuilderExtensions
{
    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        var postgres = new PostgresServerResource(
            name, userName?.Resource, password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password"));
        postgres.Endpoints.Add(new EndpointAnnotation("tcp", "tcp", "tcp", port, targetPort: 5432));
        return builder.AddResource(postgres)
            .WithEnvironment("POSTGRES_HOST_AUTH_METHOD", "scram-sha-256")
            .WithEnvironment("POSTGRES_INITDB_ARGS", "--auth-host=scram-sha-256 --auth-local=scram-sha-256")
            .WithEnvironment("POSTGRES_USER", postgres.UserNameReference)
            .WithEnvironment(context => context.EnvironmentVariables["POSTGRES_PASSWORD"] = postgres.PasswordParameter);
    }

    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
    {
        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource)
        {
            ChosenConnectionString = builder.ApplicationBuilder.ChosenConnectionString(name),
        };
        builder.Resource.Databases.Add(database);
        return builder.ApplicationBuilder.AddResource(database);
    }

    public static IResourceBuilder<PostgresServerResource> WithDataVolume(
        this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false)
    {
        builder.Resource.Volume = new Volume(name ?? VolumeName(builder, "data"), name ?? builder.Resource.Name, "/var/lib/postgresql/data", isReadOnly);
        return builder;
    }

    // As real Aspire names volumes when it publishes, so that the manifest is the same wherever the repository lies.
    private static string VolumeName(IResourceBuilder<PostgresServerResource> builder, string suffix)
    {
        var project = ((DistributedApplicationBuilder)builder.ApplicationBuilder).ProjectName;
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(project)))[..10];
        return $"{project}-{hash}-{builder.Resource.Name}-{suffix}".ToLowerInvariant();
    }
}

/// <summary>Redis.</summary>
public static class RedisBuilderExtensions
{
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder, string name, int? port = null, IResourceBuilder<ParameterResource>? password = null)
    {
        // Connection strings of Redis are split at commas, so no special characters.
        var redis = new RedisResource(
            name, password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false))
        {
            ChosenConnectionString = builder.ChosenConnectionString(name),
        };
        redis.Endpoints.Add(new EndpointAnnotation("tcp", "redis", "tcp", port, targetPort: 6379));
        return builder.AddResource(redis)
            .WithArgs("-c", "redis-server --requirepass $REDIS_PASSWORD")
            .WithEnvironment(context => context.EnvironmentVariables["REDIS_PASSWORD"] = redis.PasswordParameter);
    }
}

internal static class ChosenConnectionStrings
{
    /// <summary>A server that a developer runs elsewhere and named by <c>ConnectionStrings__&lt;name&gt;</c>.</summary>
    public static string? ChosenConnectionString(this IDistributedApplicationBuilder builder, string name) =>
        builder.ExecutionContext.IsRunMode && builder.Configuration.GetConnectionString(name) is { Length: > 0 } chosen ? chosen : null;
}
