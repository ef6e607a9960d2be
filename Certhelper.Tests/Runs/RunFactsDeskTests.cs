using System.Diagnostics;
using System.Text.Json.Nodes;
using Certhelper.Core.Oms;
using Certhelper.Core.Runs;
using Certhelper.Tests.Oms;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Runs;

public sealed class RunFactsDeskTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_is_asked_once_and_stored_with_its_fill_and_where_each_fact_comes_from()
    {
        await using var house = await SourceHouse.CreateAsync();
        KnowsRun299329(house.Source);

        var first = await house.Get<RunFactsDesk>().EnsureAsync(299329, Token);
        var second = await house.Get<RunFactsDesk>().EnsureAsync(299329, Token);

        Assert.Equal(FactsState.Fresh, first.State);
        Assert.Equal(RunType.Collisions, first.Run!.Type);
        Assert.Equal(342, first.Run.Lumisections);
        Assert.Equal(2304, first.Run.Fill!.BunchesColliding);
        Assert.Equal(new FactOrigin(FactSource.Oms, house.Time.GetUtcNow()), first.Run.Origins[nameof(Run.RecordedLumiInvPb)]);
        Assert.Equal(FactsState.Stored, second.State);
        Assert.Equal(2, house.Source.Calls.Count);
        await using var db = house.Database.NewContext();
        Assert.NotNull((await db.SourceContacts.SingleAsync(row => row.Source == SourceContact.Oms, Token)).LastGoodAt);
    }

    [Fact]
    public async Task A_run_that_OMS_does_not_know_gets_no_row()
    {
        await using var house = await SourceHouse.CreateAsync();
        house.Source.OnJson(OmsJson.Runs, OmsJson.Page());

        var result = await house.Get<RunFactsDesk>().EnsureAsync(999998, Token);

        Assert.Equal((FactsState.UnknownRun, (Run?)null), (result.State, result.Run));
        Assert.Equal("OMS knows no run 999998.", result.Problem);
        await using var db = house.Database.NewContext();
        Assert.False(await db.Runs.AnyAsync(Token));
    }

    [Fact]
    public async Task D113_a_page_waits_two_seconds_for_OMS_and_no_longer()
    {
        await using var house = await SourceHouse.CreateAsync();
        house.Source.On(OmsJson.Runs, context => Task.Delay(Timeout.Infinite, context.RequestAborted));

        var watch = Stopwatch.StartNew();
        var result = await house.Get<RunFactsDesk>().EnsureAsync(299329, Token);

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(4));
        Assert.Equal(FactsState.Unavailable, result.State);
        Assert.Equal("OMS did not answer within 2 seconds.", result.Problem);
        await using var db = house.Database.NewContext();
        var contact = await db.SourceContacts.SingleAsync(row => row.Source == SourceContact.Oms, Token);
        Assert.Equal((house.Time.GetUtcNow(), result.Problem), (contact.LastFailureAt, contact.LastFailure));
    }

    [Fact]
    public async Task When_OMS_is_down_a_refresh_gives_what_is_stored_and_says_why()
    {
        await using var house = await SourceHouse.CreateAsync();
        KnowsRun299329(house.Source);
        await house.Get<RunFactsDesk>().EnsureAsync(299329, Token);
        house.Source.On(OmsJson.Runs, Status(503));

        var result = await house.Get<RunFactsDesk>().RefreshAsync(299329, Token);

        Assert.Equal(FactsState.Unavailable, result.State);
        Assert.Equal(38.566, result.Run!.RecordedLumiInvPb);
        Assert.Equal("OMS is in trouble (status 503).", result.Problem);
    }

    [Fact]
    public async Task What_a_person_typed_is_never_overwritten_by_OMS()
    {
        await using var house = await SourceHouse.CreateAsync();
        var sara = await house.PersonAsync("sara", "shifter");
        KnowsRun299329(house.Source);

        Assert.Empty(await house.Get<RunFactsDesk>().TypeByHandAsync(
            299329, new TypedFacts(Type: RunType.Cosmics, RecordedLumiInvPb: 12.5, Lumisections: 340), sara, Token));
        var result = await house.Get<RunFactsDesk>().RefreshAsync(299329, Token);

        Assert.Equal((RunType.Cosmics, 12.5, 340), (result.Run!.Type, result.Run.RecordedLumiInvPb, result.Run.Lumisections));
        Assert.Equal(new FactOrigin(FactSource.Person, house.Time.GetUtcNow(), "sara"), result.Run.Origins[nameof(Run.Type)]);
        Assert.Equal(40.87, result.Run.DeliveredLumiInvPb);
        Assert.Equal(FactSource.Oms, result.Run.Origins[nameof(Run.DeliveredLumiInvPb)].Source);
    }

    [Fact]
    public async Task A_typed_fill_gets_a_row_and_nonsense_is_refused_before_anything_is_written()
    {
        await using var house = await SourceHouse.CreateAsync();
        var sara = await house.PersonAsync("sara", "shifter");
        var guest = await house.PersonAsync("gus");
        var desk = house.Get<RunFactsDesk>();

        var nonsense = await desk.TypeByHandAsync(355419, new TypedFacts(Type: RunType.Collisions, BFieldTesla: 38), sara, Token);
        var refused = await desk.TypeByHandAsync(355419, new TypedFacts(Type: RunType.Collisions), guest, Token);
        await using var db = house.Database.NewContext();
        Assert.Equal([nameof(TypedFacts.BFieldTesla)], nonsense.Select(error => error.Field));
        Assert.Single(refused);
        Assert.False(await db.Runs.AnyAsync(Token));

        Assert.Empty(await desk.TypeByHandAsync(355419, new TypedFacts(FillNumber: 7966, BFieldTesla: 3.8), sara, Token));

        var run = await db.Runs.Include(row => row.Fill).SingleAsync(Token);
        Assert.Equal((7966, false), (run.Fill!.FillNumber, run.HasOmsFacts));
    }

    [Fact]
    public async Task D27_facts_of_a_run_that_went_on_are_asked_for_again_and_the_change_is_noted()
    {
        await using var house = await SourceHouse.CreateAsync();
        var oms = new OmsStub(house.Source);
        oms.Fill(5960);
        oms.Run(299329, "2017-07-14T10:20:00Z", run => (run["end_time"], run["last_lumisection_number"]) = (null, 20));
        var partial = await house.Get<RunFactsDesk>().EnsureAsync(299329, Token);
        oms.Run(299329, "2017-07-14T12:20:00Z");

        var young = await house.Get<RunFactsDesk>().EnsureAsync(299329, Token);
        house.Time.Advance(RunFactsDesk.YoungWhileRunning + TimeSpan.FromSeconds(1));
        var whole = await house.Get<RunFactsDesk>().EnsureAsync(299329, Token);
        house.Time.Advance(TimeSpan.FromDays(1));
        var stored = await house.Get<RunFactsDesk>().EnsureAsync(299329, Token);

        Assert.Equal((20, (DateTimeOffset?)null), (partial.Run!.Lumisections, partial.Run.FactsChangedAt));
        Assert.Equal(FactsState.Stored, young.State);
        Assert.Equal((FactsState.Fresh, 342), (whole.State, whole.Run!.Lumisections));
        Assert.Equal(whole.Run.FetchedAt, whole.Run.FactsChangedAt);
        Assert.Equal((FactsState.Stored, whole.Run.FactsChangedAt), (stored.State, stored.Run!.FactsChangedAt));
    }

    [Fact]
    public async Task The_same_answer_is_kept_once_and_a_changed_one_beside_it()
    {
        await using var house = await SourceHouse.CreateAsync();
        KnowsRun299329(house.Source);
        var desk = house.Get<RunFactsDesk>();
        await desk.RefreshAsync(299329, Token);
        house.Time.Advance(TimeSpan.FromMinutes(1));
        await desk.RefreshAsync(299329, Token);
        house.Time.Advance(TimeSpan.FromMinutes(1));
        var recalibrated = OmsJson.Run299329();
        recalibrated["attributes"]!["recorded_lumi"] = 39.1;
        house.Source.OnJson(OmsJson.Runs, OmsJson.Page(recalibrated));

        var result = await desk.RefreshAsync(299329, Token);

        Assert.Equal(39.1, result.Run!.RecordedLumiInvPb);
        await using var db = house.Database.NewContext();
        Assert.Equal(2, await db.OmsSnapshots.CountAsync(row => row.Resource == "runs" && row.Number == 299329, Token));
        Assert.Equal(1, await db.OmsSnapshots.CountAsync(row => row.Resource == "fills" && row.Number == 5960, Token));
    }

    [Fact]
    public async Task Two_pages_that_ask_for_the_same_new_run_at_once_both_get_it()
    {
        await using var house = await SourceHouse.CreateAsync();
        KnowsRun299329(house.Source);

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => house.Get<RunFactsDesk>().EnsureAsync(299329, Token)));

        Assert.All(results, result => Assert.Equal(342, result.Run!.Lumisections));
        await using var db = house.Database.NewContext();
        Assert.Equal(1, await db.Runs.CountAsync(Token));
    }

    [Fact]
    public async Task An_older_row_without_a_last_lumisection_is_completed_from_the_lumisections()
    {
        await using var house = await SourceHouse.CreateAsync();
        var run = OmsJson.Run299329();
        run["attributes"]!.AsObject().Remove("last_lumisection_number");
        house.Source.OnJson(OmsJson.Runs, OmsJson.Page(run)).OnJson(OmsJson.Fills, OmsJson.Page(OmsJson.Fill5960()))
            .OnJson(OmsJson.Lumisections, OmsJson.Page(OmsJson.Item("lumisections", new JsonObject { ["lumisection_number"] = 341 })));

        var result = await house.Get<RunFactsDesk>().EnsureAsync(299329, Token);

        Assert.Equal(341, result.Run!.Lumisections);
    }

    private static void KnowsRun299329(StubSource source) => source
        .OnJson(OmsJson.Runs, OmsJson.Page(OmsJson.Run299329()))
        .OnJson(OmsJson.Fills, OmsJson.Page(OmsJson.Fill5960()));

    private static RequestDelegate Status(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };
}
