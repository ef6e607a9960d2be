using System.Text.Json.Nodes;
using Certhelper.Core.Oms;
using Certhelper.Core.RunRegistry;
using Certhelper.Jobs.Sync;
using Certhelper.Tests.Oms;
using Certhelper.Tests.RunRegistry;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Jobs;

public sealed class RegistrySyncTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_datasets_are_taken_over_and_closed_ones_are_asked_about()
    {
        await using var house = await SourceHouse.CreateAsync();
        var express = RegistryJson.Dataset(321138, "/Express/Collisions2018/DQM");
        var prompt = RegistryJson.Dataset(321149, "/PromptReco/Collisions2018D/DQM");
        Answers(house.Source, [express, prompt], []);
        var first = await house.Get<RegistrySync>().PassAsync(new Steps(), Token);

        Answers(house.Source, [prompt], [RegistryJson.Dataset(321138, "/Express/Collisions2018/DQM", "SIGNOFF")]);
        var second = await house.Get<RegistrySync>().PassAsync(new Steps(), Token);

        Assert.Equal("2 open datasets, 0 runs with datasets that are not open any more.", first);
        Assert.Equal("1 open datasets, 1 runs with datasets that are not open any more.", second);
        await using var db = house.Database.NewContext();
        Assert.Equal(
            [(321138, "SIGNOFF"), (321149, RegistryDataset.Open)],
            (await db.RegistryDatasets.OrderBy(row => row.RunNumber).ToListAsync(Token)).Select(row => (row.RunNumber, row.TrackerState!)));
    }

    [Theory]
    [InlineData("true", "0 open datasets, 0 runs with datasets that are not open any more.", 0)]
    [InlineData("false", "0 open datasets, 1 runs with datasets that are not open any more.", 1)]
    public async Task F179_a_training_site_takes_over_datasets_of_all_runs(string openOnly, string said, int stored)
    {
        await using var house = await SourceHouse.CreateAsync(new() { ["RunRegistry:OpenOnly"] = openOnly });
        await using (var db = house.Database.NewContext())
        {
            db.Runs.Add(new Core.Runs.Run { RunNumber = 321138 });
            await db.SaveChangesAsync(Token);
        }

        Answers(house.Source, [], [RegistryJson.Dataset(321138, "/Express/Collisions2018/DQM", "COMPLETED")]);

        Assert.Equal(said, await house.Get<RegistrySync>().PassAsync(new Steps(), Token));
        await using var read = house.Database.NewContext();
        Assert.Equal(stored, await read.RegistryDatasets.CountAsync(row => row.TrackerState == "COMPLETED", Token));
    }

    [Fact]
    public async Task A_dataset_that_has_vanished_is_forgotten()
    {
        await using var house = await SourceHouse.CreateAsync();
        Answers(house.Source, [RegistryJson.Dataset(321138, "/Express/Collisions2018/DQM")], []);
        await house.Get<RegistrySync>().PassAsync(new Steps(), Token);

        Answers(house.Source, [], []);
        await house.Get<RegistrySync>().PassAsync(new Steps(), Token);

        await using var db = house.Database.NewContext();
        Assert.False(await db.RegistryDatasets.AnyAsync(Token));
    }

    [Fact]
    public async Task A_registry_that_fails_ends_the_pass_with_the_reason_and_loses_nothing()
    {
        await using var house = await SourceHouse.CreateAsync();
        Answers(house.Source, [RegistryJson.Dataset(321138, "/Express/Collisions2018/DQM")], []);
        await house.Get<RegistrySync>().PassAsync(new Steps(), Token);
        house.Source.On(RegistryJson.Datasets, context =>
        {
            context.Response.StatusCode = 504;
            return Task.CompletedTask;
        });

        var failure = await Assert.ThrowsAsync<OutsideServiceException>(() => house.Get<RegistrySync>().PassAsync(new Steps(), Token));

        await using var db = house.Database.NewContext();
        Assert.Equal(failure.Message, (await db.SyncMarks.SingleAsync(Token)).LastResult);
        Assert.Equal(1, await db.RegistryDatasets.CountAsync(Token));
    }

    private static void Answers(StubSource source, JsonObject[] open, JsonObject[] ofRuns) => source.On(RegistryJson.Datasets, async context =>
    {
        var filter = (await JsonNode.ParseAsync(context.Request.Body))!["filter"]!.AsObject();
        await context.Response.WriteAsync(RegistryJson.Page(filter.ContainsKey("run_number") ? ofRuns : open));
    });
}
