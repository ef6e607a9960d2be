using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Certhelper.Tests.Bench;

/// <summary><c>./certhelper bench seed</c>: fills a database that holds no certification yet, to look at long lists in a browser.</summary>
[Trait("kind", "seed")]
public sealed class BenchSeed(ITestOutputHelper output)
{
    /// <summary>Connection string of the database to fill; it must be migrated.</summary>
    private const string Target = "CERTHELPER_SEED_DATABASE";
    private const string Count = "CERTHELPER_SEED_COUNT";

    [Fact]
    public async Task Fills_a_database()
    {
        var token = TestContext.Current.CancellationToken;
        var target = Environment.GetEnvironmentVariable(Target);
        Assert.SkipWhen(string.IsNullOrEmpty(target), $"{Target} is not set.");
        var count = int.Parse(Environment.GetEnvironmentVariable(Count) ?? "100000", CultureInfo.InvariantCulture);
        await using var connection = new NpgsqlConnection(target);
        await connection.OpenAsync(token);
        await using (var command = new NpgsqlCommand("SELECT count(*) FROM certifications", connection))
            Assert.True(await command.ExecuteScalarAsync(token) is 0L, "The database holds certifications already; only an empty one is filled.");

        var clock = Stopwatch.StartNew();
        await new BenchData(connection, count).WriteAsync(token);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} certifications in {clock.Elapsed.TotalSeconds:0.0} s"));
    }
}
