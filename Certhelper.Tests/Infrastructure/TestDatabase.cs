using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Certhelper.Tests.Infrastructure;

/// <summary>A database of a test's own, migrated and seeded: a copy of a template that is made once per run.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private const string Template = "certhelper_template";
    private static readonly Lazy<Task> TemplateMade = new(MakeTemplateAsync);

    private readonly string name;

    private TestDatabase(string name, string connectionString)
    {
        this.name = name;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    public static async Task<TestDatabase> CreateAsync()
    {
        await TemplateMade.Value;
        var name = $"test_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {Template} STRATEGY FILE_COPY");
        return new TestDatabase(name, await ConnectionStringOfAsync(name));
    }

    /// <summary>An empty database, for tests of migrations.</summary>
    public static async Task<TestDatabase> CreateEmptyAsync()
    {
        var name = $"test_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        return new TestDatabase(name, await ConnectionStringOfAsync(name));
    }

    public CerthelperDbContext NewContext() => new(Options(ConnectionString));

    public async ValueTask DisposeAsync() => await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    private static DbContextOptions<CerthelperDbContext> Options(string connectionString)
    {
        var options = new DbContextOptionsBuilder<CerthelperDbContext>().UseNpgsql(connectionString);
        StorageSetup.Configure(options);
        return options.Options;
    }

    private static async Task MakeTemplateAsync()
    {
        await ExecuteAsync($"DROP DATABASE IF EXISTS {Template} WITH (FORCE)");
        await ExecuteAsync($"CREATE DATABASE {Template}");
        var connectionString = await ConnectionStringOfAsync(Template);
        await using var db = new CerthelperDbContext(Options(connectionString));
        await db.Database.MigrateAsync();
        await Seed.EnsureAsync(db, practice: true, CancellationToken.None);
        // A database with open connections cannot be copied.
        await using var connection = new NpgsqlConnection(connectionString);
        NpgsqlConnection.ClearPool(connection);
    }

    private static async Task<string> ConnectionStringOfAsync(string database) =>
        new NpgsqlConnectionStringBuilder(await PostgresServer.ConnectionStringAsync()) { Database = database, MaxPoolSize = 20 }.ConnectionString;

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await PostgresServer.ConnectionStringAsync());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
