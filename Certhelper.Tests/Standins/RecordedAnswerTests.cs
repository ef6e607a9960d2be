using System.Text.Json;

namespace Certhelper.Tests.Standins;

/// <summary>What was recorded from the real services comes back from the stand-ins, value by value.</summary>
public sealed class RecordedAnswerTests(StandinsServer server) : IClassFixture<StandinsServer>
{
    private const string UnitSuffix = "_unit";

    [Fact]
    public async Task The_recorded_runs_of_2018_come_back()
    {
        foreach (var recorded in SharedFacts.Read("oms/runs_2018_flattened.json").EnumerateArray())
            AssertFlattened(recorded, await RowAsync("runs", "run_number", recorded));
    }

    [Fact]
    public async Task The_recorded_fills_of_2018_come_back()
    {
        foreach (var recorded in SharedFacts.Read("oms/fills_2018_flattened.json").EnumerateArray())
            AssertFlattened(recorded, await RowAsync("fills", "fill_number", recorded));
    }

    [Fact]
    public async Task A_whole_recorded_answer_comes_back_with_units_and_relationships()
    {
        var recorded = SharedFacts.Read("oms/runs-297050-1.json").GetProperty("data")[0];

        var played = (await server.OmsAsync("/runs?filter[run_number][EQ]=297050&page[limit]=1000")).GetProperty("data")[0];

        Assert.True(JsonElement.DeepEquals(recorded.GetProperty("attributes"), played.GetProperty("attributes")));
        Assert.True(JsonElement.DeepEquals(recorded.GetProperty("meta"), played.GetProperty("meta")));
        Assert.Equal(
            recorded.GetProperty("relationships").EnumerateObject().Select(relation => relation.Name).Order(),
            played.GetProperty("relationships").EnumerateObject().Select(relation => relation.Name).Order());
    }

    [Fact]
    public async Task A_recorded_projection_comes_back_without_its_host()
    {
        var recorded = SharedFacts.Read("oms/runs-297050-2.json");

        var played = await server.OmsAsync("/runs?filter[run_number][EQ]=297050&fields=l1_rate,l1_menu&page[limit]=1000");

        Assert.True(JsonElement.DeepEquals(recorded.GetProperty("data")[0].GetProperty("attributes"), played.GetProperty("data")[0].GetProperty("attributes")));
        Assert.Equal(Query(recorded).Order(), Query(played).Order());
        Assert.True(JsonElement.DeepEquals(recorded.GetProperty("meta"), played.GetProperty("meta")));
    }

    [Fact]
    public async Task The_recorded_lumisections_of_a_run_come_back()
    {
        var recorded = SharedFacts.Read("oms/lumisections_315265_flattened.json").EnumerateArray().ToList();

        var played = (await server.OmsAsync("/lumisections?filter[run_number]=315265&sort=lumisection_number&page[limit]=1000"))
            .GetProperty("data").EnumerateArray().ToList();

        Assert.Equal(recorded.Count, played.Count);
        Assert.All(recorded.Zip(played), pair => AssertFlattened(pair.First, pair.Second));
    }

    [Fact]
    public async Task Runs_are_as_long_as_the_recorded_page_of_lumisections_says()
    {
        var recorded = SharedFacts.Read("oms/lumisections-315190_1-4.json").GetProperty("data").EnumerateArray()
            .GroupBy(row => row.GetProperty("attributes").GetProperty("run_number").GetInt32())
            .ToDictionary(run => run.Key, run => run.Count());
        var played = await server.OmsAsync("/runs?filter[fill_number]=6615&fields=run_number&page[limit]=100");
        var numbers = played.GetProperty("data").EnumerateArray().Select(run => run.GetProperty("attributes").GetProperty("run_number").GetInt32());

        foreach (var run in numbers.Where(run => recorded.ContainsKey(run) && run != recorded.Keys.Max()))
        {
            var answer = await server.OmsAsync($"/lumisections?filter[run_number]={run}&page[limit]=1");
            Assert.Equal(recorded[run], answer.GetProperty("meta").GetProperty("totalResourceCount").GetInt32());
        }
    }

