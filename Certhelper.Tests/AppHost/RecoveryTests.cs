using System.Net;
using Certhelper.Tests.Infrastructure;
using Npgsql;

namespace Certhelper.Tests.AppHost;

/// <summary>Killed processes come back without a hand, at their ports and with their data. This stack is the tests' own.</summary>
[Trait("kind", "stack")]
public sealed class RecoveryTests(RecoveryTests.OwnStack own) : IClassFixture<RecoveryTests.OwnStack>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("web-1")]
    [InlineData("web-2")]
    [InlineData("jobs")]
    [InlineData("redis")]
    [InlineData("postgres")]
    public async Task Killed_process_comes_back_and_the_product_is_usable(string process)
    {
        var stack = own.Stack;
        await KeepAsync(stack, process);
        var before = await RunningAsync(stack, process);

        await Processes.KillAsync(before);
        await Processes.UntilAsync(() => Task.FromResult(IsStartedAgain(stack, process, before)), Limit, $"{process} has been started again");
        await Processes.UntilAsync(() => IsHealthyAsync(stack, "web"), Limit, $"the web is healthy after {process} was killed");
        await Processes.UntilAsync(() => IsHealthyAsync(stack, "jobs"), Limit, $"the jobs are healthy after {process} was killed");

        Assert.True(await IsKeptAsync(stack, process));
    }

    [Fact]
    public async Task Killed_replica_is_not_noticed_by_those_who_read_pages()
    {
        var stack = own.Stack;
        using var client = stack.CreateClient();

        var kill = Processes.KillAsync(await RunningAsync(stack, "web-1"));
        for (var i = 0; i < 30; i++)
        {
            using var response = await client.GetAsync("/alive", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        await kill;
    }

    /// <summary>The process' number, once it runs; an earlier test may have killed it just now.</summary>
    private static async Task<int> RunningAsync(Stack stack, string process)
    {
        await Processes.UntilAsync(() => Task.FromResult(Processes.IsRunning(Processes.IdOf(stack.DataFolder, process))), Limit, $"{process} runs");
        return Processes.IdOf(stack.DataFolder, process);
    }

    private static bool IsStartedAgain(Stack stack, string process, int before) =>
        Processes.IdOf(stack.DataFolder, process) is var now && now != before && Processes.IsRunning(now);

    private static async Task<bool> IsHealthyAsync(Stack stack, string resource)
    {
        try
        {
            using var client = stack.CreateClient(resource);
            using var response = await client.GetAsync("/health", TestContext.Current.CancellationToken);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task KeepAsync(Stack stack, string what) => await RunAsync(stack, $"CREATE TABLE kept_{what.Replace('-', '_')} AS SELECT 1 AS one");

    private static async Task<bool> IsKeptAsync(Stack stack, string what) => await RunAsync(stack, $"SELECT one FROM kept_{what.Replace('-', '_')}") is 1;

    private static async Task<object?> RunAsync(Stack stack, string sql)
    {
        var connectionString = new NpgsqlConnectionStringBuilder(await stack.ConnectionStringAsync()) { Pooling = false };
        await using var connection = new NpgsqlConnection(connectionString.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    public sealed class OwnStack : IAsyncLifetime
    {
        public Stack Stack { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Stack = await Stack.StartAsync();

        public ValueTask DisposeAsync() => Stack.DisposeAsync();
    }
}
