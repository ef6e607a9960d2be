using System.Globalization;
using System.Text.Json.Nodes;
using Certhelper.Core.Certification;
using Certhelper.Core.Oms;
using Certhelper.Core.Runs;
using Certhelper.Jobs.Background;
using Certhelper.Jobs.Sync;
using Certhelper.Tests.Oms;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Jobs;

public sealed class SyncTests
{
    private const string Datasets = "/rr/api/datasets_filtered_ordered";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_pass_takes_runs_with_their_fills_and_says_how_far_it_is()
    {
        await using var house = await SourceHouse.CreateAsync(new() { ["Oms:SyncFrom"] = "2017-01-01" });
        house.Source.OnJson(OmsJson.Runs, OmsJson.Page(OmsJson.Run299329())).OnJson(OmsJson.Fills, OmsJson.Page(OmsJson.Fill5960()));
        var steps = new Steps();

        var words = await house.Get<OmsSync>().PassAsync(steps, Token);

        Assert.StartsWith("1 run of 1 changed row", words, StringComparison.Ordinal);
        Assert.Contains(steps.Seen, step => step is { Done: 1, Total: 1 });
        await using var db = house.Database.NewContext();
        var run = await db.Runs.Include(row => row.Fill).SingleAsync(Token);
        Assert.Equal((RunType.Collisions, 39.937), (run.Type, run.Fill!.PeakPileup));
        Assert.NotNull((await db.SourceContacts.SingleAsync(row => row.Source == SourceContact.Oms, Token)).LastGoodAt);
    }

    [Fact]
    public async Task A_second_pass_asks_from_where_the_first_ended_and_takes_over_changed_facts()
    {
        await using var house = await SourceHouse.CreateAsync(new() { ["Oms:SyncFrom"] = "2017-01-01" });
        house.Source.OnJson(OmsJson.Runs, OmsJson.Page(OmsJson.Run299329())).OnJson(OmsJson.Fills, OmsJson.Page(OmsJson.Fill5960()));
        await house.Get<OmsSync>().PassAsync(new Steps(), Token);
        var recalibrated = OmsJson.Run299329();
        recalibrated["attributes"]!["recorded_lumi"] = 39.1;
        recalibrated["attributes"]!["last_update"] = "2017-08-01T00:00:00Z";
        house.Source.OnJson(OmsJson.Runs, OmsJson.Page(recalibrated));

        await house.Get<OmsSync>().PassAsync(new Steps(), Token);

        Assert.Contains(house.Source.Calls, call => call.Contains("filter[last_update][GE]=2017-07-14T10:20:00Z", StringComparison.Ordinal));
        await using var db = house.Database.NewContext();
        Assert.Equal(39.1, (await db.Runs.SingleAsync(Token)).RecordedLumiInvPb);
        Assert.Equal(2, await db.OmsSnapshots.CountAsync(row => row.Resource == "runs", Token));
    }

    [Fact]
    public async Task A_pass_that_breaks_off_keeps_what_it_had_and_the_next_goes_on_from_there()
    {
        await using var house = await SourceHouse.CreateAsync(new() { ["Oms:SyncFrom"] = "2017-01-01", ["Oms:PageSize"] = "2" });
        var rows = Enumerable.Range(0, 3).Select(Cosmics).ToList();
        var down = true;
        house.Source.On(OmsJson.Fills, context => context.Response.WriteAsync(OmsJson.Page()));
        house.Source.On(OmsJson.Runs, context =>
        {
            var since = context.Request.Query["filter[last_update][GE]"].ToString();
            var first = since.StartsWith("2017-01-01", StringComparison.Ordinal);
            if (!first && down)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return Task.CompletedTask;
            }

            context.Response.ContentType = "application/json";
            var offset = int.Parse(context.Request.Query["page[offset]"].ToString(), CultureInfo.InvariantCulture);
            var page = rows.Where(row => string.CompareOrdinal((string?)row["attributes"]!["last_update"], since) >= 0).Skip(offset).Take(2);
            return context.Response.WriteAsync(OmsJson.Page(3, page.Select(row => row.DeepClone())));
        });

        var failure = await Assert.ThrowsAsync<OutsideServiceException>(() => house.Get<OmsSync>().PassAsync(new Steps(), Token));
        Assert.Contains("503", failure.Message, StringComparison.Ordinal);
        await using (var db = house.Database.NewContext())
        {
            Assert.Equal(2, await db.Runs.CountAsync(Token));
            Assert.Contains("503", (await db.SourceContacts.SingleAsync(Token)).LastFailure, StringComparison.Ordinal);
        }

