using Certhelper.Core.Oms;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Tests.Oms;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.RunRegistry;

public sealed class RegistryDeskTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_young_answer_is_not_asked_for_again_and_an_old_one_is()
    {
        await using var house = await SourceHouse.CreateAsync();
        house.Source.OnJson(RegistryJson.Datasets, RegistryJson.Page(RegistryJson.Dataset(321138, "/Express/Collisions2018/DQM")));
        var desk = house.Get<RegistryDesk>();

        await desk.OfRunAsync(321138, refresh: false, Token);
        house.Time.Advance(TimeSpan.FromMinutes(9));
        var young = await desk.OfRunAsync(321138, refresh: false, Token);
        Assert.Single(house.Source.Calls);
        house.Time.Advance(TimeSpan.FromMinutes(2));
        await desk.OfRunAsync(321138, refresh: false, Token);
        await desk.OfRunAsync(321138, refresh: true, Token);

        Assert.Equal(3, house.Source.Calls.Count);
        Assert.Null(young.Problem);
        Assert.Equal((Reconstruction.Express, "OPEN", "Collisions18"), (young.Datasets[0].Reconstruction, young.Datasets[0].TrackerState, young.Datasets[0].RunClass));
    }

    [Fact]
    public async Task When_the_registry_is_down_the_stored_answer_comes_with_the_reason()
    {
        await using var house = await SourceHouse.CreateAsync();
        house.Source.OnJson(RegistryJson.Datasets, RegistryJson.Page(RegistryJson.Dataset(321138, "/Express/Collisions2018/DQM")));
        await house.Get<RegistryDesk>().OfRunAsync(321138, refresh: false, Token);
        house.Source.On(RegistryJson.Datasets, context =>
        {
            context.Response.Redirect("https://auth.cern.ch/login");
            return Task.CompletedTask;
        });

        var result = await house.Get<RegistryDesk>().OfRunAsync(321138, refresh: true, Token);

        Assert.Single(result.Datasets);
        Assert.Equal("The Run Registry redirected to a login page: the application is not authorised.", result.Problem);
        await using var db = house.Database.NewContext();
        Assert.Equal(result.Problem, (await db.SourceContacts.SingleAsync(row => row.Source == SourceContact.RunRegistry, Token)).LastFailure);
    }

    [Fact]
    public async Task D114_a_page_does_not_wait_for_a_registry_that_needs_ten_seconds()
    {
        await using var house = await SourceHouse.CreateAsync();
        house.Source.On(RegistryJson.Datasets, context => Task.Delay(TimeSpan.FromSeconds(10), context.RequestAborted));

        var result = await house.Get<RegistryDesk>().OfRunAsync(321138, refresh: false, Token);

        Assert.Empty(result.Datasets);
        Assert.Equal("The Run Registry did not answer within 2 seconds.", result.Problem);
    }

    [Fact]
    public async Task A_dataset_that_the_registry_does_not_list_any_more_is_forgotten_and_a_changed_state_taken_over()
    {
        await using var house = await SourceHouse.CreateAsync();
        house.Source.OnJson(RegistryJson.Datasets, RegistryJson.Page(
            RegistryJson.Dataset(321138, "/Express/Collisions2018/DQM"), RegistryJson.Dataset(321138, "/PromptReco/Collisions2018D/DQM")));
        await house.Get<RegistryDesk>().OfRunAsync(321138, refresh: false, Token);
        house.Source.OnJson(RegistryJson.Datasets, RegistryJson.Page(RegistryJson.Dataset(321138, "/Express/Collisions2018/DQM", "SIGNOFF")));

        var result = await house.Get<RegistryDesk>().OfRunAsync(321138, refresh: true, Token);

        Assert.Equal([("/Express/Collisions2018/DQM", "SIGNOFF")], result.Datasets.Select(dataset => (dataset.Name, dataset.TrackerState)));
    }

    [Fact]
    public async Task A_change_of_state_or_lumisections_is_noted_with_its_time_and_the_first_answer_is_none()
    {
        await using var house = await SourceHouse.CreateAsync();
        var express = RegistryJson.Dataset(321138, "/Express/Collisions2018/DQM");
        var prompt = RegistryJson.Dataset(321138, "/PromptReco/Collisions2018D/DQM");
        house.Source.OnJson(RegistryJson.Datasets, RegistryJson.Page(express, prompt));
        var first = await house.Get<RegistryDesk>().OfRunAsync(321138, refresh: true, Token);
        house.Time.Advance(TimeSpan.FromMinutes(1));
        await house.Get<RegistryDesk>().OfRunAsync(321138, refresh: true, Token);
        prompt["DatasetTripletCache"]!["triplet_summary"]!["tracker-pixel"]!["GOOD"] = 225;
        house.Time.Advance(TimeSpan.FromMinutes(1));
        house.Source.OnJson(RegistryJson.Datasets, RegistryJson.Page(express, prompt));

        var second = await house.Get<RegistryDesk>().OfRunAsync(321138, refresh: true, Token);

        Assert.All(first.Datasets, dataset => Assert.Null(dataset.ChangedAt));
        Assert.Equal([null, house.Time.GetUtcNow()], second.Datasets.Select(dataset => dataset.ChangedAt));
        Assert.All(second.Datasets, dataset => Assert.Equal(house.Time.GetUtcNow() - TimeSpan.FromMinutes(2), dataset.FirstSeenAt));
    }

    [Fact]
    public async Task D60_any_number_of_runs_is_asked_about_in_parts_and_all_that_is_answered_is_stored()
    {
        await using var house = await SourceHouse.CreateAsync();
        house.Source.OnJson(RegistryJson.Datasets, RegistryJson.Page(
            RegistryJson.Dataset(321138, "/Express/Collisions2018/DQM"), RegistryJson.Dataset(321555, "/Express/Collisions2018/DQM")));

        var result = await house.Get<RegistryDesk>().AskAsync([(321000, 321599), (321138, 321138), (322000, 322000)], Token);

        Assert.Equal(new AskedResult(601, 601, null), result);
        // Three parts of the range, and one for the run named by itself.
        Assert.Equal(4, house.Source.Calls.Count);
        await using var db = house.Database.NewContext();
        Assert.Equal([321138, 321555], await db.RegistryDatasets.Select(row => row.RunNumber).Order().ToListAsync(Token));
    }

    [Fact]
    public async Task A_search_that_the_registry_answers_in_part_says_how_much()
    {
        await using var house = await SourceHouse.CreateAsync();
        var calls = 0;
        house.Source.On(RegistryJson.Datasets, context => Interlocked.Increment(ref calls) == 1
            ? context.Response.WriteAsync(RegistryJson.Page(RegistryJson.Dataset(321555, "/Express/Collisions2018/DQM")))
            : Task.Delay(TimeSpan.FromSeconds(10), context.RequestAborted));

        var result = await house.Get<RegistryDesk>().AskAsync([(321000, 321599)], Token);

        Assert.Equal((600, 200), (result.Asked, result.Answered));
        Assert.Contains("answered for 200 of 600 run numbers within 2 seconds; ask again for the rest", result.Problem, StringComparison.Ordinal);
        await using var db = house.Database.NewContext();
        Assert.Equal(321555, (await db.RegistryDatasets.SingleAsync(Token)).RunNumber);
    }

    [Fact]
    public async Task The_class_of_a_known_run_is_noted_with_the_registry_as_origin()
    {
        await using var house = await SourceHouse.CreateAsync();
        house.Source.OnJson(OmsJson.Runs, OmsJson.Page(OmsJson.Run299329())).OnJson(OmsJson.Fills, OmsJson.Page(OmsJson.Fill5960()))
            .OnJson(RegistryJson.Datasets, RegistryJson.Page(RegistryJson.Dataset(299329, "/Express/Collisions2017/DQM", "OPEN", "Collisions17")));
        await house.Get<RunFactsDesk>().EnsureAsync(299329, Token);

        await house.Get<RegistryDesk>().OfRunAsync(299329, refresh: false, Token);

        await using var db = house.Database.NewContext();
        var run = await db.Runs.SingleAsync(Token);
        Assert.Equal(("Collisions17", FactSource.RunRegistry), (run.RegistryClass, run.Origins[nameof(run.RegistryClass)].Source));
    }
}
