using System.Diagnostics;
using System.Net.Sockets;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Jobs.Background;
using Hangfire.PostgreSql;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Certhelper.Jobs.Migrate;

/// <summary>
/// <c>migrate</c>: brings the database to what this build needs, says what it did, and ends. Others wait for it. It may
/// run any number of times and several times at once.
/// </summary>
internal static class MigrateVerb
{
    private const string Turn = "migrate";
    private const string Example = "ConnectionStrings__certhelper=\"Host=…;Database=certhelper;Username=…;Password=…\"";

    public static Task<int> RunAsync(string[] args) =>
        RunAsync(Host.CreateApplicationBuilder(args).Configuration, Console.Out, Console.Error, CancellationToken.None);

    /// <summary>One line per step on <paramref name="output"/>, one line on <paramref name="error"/> when it fails.</summary>
    /// <returns>The exit code: 0, or 1 when it failed.</returns>
    public static async Task<int> RunAsync(IConfiguration configuration, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            var connectionString = configuration.GetConnectionString("certhelper");
            if (string.IsNullOrWhiteSpace(connectionString))
                throw new MigrateException($"ConnectionStrings:certhelper is not set (example: {Example}).");
            var patience = TimeSpan.FromSeconds(configuration.GetValue("Migrate:WaitSeconds", 60));
            await MigrateAsync(configuration, connectionString, patience, output, cancellationToken);
            return 0;
        }
        catch (MigrateException exception)
        {
            await error.WriteLineAsync("Certhelper cannot migrate: " + exception.Message);
        }
        catch (ArgumentException)
        {
            // Npgsql's own sentence can quote parts of the string, which holds a password.
            await error.WriteLineAsync($"Certhelper cannot migrate: ConnectionStrings:certhelper cannot be read (example: {Example}).");
        }
        catch (Exception exception) when (exception is NpgsqlException or DbUpdateException or InvalidOperationException or TimeoutException)
        {
            var cause = (exception.GetBaseException() as PostgresException)?.MessageText ?? exception.GetBaseException().Message;
            await error.WriteLineAsync("Certhelper cannot migrate: " + cause.ReplaceLineEndings(" "));
        }

        return 1;
    }

    private static async Task MigrateAsync(
        IConfiguration configuration, string connectionString, TimeSpan patience, TextWriter output, CancellationToken cancellationToken)
    {
        var options = new DbContextOptionsBuilder<CerthelperDbContext>().UseNpgsql(connectionString, npgsql => npgsql.EnableRetryOnFailure());
        StorageSetup.Configure(options);
        await using var db = new CerthelperDbContext(options.Options);

        await output.WriteLineAsync("Database: " + await ReachAsync(db, connectionString, patience, cancellationToken));
        await using var turn = await Background.Turn.TakeAsync(connectionString, Turn, cancellationToken);

        var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        await db.Database.MigrateAsync(cancellationToken);
        await output.WriteLineAsync(pending.Count == 0 ? "Schema: current" : "Schema: applied " + string.Join(", ", pending));
        var newer = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).Except(db.Database.GetMigrations()).ToList();
        if (newer.Count > 0) await output.WriteLineAsync("Schema: a newer build has applied " + string.Join(", ", newer));

        await Seed.EnsureAsync(db, configuration.GetValue("Scripts:Practice", false), cancellationToken);
        await output.WriteLineAsync("Seed: present");
        await EnsureKeyAsync(configuration, connectionString);
        await output.WriteLineAsync("Sessions: key present");

        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        PostgreSqlObjectsInstaller.Install(connection, BackgroundWork.SchemaName);
        await output.WriteLineAsync("Jobs: schema present");
    }

    /// <summary>
    /// Makes the first key that protects sessions. Processes that start together on an empty ring would each make one,
    /// and, being asked to read each other's sessions later, would not know them.
    /// </summary>
    private static async Task EnsureKeyAsync(IConfiguration configuration, string connectionString)
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddDbContext<CerthelperDbContext>(options =>
        {
            options.UseNpgsql(connectionString, npgsql => npgsql.EnableRetryOnFailure());
            StorageSetup.Configure(options);
        });
        collection.AddSharedKeys(configuration);
        await using var services = collection.BuildServiceProvider();
        services.GetRequiredService<IDataProtectionProvider>().CreateProtector("first key").Protect([1]);
    }

    /// <summary>Waits until the server answers; makes the database when the server has none of this name.</summary>
    private static async Task<string> ReachAsync(
        CerthelperDbContext db, string connectionString, TimeSpan patience, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(connectionString);
                await connection.OpenAsync(cancellationToken);
                return "reachable";
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidCatalogName)
            {
                return await MakeAsync(db, cancellationToken);
            }
            catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification)
            {
                throw new MigrateException("the database server does not accept user name and password of ConnectionStrings:certhelper.");
            }
            // A name that cannot be resolved (yet) comes as the bare socket error.
            catch (Exception exception) when (exception is NpgsqlException or SocketException)
            {
                if (waited.Elapsed >= patience)
                {
                    var target = new NpgsqlConnectionStringBuilder(connectionString);
                    throw new MigrateException(FormattableString.Invariant(
                        $"no database server answers at {target.Host}:{target.Port} after {patience.TotalSeconds:0} s ({exception.GetBaseException().Message}); check ConnectionStrings:certhelper."));
                }

                await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken);
            }
        }
    }

    private static async Task<string> MakeAsync(CerthelperDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            await db.GetService<IRelationalDatabaseCreator>().CreateAsync(cancellationToken);
            return "created";
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            return "reachable";
        }
    }

    private sealed class MigrateException(string message) : Exception(message);
}