    [Theory]
    [InlineData(355555)]
    [InlineData(355556)]
    public async Task The_recorded_runs_of_the_registry_come_back(int run)
    {
        var recorded = SharedFacts.Read($"runregistry/run-{run}.json");

        var played = await server.RegistryAsync($"/runs/{run}");

        Assert.True(JsonElement.DeepEquals(recorded.GetProperty("oms_attributes"), played.GetProperty("oms_attributes")));
        Assert.True(JsonElement.DeepEquals(recorded.GetProperty("rr_attributes"), played.GetProperty("rr_attributes")));
        Assert.True(JsonElement.DeepEquals(recorded.GetProperty("DatasetTripletCache"), played.GetProperty("DatasetTripletCache")));
        Assert.Equal(recorded.GetProperty("version").GetInt64(), played.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task The_recorded_datasets_of_the_registry_come_back_uncompressed()
    {
        foreach (var recorded in SharedFacts.Read("runregistry/datasets_compressed_samples.json").EnumerateArray())
        {
            var body = JsonSerializer.Serialize(new
            {
                run_number = recorded.GetProperty("run_number").GetInt32(),
                dataset_name = recorded.GetProperty("name").GetString(),
            });

            var played = await server.RegistryAsync("/datasets/get_dataset", body);

            Assert.True(JsonElement.DeepEquals(recorded.GetProperty("dataset_attributes"), played.GetProperty("dataset_attributes")));
            AssertSummary(recorded.GetProperty("lumisections"), played.GetProperty("DatasetTripletCache").GetProperty("triplet_summary"));
            foreach (var name in new[] { "class", "state", "significant", "stop_reason" })
                Assert.True(JsonElement.DeepEquals(recorded.GetProperty(name), played.GetProperty("Run").GetProperty("rr_attributes").GetProperty(name)), name);
            Assert.Equal(recorded.TryGetProperty("datasets_in_gui", out _), played.TryGetProperty("datasets_in_gui", out _));
        }
    }

    // Causes of other subsystems are not kept; the tracker's are.
    private static void AssertSummary(JsonElement recorded, JsonElement played)
    {
        Assert.Equal(recorded.EnumerateObject().Select(component => component.Name).Order(), played.EnumerateObject().Select(component => component.Name).Order());
        foreach (var component in recorded.EnumerateObject())
        {
            var tracker = component.Name is "tracker-pixel" or "tracker-strip" or "tracker-track";
            foreach (var value in component.Value.EnumerateObject().Where(value => tracker || value.Name != "causes"))
                Assert.True(JsonElement.DeepEquals(value.Value, played.GetProperty(component.Name).GetProperty(value.Name)), $"{component.Name} {value.Name}");
        }
    }

    private async Task<JsonElement> RowAsync(string resource, string id, JsonElement recorded)
    {
        var answer = await server.OmsAsync($"/{resource}?filter[{id}]={recorded.GetProperty(id).GetRawText()}");
        return answer.GetProperty("data")[0];
    }

    // In a flattened recording the units stand beside the values, as <attribute>_unit.
    private static void AssertFlattened(JsonElement recorded, JsonElement played)
    {
        var attributes = played.GetProperty("attributes");
        var values = recorded.EnumerateObject()
            .Where(property => !property.Name.EndsWith(UnitSuffix, StringComparison.Ordinal))
            // Whoever recorded took the injection scheme apart; OMS has the whole.
            .Where(property => !property.Name.StartsWith("injection_scheme_", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(values.Select(value => value.Name).Order(), attributes.EnumerateObject().Select(attribute => attribute.Name).Order());
        Assert.All(values, value => Assert.True(JsonElement.DeepEquals(value.Value, attributes.GetProperty(value.Name)), value.Name));
        foreach (var unit in recorded.EnumerateObject().Where(property => property.Name.EndsWith(UnitSuffix, StringComparison.Ordinal) && property.Value.ValueKind == JsonValueKind.String))
            Assert.Equal(unit.Value.GetString(), played.GetProperty("meta").GetProperty("row").GetProperty(unit.Name[..^UnitSuffix.Length]).GetProperty("units").GetString());
    }

    private static string[] Query(JsonElement answer) => answer.GetProperty("links").GetProperty("first").GetString()!.Split('?')[1].Split('&');
}
