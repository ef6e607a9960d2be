using Certhelper.Jobs.Migrate;
using Certhelper.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Certhelper.Tests.Jobs;

public sealed class MigrateVerbTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_database_becomes_current_however_often_and_by_however_many()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();

        var codes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => RunAsync(database.ConnectionString)));
        var again = await RunAsync(database.ConnectionString);

        Assert.All(codes, run => Assert.Equal((0, ""), (run.Code, run.Errors)));
        Assert.Contains("Schema: current", again.Output, StringComparison.Ordinal);
        await using var db = database.NewContext();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(Token));
        Assert.NotEmpty(await db.BadReasons.ToListAsync(Token));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Host=127.0.0.1;Port=notaport;Password=topsecret")]
    [InlineData("Host=127.0.0.1;Port=1;Database=certhelper;Username=postgres;Password=topsecret")]
    public async Task What_cannot_be_reached_is_one_line_without_the_password(string? connectionString)
    {
        var (code, _, errors) = await RunAsync(connectionString);

        Assert.Equal(1, code);
        Assert.StartsWith("Certhelper cannot migrate: ", Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.DoesNotContain("topsecret", errors, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string? connectionString)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:certhelper"] = connectionString,
            ["Migrate:WaitSeconds"] = "1",
        }).Build();
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var code = await MigrateVerb.RunAsync(configuration, output, errors, Token);
        return (code, output.ToString(), errors.ToString());
    }
}
