using Certhelper.Core.Storage;

namespace Certhelper.Web.Storage;

/// <summary>The two connections of this process and what readiness asks of them.</summary>
internal static class WebStorage
{
    public static void AddStorage(this WebApplicationBuilder builder)
    {
        builder.AddNpgsqlDbContext<CerthelperDbContext>("certhelper", settings => settings.ConnectionString = StorageSetup.Bounded(settings.ConnectionString), StorageSetup.Configure);
        builder.AddRedisClient("redis");
        builder.Services.AddHealthChecks().AddCheck<SchemaHealthCheck>("schema");
    }
}
