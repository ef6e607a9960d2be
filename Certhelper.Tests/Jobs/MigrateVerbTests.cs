using Certhelper.Jobs.Migrate;
using Certhelper.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Certhelper.Tests.Jobs;

public sealed class MigrateVerbTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_makes_everything_once_and_finds_everything_after_that()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();

        var first = await RunAsync(database.ConnectionString);
        var second = await RunAsync(database.ConnectionString);

        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.StartsWith("Database: reachable\nSchema: applied ", first.Output, StringComparison.Ordinal);
        Assert.Equal((0, "Database: reachable\nSchema: current\nSeed: present\nSessions: key present\nJobs: schema present\n"), (second.ExitCode, second.Output));
        await using var db = database.NewContext();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(Token));
        Assert.True(await db.BadReasons.AnyAsync(Token));
        // One, however often it runs: processes that start together must not make one each.
        Assert.Equal(1, await db.DataProtectionKeys.CountAsync(Token));
        Assert.Equal(1, await db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM pg_tables WHERE schemaname = 'hangfire' AND tablename = 'job'").SingleAsync(Token));
    }

    [Fact]
    public async Task Several_at_once_do_not_disturb_each_other()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => RunAsync(database.ConnectionString)));

        Assert.All(results, result => Assert.Equal((0, ""), (result.ExitCode, result.Error)));
        Assert.Single(results, result => result.Output.Contains("applied", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_that_does_not_exist_yet_is_made()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        var name = $"made_{Guid.NewGuid():N}";
        var other = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = name, Pooling = false }.ConnectionString;

        var result = await RunAsync(other);

        Assert.StartsWith("Database: created\n", result.Output, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Token);
        await using var drop = new NpgsqlCommand($"DROP DATABASE {name} WITH (FORCE)", connection);
        await drop.ExecuteNonQueryAsync(Token);
    }

    [Theory]
    [InlineData(null, "ConnectionStrings:certhelper is not set")]
    [InlineData("Hxst=db;Password=geheim", "ConnectionStrings:certhelper cannot be read")]
    [InlineData("Host=127.0.0.1;Port=notaport;Password=geheim", "ConnectionStrings:certhelper cannot be read")]
    [InlineData("Host=127.0.0.1;Port=1;Username=u;Password=geheim;Database=d", "no database server answers at 127.0.0.1:1 after 0 s")]
    public async Task A_connection_that_cannot_work_is_one_line_without_the_password(string? connectionString, string words)
    {
        var result = await RunAsync(connectionString);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("Certhelper cannot migrate: " + words, result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.Error.Count(letter => letter == '\n'));
        Assert.DoesNotContain("geheim", result.Error, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string? connectionString)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:certhelper"] = connectionString,
            ["Migrate:WaitSeconds"] = "0",
        }).Build();
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        var exitCode = await MigrateVerb.RunAsync(configuration, output, error, Token);
        return (exitCode, output.ToString(), error.ToString());
    }
}
