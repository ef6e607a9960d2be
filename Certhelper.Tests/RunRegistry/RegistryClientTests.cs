using System.Text.Json.Nodes;
using Certhelper.Core.Oms;
using Certhelper.Core.RunRegistry;
using Certhelper.Tests.Oms;
using Microsoft.AspNetCore.Http;

namespace Certhelper.Tests.RunRegistry;

public sealed class RegistryClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Datasets_are_read_with_tolerance_and_without_the_online_one()
    {
        await using var house = await SourceHouse.CreateAsync();
        house.Source.OnJson(RegistryJson.Datasets, RegistryJson.Page(
            RegistryJson.Dataset(348409, "/Express/Commissioning2022/DQM\n", null, "Commissioning22"),
            RegistryJson.Dataset(348409, "online"),
            new JsonObject { ["run_number"] = 348409, ["name"] = "/PromptReco/Commissioning2022/DQM" },
            new JsonObject { ["name"] = "of no run" },
            RegistryJson.Dataset(1, "of a run that was not asked for")));

        var datasets = await house.Get<RegistryClient>().OfRunsAsync([348409], Token);

        Assert.Equal(["/Express/Commissioning2022/DQM", "/PromptReco/Commissioning2022/DQM"], datasets.Select(dataset => dataset.Name));
        Assert.Equal(((string?)null, "Commissioning22", "SIGNOFF"), (datasets[0].TrackerState, datasets[0].RunClass, datasets[0].RunState));
        Assert.Equal(["tracker-pixel"], datasets[0].Summary.Keys);
        Assert.Equal(new Dictionary<string, int> { ["GOOD"] = 226, ["NO VALUE FOUND"] = 3, ["EMPTY"] = 0 }, datasets[0].Summary["tracker-pixel"]);
        Assert.Empty(datasets[1].Summary);
    }

    [Fact]
    public async Task Questions_use_the_translated_names_that_the_wire_understands()
    {
        await using var house = await SourceHouse.CreateAsync();
        var questions = new List<JsonNode>();
        house.Source.On(RegistryJson.Datasets, async context =>
        {
            questions.Add((await JsonNode.ParseAsync(context.Request.Body))!);
            await context.Response.WriteAsync(RegistryJson.Page());
        });

        await house.Get<RegistryClient>().OpenAsync(null, Token);
        await house.Get<RegistryClient>().OfRunsAsync([355556, 355555], Token);

        Assert.Equal(
            """{"page":0,"page_size":100,"sortings":[],"filter":{"dataset_attributes.tracker_state":{"=":"OPEN"},"name":{"notlike":"%online%"}}}""",
            questions[0].ToJsonString());
        Assert.Equal(
            """{"run_number":{"or":[{"=":355555},{"=":355556}]},"name":{"notlike":"%online%"}}""", questions[1]["filter"]!.ToJsonString());
    }

    [Fact]
    public async Task All_pages_are_read_and_what_comes_twice_is_taken_once()
    {
        await using var house = await SourceHouse.CreateAsync();
        var steps = new List<(int, int)>();
        house.Source.On(RegistryJson.Datasets, async context =>
        {
            var page = (int)(await JsonNode.ParseAsync(context.Request.Body))!["page"]!;
            // A new dataset has come in front, so that every page begins with the last one of the page before.
            await context.Response.WriteAsync(RegistryJson.Page(
                3, 6, RegistryJson.Dataset(300 - page, "/Express/A/DQM"), RegistryJson.Dataset(299 - page, "/Express/A/DQM")));
        });

        var datasets = await house.Get<RegistryClient>().OpenAsync((read, total) => steps.Add((read, total)), Token);

        Assert.Equal([300, 299, 298, 297], datasets.Select(dataset => dataset.RunNumber));
        Assert.Equal([(2, 6), (4, 6), (6, 6)], steps);
    }

    [Fact]
    public async Task Many_runs_are_asked_in_batches()
    {
        await using var house = await SourceHouse.CreateAsync();
        house.Source.OnJson(RegistryJson.Datasets, RegistryJson.Page());

        await house.Get<RegistryClient>().OfRunsAsync(Enumerable.Range(355000, 120), Token);

        Assert.Equal(3, house.Source.Calls.Count);
    }

    [Theory]
    [InlineData(500, "application/json", """{"err":"column Dataset.tracker_state does not exist"}""", "The Run Registry is in trouble (status 500: column Dataset.tracker_state does not exist).")]
    [InlineData(302, "text/html", "<html>", "The Run Registry redirected to a login page: the application is not authorised.")]
    [InlineData(200, "text/html", "<html>", "The Run Registry answered with a web page instead of data; that is usually a login page: the application is not authorised.")]
    [InlineData(504, "text/html", "<html>", "The Run Registry is in trouble (status 504).")]
    [InlineData(200, "application/json", """{"runs":[]}""", "The Run Registry answered with JSON of an unknown shape: it has no list of datasets.")]
    [InlineData(200, "application/json", """{"datasets":[{""", "The Run Registry answered with something that is no valid JSON.")]
    public async Task Every_failure_is_one_sentence_for_people(int status, string type, string body, string sentence)
    {
        await using var house = await SourceHouse.CreateAsync();
        house.Source.On(RegistryJson.Datasets, context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            return context.Response.WriteAsync(body);
        });

        var failure = await Assert.ThrowsAsync<OutsideServiceException>(() => house.Get<RegistryClient>().OpenAsync(null, Token));

        Assert.Equal((SourceContact.RunRegistry, sentence), (failure.Service, failure.Message));
    }

    [Fact]
    public void Recorded_datasets_keep_their_names_and_states()
    {
        var recorded = JsonNode.Parse(SharedData.Read("runregistry/datasets_compressed_samples.json"))!.AsArray();
        using var json = System.Text.Json.JsonDocument.Parse(recorded.ToJsonString());

        var datasets = json.RootElement.EnumerateArray().Select(RegistryAnswer.From).OfType<RegistryAnswer>().ToList();

        Assert.Equal(recorded.Count, datasets.Count);
        Assert.Contains(datasets, dataset => dataset is { RunNumber: 299327, Name: "/ReReco/Run2017B_UL2019/DQM", TrackerState: "COMPLETED" });
        Assert.All(datasets, dataset => Assert.Equal(dataset.Name.Trim(), dataset.Name));
    }
}
