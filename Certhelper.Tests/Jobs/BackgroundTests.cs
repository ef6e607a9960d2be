using Certhelper.Jobs.Background;
using Certhelper.Tests.Infrastructure;

namespace Certhelper.Tests.Jobs;

public sealed class BackgroundTests
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

    [Fact]
    public void Progress_is_a_bar_with_counts_and_its_words_are_harmless()
    {
        var html = ProgressPanel.Html(new JobStep(1200, 4800, "<script>alert(1)</script>"), running: true);

        Assert.Contains("<progress max=\"4800\" value=\"1200\" aria-label=\"Progress\">25 %</progress> 1,200 of 4,800", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.Contains("http-equiv=\"refresh\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_that_has_ended_is_not_loaded_again_and_shows_what_it_did()
    {
        var html = ProgressPanel.Html(new JobStep(0, 0, "Nothing to do"), running: false);

        Assert.Equal("<h3>Progress</h3><p></p><p>Nothing to do</p>", html);
    }
}
