using Certhelper.Core.Administration;
using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Certhelper.Tests.Infrastructure;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using Role = Certhelper.Core.People.Role;

namespace Certhelper.Tests.Scripts;

/// <summary>Asking for a test of a script's connection.</summary>
public sealed class ConnectionTestTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private ConnectionMultiplexer redis = null!;
    private Actor adam = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        // Nobody listens there: what is asked for must not depend on Redis.
        redis = await ConnectionMultiplexer.ConnectAsync("127.0.0.1:1,abortConnect=false,connectTimeout=100,connectRetry=0");
        adam = await ActorAsync("adam", Role.Admin);
    }

    public async ValueTask DisposeAsync()
    {
        await redis.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task D110_a_test_is_an_execution_of_the_version_in_use_that_is_given_nothing()
    {
        var started = Assert.IsType<StartResult.Started>(await TestAsync("tracker-maps", adam));

        await using var db = database.NewContext();
        var execution = await db.Executions.Include(row => row.ScriptVersion).Include(row => row.Events).SingleAsync(Token);
        Assert.Equal(started.Id, execution.Id);
        Assert.Equal((ExecutionKind.ConnectionTest, ExecutionState.Waiting, adam.UserId), (execution.Kind, execution.State, execution.StartedById));
        Assert.Equal(1, execution.ScriptVersion!.Number);
        Assert.Equal(["bash", "tkmapsFromCertHelper.sh"], execution.Words);
        Assert.Empty(execution.Arguments);
        Assert.InRange(execution.Deadline - execution.RequestedAt, TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(16));
        Assert.Contains(adam.Name, Assert.Single(execution.Events).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tests_at_the_same_time_are_one_test_and_keep_no_run_from_starting()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => TestAsync("tracker-maps", adam)));
        await using var db = database.NewContext();
        var run = await Desk(db).StartAsync("tracker-maps", new Dictionary<string, string?> { ["type"] = "Cosmics", ["runs"] = "380115" }, null, adam, Token);

        var started = Assert.Single(results.OfType<StartResult.Started>());
        Assert.All(results.OfType<StartResult.UnderWay>(), same => Assert.Equal(started.Id, same.Id));
        Assert.IsType<StartResult.Started>(run);
        Assert.Equal(2, await db.Executions.CountAsync(Token));
    }

    [Fact]
    public async Task A_retired_script_can_be_tested_and_only_administrators_test()
    {
        await using var db = database.NewContext();
        await db.Scripts.Where(script => script.Key == "tracker-maps").ExecuteUpdateAsync(set => set.SetProperty(script => script.RetiredAt, TimeProvider.System.GetUtcNow()), Token);

        var refused = Assert.IsType<StartResult.Refused>(await TestAsync("tracker-maps", await ActorAsync("eva", Role.Expert)));
        Assert.Equal([Role.Admin], refused.Roles);
        Assert.IsType<StartResult.NotFound>(await TestAsync("no-such", adam));
        Assert.IsType<StartResult.Started>(await TestAsync("tracker-maps", adam));
        Assert.Equal(1, await db.Executions.CountAsync(Token));
    }

    private ExecutionDesk Desk(CerthelperDbContext db) => new(db, new ExecutionHints(redis, NullLogger<ExecutionHints>.Instance), new SiteBoard(null!), TimeProvider.System);

    private async Task<StartResult> TestAsync(string key, Actor actor)
    {
        await using var db = database.NewContext();
        return await Desk(db).TestAsync(key, actor, Token);
    }

    private async Task<Actor> ActorAsync(string login, params Role[] roles)
    {
        var user = await new Samples(database).PersonAsync(login, "Person " + login, roles);
        return new Actor(user.Id, user.Login, user.Name, user.Roles);
    }
}
