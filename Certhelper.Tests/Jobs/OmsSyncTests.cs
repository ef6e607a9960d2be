using System.Text.Json.Nodes;
using Certhelper.Core.Oms;
using Certhelper.Core.Runs;
using Certhelper.Jobs.Sync;
using Certhelper.Tests.Oms;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Jobs;

public sealed class OmsSyncTests : IAsyncLifetime
{
    private SourceHouse house = null!;
    private OmsStub oms = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        house = await SourceHouse.CreateAsync(new() { ["Oms:PageSize"] = "3" });
        oms = new OmsStub(house.Source);
        for (var i = 0; i < 8; i++)
        {
            var number = 299320 + i;
            oms.Run(number, $"2018-07-14T10:0{i}:00Z", run => run["start_time"] = "2018-07-14T08:00:00Z");
        }

        oms.Fill(5960);
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task The_first_pass_takes_over_all_runs_with_their_fills_and_shows_how_far_it_is()
    {
        var steps = new Steps();

        var result = await PassAsync(steps);

        Assert.Equal("8 runs of 8 changed rows taken over, 0 ongoing fills read again.", result);
        await using var db = house.Database.NewContext();
        var runs = await db.Runs.Include(run => run.Fill).ToListAsync(Token);
        Assert.Equal(8, runs.Count);
        Assert.All(runs, run => Assert.Equal((RunType.Collisions, 2304), (run.Type, run.Fill!.BunchesColliding)));
        Assert.All(steps, step => Assert.True(step.Done <= step.Total));
        Assert.True(steps.Count >= 3);
        Assert.Equal((8, 8), (steps[^1].Done, steps[^1].Total));
        var mark = await db.SyncMarks.SingleAsync(Token);
        Assert.Equal((new DateTimeOffset(2018, 7, 14, 10, 7, 0, TimeSpan.Zero), result, house.Time.GetUtcNow()), (mark.Until, mark.LastResult, mark.LastRunAt));
    }

    [Fact]
    public async Task A_second_pass_without_changes_writes_nothing()
    {
        await PassAsync();
        await using var db = house.Database.NewContext();
        var before = await db.Runs.AsNoTracking().ToDictionaryAsync(run => run.RunNumber, run => run.Version, Token);

        var result = await PassAsync();

        Assert.Equal("0 runs of 1 changed row taken over, 0 ongoing fills read again.", result);
        Assert.Equal(before, await db.Runs.AsNoTracking().ToDictionaryAsync(run => run.RunNumber, run => run.Version, Token));
    }

    [Fact]
    public async Task A_changed_fact_is_taken_over_and_what_a_person_typed_stays()
    {
        await PassAsync();
        var sara = await house.PersonAsync("sara", "shifter");
        await house.Get<RunFactsDesk>().TypeByHandAsync(299322, new TypedFacts(Lumisections: 77), sara, Token);
        oms.Run(299322, "2018-09-01T00:00:00Z", run =>
        {
            run["recorded_lumi"] = 39.9;
            run["last_lumisection_number"] = 343;
        });

        var result = await PassAsync();

        Assert.StartsWith("1 run of 2 changed rows", result, StringComparison.Ordinal);
        await using var db = house.Database.NewContext();
        var run = await db.Runs.SingleAsync(row => row.RunNumber == 299322, Token);
        Assert.Equal((39.9, 77), (run.RecordedLumiInvPb, run.Lumisections));
    }

    [Fact]
    public async Task A_pass_that_fails_midway_keeps_what_it_has_and_the_next_one_goes_on_there()
    {
        var calls = 0;
        oms.Trouble = context => context.Request.Path == OmsJson.Runs && ++calls > 2 ? 503 : null;

        var failure = await Assert.ThrowsAsync<OutsideServiceException>(() => PassAsync());

        Assert.Equal("OMS is in trouble (status 503).", failure.Message);
        await using var db = house.Database.NewContext();
        Assert.InRange(await db.Runs.CountAsync(Token), 3, 6);
        Assert.StartsWith("OMS is in trouble (status 503). ", (await db.SyncMarks.SingleAsync(Token)).LastResult, StringComparison.Ordinal);
        Assert.Equal(failure.Message, (await db.SourceContacts.SingleAsync(Token)).LastFailure);
        var before = house.Source.Calls.Count;

        oms.Trouble = _ => null;
        await PassAsync();

        Assert.Equal(8, await db.Runs.CountAsync(Token));
        Assert.DoesNotContain(house.Source.Calls.Skip(before), call => call.Contains("2018-01-01", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Runs_of_one_subsystem_and_runs_before_the_first_day_are_left_out_unless_known()
    {
        var sara = await house.PersonAsync("sara", "shifter");
        await house.Get<RunFactsDesk>().TypeByHandAsync(280000, new TypedFacts(Era: "2016G"), sara, Token);
        oms.Run(299400, "2018-07-15T00:00:00Z", run => run["sequence"] = "MINIDAQ");
        oms.Run(290000, "2018-07-15T00:00:00Z", run => run["start_time"] = "2017-01-01T00:00:00Z");
        oms.Run(280000, "2018-07-15T00:00:00Z", run => run["start_time"] = "2016-08-31T00:00:00Z");

        await PassAsync();

        await using var db = house.Database.NewContext();
        Assert.Equal([280000, .. Enumerable.Range(299320, 8)], await db.Runs.Select(run => run.RunNumber).OrderBy(number => number).ToListAsync(Token));
        Assert.Equal("2016G", (await db.Runs.SingleAsync(run => run.RunNumber == 280000, Token)).Era);
    }

    [Fact]
    public async Task A_change_in_the_future_does_not_hide_what_comes_after()
    {
        oms.Run(299327, "2031-01-01T00:00:00Z");
        await PassAsync();
        oms.Run(299321, "2024-06-03T13:00:00Z", run => run["recorded_lumi"] = 1.25);
        house.Time.Advance(TimeSpan.FromHours(2));

        await PassAsync();

        await using var db = house.Database.NewContext();
        Assert.Equal(1.25, (await db.Runs.SingleAsync(run => run.RunNumber == 299321, Token)).RecordedLumiInvPb);
    }

    [Fact]
    public async Task A_fill_that_goes_on_is_read_again_after_its_last_run()
    {
        oms.Fill(5960, fill =>
        {
            fill["start_time"] = "2024-06-03T02:00:00Z";
            fill["end_time"] = null;
            fill["peak_pileup"] = 30;
        });
        await PassAsync();
        oms.Fill(5960, fill =>
        {
            fill["start_time"] = "2024-06-03T02:00:00Z";
            fill["peak_pileup"] = 52;
        });

        var result = await PassAsync();

        Assert.EndsWith("1 ongoing fill read again.", result, StringComparison.Ordinal);
        await using var db = house.Database.NewContext();
        Assert.Equal(52, (await db.Fills.SingleAsync(Token)).PeakPileup);
    }

    [Fact]
    public async Task A_source_whose_pages_never_end_is_given_up()
    {
        house.Source.OnJson(OmsJson.Runs, OmsJson.Page(Item(1), Item(2), Item(3)));

        var failure = await Assert.ThrowsAsync<OutsideServiceException>(() => PassAsync());

        Assert.Equal("OMS gives pages that do not fit together; the reading was given up.", failure.Message);

        static JsonObject Item(int number)
        {
            var run = OmsJson.Run299329();
            run["attributes"]!["run_number"] = number;
            run["attributes"]!["fill_number"] = null;
            return run;
        }
    }

    private Task<string> PassAsync(Steps? steps = null) => house.Get<OmsSync>().PassAsync(steps ?? [], Token);
}
