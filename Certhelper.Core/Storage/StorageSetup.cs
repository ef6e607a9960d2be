using Certhelper.Core.Audit;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Storage;

/// <summary>How the context talks to PostgreSQL, said once for every process, the tests and the migrations tool.</summary>
public static class StorageSetup
{
    /// <summary>Snake-case names, and the audit of every save. Provider and connection are the caller's.</summary>
    public static void Configure(DbContextOptionsBuilder options) => options.UseSnakeCaseNamingConvention().AddInterceptors(AuditInterceptor.Instance);
}
