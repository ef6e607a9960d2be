using Certhelper.Jobs.Background;
using Certhelper.Tests.Infrastructure;

namespace Certhelper.Tests.Jobs;

public sealed class TurnTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_one_has_the_turn_until_it_gives_it_back()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        var first = await Turn.TryTakeAsync(database.ConnectionString, "oms-sync", Token);

        Assert.NotNull(first);
        Assert.Null(await Turn.TryTakeAsync(database.ConnectionString, "oms-sync", Token));
        await using (var other = await Turn.TryTakeAsync(database.ConnectionString, "registry-sync", Token)) Assert.NotNull(other);
        await first.DisposeAsync();
        await using var again = await Turn.TryTakeAsync(database.ConnectionString, "oms-sync", Token);
        Assert.NotNull(again);
    }

    [Fact]
    public async Task Who_waits_gets_the_turn_when_it_is_free()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        var first = await Turn.TryTakeAsync(database.ConnectionString, "migrate", Token);
        var waiting = Turn.TakeAsync(database.ConnectionString, "migrate", Token);

        Assert.False(waiting.IsCompleted);
        await first!.DisposeAsync();

        await using var second = await waiting;
        Assert.NotNull(second);
    }
}
