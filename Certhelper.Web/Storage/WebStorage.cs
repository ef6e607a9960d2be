using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Storage;

/// <summary>The two connections of this process and what readiness asks of them.</summary>
internal static class WebStorage
{
    // Some 17 seconds in all: somebody waits for the answer, and sees it soon after the database is back.
    private const int Attempts = 10;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    public static void AddStorage(this WebApplicationBuilder builder)
    {
        builder.AddNpgsqlDbContext<CerthelperDbContext>(
            "certhelper",
            settings => settings.ConnectionString = StorageSetup.Bounded(settings.ConnectionString),
            options =>
            {
                StorageSetup.Configure(options);
                options.UseNpgsql(npgsql => npgsql.EnableRetryOnFailure(Attempts, LongestPause, errorCodesToAdd: null));
            });
        builder.AddRedisClient("redis");
        builder.Services.AddHealthChecks().AddCheck<SchemaHealthCheck>("schema");
    }
}