        down = false;
        await house.Get<OmsSync>().PassAsync(new Steps(), Token);
        await using (var db = house.Database.NewContext()) Assert.Equal(3, await db.Runs.CountAsync(Token));
    }

    [Fact]
    public async Task A_source_whose_pages_never_end_is_given_up()
    {
        await using var house = await SourceHouse.CreateAsync(new() { ["Oms:SyncFrom"] = "2017-01-01", ["Oms:PageSize"] = "2" });
        house.Source.OnJson(OmsJson.Fills, OmsJson.Page()).OnJson(OmsJson.Runs, OmsJson.Page(Cosmics(0), Cosmics(1)));

        var failure = await Assert.ThrowsAsync<OutsideServiceException>(() => house.Get<OmsSync>().PassAsync(new Steps(), Token));

        Assert.Contains("given up", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_certified_without_OMS_is_completed_and_what_a_person_typed_stays()
    {
        await using var house = await SourceHouse.CreateAsync();
        var sara = await house.PersonAsync("sara", "shifter");
        await house.Get<RunFactsDesk>().TypeByHandAsync(299329, new TypedFacts { BFieldTesla = 3.5 }, sara, Token);
        await house.Get<CertificationDesk>().CreateAsync(299329, Reconstruction.Express, house.GoodInput(), sara, Token);
        house.Source.OnJson(OmsJson.Runs, OmsJson.Page(OmsJson.Run299329())).OnJson(OmsJson.Fills, OmsJson.Page(OmsJson.Fill5960()));

        var words = await house.Get<FactsCompletion>().PassAsync(new Steps(), Token);

        Assert.Equal("1 of 1 incomplete certifications completed.", words);
        await using var db = house.Database.NewContext();
        var item = await db.Certifications.Include(row => row.RunReconstruction).ThenInclude(row => row!.Run).SingleAsync(Token);
        Assert.True(item.FactsComplete);
        Assert.Equal((3.5, 38.566), (item.RunReconstruction!.Run!.BFieldTesla, item.RunReconstruction.Run.RecordedLumiInvPb));
        var revision = await db.CertificationRevisions.OrderBy(row => row.Number).LastAsync(Token);
        Assert.Equal((RevisionKind.FactsCompleted, (int?)null), (revision.Kind, revision.ById));
        Assert.DoesNotContain(revision.Changes, change => change.Field == "B field");
    }

    [Fact]
    public async Task A_dataset_that_is_not_open_any_more_is_asked_about_and_leaves_the_queue()
    {
        await using var house = await SourceHouse.CreateAsync();
        house.Source.OnJson(Datasets, Answer("OPEN"));
        await house.Get<RegistrySync>().PassAsync(new Steps(), Token);
        var asked = 0;
        house.Source.On(Datasets, context =>
        {
            context.Response.ContentType = "application/json";
            // First the question for open ones, of which there are none now; then the one about the run.
            return context.Response.WriteAsync(asked++ == 0 ? """{"datasets":[],"pages":0,"count":0}""" : Answer("SIGNOFF"));
        });

        var words = await house.Get<RegistrySync>().PassAsync(new Steps(), Token);

        Assert.Equal("0 open datasets, 1 runs with datasets that are not open any more.", words);
        await using var db = house.Database.NewContext();
        Assert.Equal("SIGNOFF", (await db.RegistryDatasets.SingleAsync(Token)).TrackerState);
    }

    private static JsonObject Cosmics(int index)
    {
        var run = OmsJson.Run299329();
        var attributes = run["attributes"]!;
        attributes["run_number"] = 299400 + index;
        attributes["fill_number"] = null;
        attributes["last_update"] = $"2017-07-1{index}T10:20:00Z";
        return run;
    }

    // The name carries a stray line break, as real ones do.
    private static string Answer(string state) => new JsonObject
    {
        ["datasets"] = new JsonArray(new JsonObject
        {
            ["run_number"] = 355556,
            ["name"] = "/PromptReco/Collisions2022C/DQM\n",
            ["dataset_attributes"] = new JsonObject { ["tracker_state"] = state },
            ["Run"] = new JsonObject { ["rr_attributes"] = new JsonObject { ["class"] = "Collisions22", ["state"] = "SIGNOFF" } },
            ["DatasetTripletCache"] = new JsonObject { ["triplet_summary"] = new JsonObject() },
        }),
        ["pages"] = 1,
        ["count"] = 1,
    }.ToJsonString();

    private sealed class Steps : IProgress<JobStep>
    {
        public List<JobStep> Seen { get; } = [];

        public void Report(JobStep value) => Seen.Add(value);
    }
}
