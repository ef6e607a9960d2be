using System.Globalization;
using Certhelper.Core.Audit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Certhelper.Core.Storage;

/// <summary>How the context talks to PostgreSQL, said once for every process, the tests and the migrations tool.</summary>
public static class StorageSetup
{
    /// <summary>As long as a lease of an execution; no transaction of ours rests for more than moments.</summary>
    public static readonly TimeSpan IdleTransaction = TimeSpan.FromSeconds(20);

    /// <summary>Snake-case names, and the audit of every save. Provider and connection are the caller's.</summary>
    public static void Configure(DbContextOptionsBuilder options) => options.UseSnakeCaseNamingConvention().AddInterceptors(AuditInterceptor.Instance);

    /// <summary>
    /// The connection string with an end to transactions that nobody goes on with: a process that is frozen, or whose machine is
    /// lost, would hold its locks for hours, and whoever takes its work over would wait for them.
    /// </summary>
    public static string? Bounded(string? connectionString)
    {
        if (string.IsNullOrWhiteSpace(connectionString)) return connectionString;
        var bounded = new NpgsqlConnectionStringBuilder(connectionString);
        const string setting = "idle_in_transaction_session_timeout";
        if (bounded.Options?.Contains(setting, StringComparison.Ordinal) != true)
            bounded.Options = string.Create(CultureInfo.InvariantCulture, $"{bounded.Options} -c {setting}={(int)IdleTransaction.TotalMilliseconds}").Trim();
        return bounded.ConnectionString;
    }
}
