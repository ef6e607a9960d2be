using System.Net;
using System.Text.Json;

namespace Certhelper.Tests.Standins;

public sealed class RunRegistryTests(StandinsServer server) : IClassFixture<StandinsServer>
{
    private const string Open = """{"dataset_attributes.tracker_state":{"=":"OPEN"}}""";

    [Theory]
    [InlineData("""{"run_number":{"=":321149}}""", 5)]
    [InlineData("""{"run_number":{"and":[{">=":321138},{"<=":321149}]}}""", 15)]
    [InlineData("""{"run_number":{"or":[{"=":321138},{"=":321149}]}}""", 10)]
    [InlineData("""{"run_number":{">=":321138,"<=":321149}}""", 15)]
    [InlineData("""{"run_number":{"AND":[{">":321138},{"<":321149}]}}""", 5)]
    [InlineData("""{"and":[{"run_number":{"=":321149}},{"name":{"like":"%rereco%"}}]}""", 2)]
    [InlineData("""{"or":[{"run_number":{"=":321149},"name":{"=":"online"}},{"run_number":{"=":321138},"name":{"=":"online"}}]}""", 2)]
    [InlineData("""{"run_number":{"=":321149},"name":{"and":[{"notlike":"%online%"},{"notlike":"%RERECO%"}]}}""", 2)]
    [InlineData("""{"run_number":{"=":321149},"name":{"NOTLIKE":"%online%"}}""", 4)]
    [InlineData("""{"run_number":{"=":321149},"name":{"LIKE":"/promptreco/%"}}""", 1)]
    [InlineData("""{"run_number":{"=":348409},"name":{"like":"%/DQM"}}""", 1)]
    [InlineData("""{"run_number":{"=":321149},"rr_attributes.class":{"=":"Collisions18"}}""", 5)]
    [InlineData("""{"run_number":{"=":321149},"rr_attributes.class":{"<>":"Collisions18"}}""", 0)]
    [InlineData("""{"run_number":{"=":321149},"rr_attributes.significant":{"=":true}}""", 5)]
    [InlineData("""{"run_number":{"=":321149},"oms_attributes.energy":{">":6000}}""", 5)]
    [InlineData("""{"run_number":{"=":321149},"dataset_attributes.tracker_state":{"=":null}}""", 1)]
    [InlineData("""{"run_number":{"=":321149},"dataset_attributes.tracker_state":{"<>":"OPEN"}}""", 4)]
    [InlineData("""{"run_number":{"=":355419},"triplet_summary.tracker-strip.BAD":{">":0}}""", 1)]
    [InlineData("""{"run_number":{"=":386951},"datasets_in_gui":{"contains":"/StreamExpress/Run2024I-Express-v1/DQMIO"}}""", 1)]
    [InlineData("""{"run_number":{"=":1}}""", 0)]
    public async Task Filters_select_datasets(string filter, int expected)
    {
        var answer = await server.RegistryAsync("/datasets_filtered_ordered", $$"""{"page":0,"page_size":50,"sortings":[],"filter":{{filter}}}""");

        Assert.Equal(expected, answer.GetProperty("count").GetInt32());
        Assert.Equal(expected, answer.GetProperty("datasets").GetArrayLength());
        Assert.Equal((expected + 49) / 50, answer.GetProperty("pages").GetInt32());
    }

    [Theory]
    [InlineData("""{"filter":{"tracker_state":{"=":"OPEN"}}}""", "column Dataset.tracker_state does not exist")]
    [InlineData("""{"filter":{"dataset_name":{"=":"online"}}}""", "column Dataset.dataset_name does not exist")]
    [InlineData("""{"filter":{"class":{"=":"Cosmics18"}}}""", "column Dataset.class does not exist")]
    [InlineData("""{"filter":{"tracker-strip":"GOOD"}}""", "column Dataset.tracker-strip does not exist")]
    [InlineData("""{"filter":{"run_number":321149}}""", "run_number needs an operator, such as {\"=\": 321149}")]
    [InlineData("""{"filter":{"run_number":{"~":1}}}""", "Invalid value ~ for the operator of run_number")]
    [InlineData("""{"filter":{"run_number":{"like":"32%"}}}""", "operator does not exist: integer ~~* unknown")]
    [InlineData("""{"filter":{"run_number":{"and":{"=":1}}}}""", "and of run_number must be a list")]
    [InlineData("""{"page":"x","filter":{}}""", "invalid input syntax for type integer: \"x\"")]
    [InlineData("""{"sortings":[["run_number","UP"]],"filter":{}}""", "Order must be 'ASC' or 'DESC', 'UP' given")]
    [InlineData("""{"filter":""", "Unexpected token in JSON at position 10")]
    public async Task A_question_that_the_server_does_not_understand_is_a_500_with_err(string body, string error)
    {
        using var response = await server.AskRegistryAsync("/datasets_filtered_ordered", body);
        var answer = await StandinsServer.JsonAsync(response);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(error, answer.GetProperty("err").GetString());
    }

    [Fact]
    public async Task Datasets_come_newest_run_first_then_by_name()
    {
        var answer = await server.RegistryAsync("/datasets_filtered_ordered", """{"filter":{"run_number":{"and":[{">=":321138},{"<=":321140}]}}}""");

        var order = answer.GetProperty("datasets").EnumerateArray().Select(Key).ToList();
        Assert.Equal(
            ["321140 /Express/Collisions2018/DQM", "321140 /PromptReco/Collisions2018D/DQM", "321140 /ReReco/Run2018D_17Sept2018/DQM", "321140 /ReReco/Run2018D_UL2018/DQM", "321140 online"],
            order.Take(5));
        Assert.Equal("321138 online", order[^1]);
    }

    [Theory]
    [InlineData("""[["run_number","ASC"]]""", "321134,321138,321140,321149")]
    [InlineData("""[["run_number","DESC"]]""", "321149,321140,321138,321134")]
    [InlineData("""[["oms_attributes.ls_duration","ASC"]]""", "321134,321138,321140,321149")]
    [InlineData("""[["tracker-pixel","DESC"],["run_number","ASC"]]""", "321149,321140,321138,321134")]
    public async Task Orders_can_be_chosen(string sortings, string expected)
    {
        var filter = """{"run_number":{"or":[{"=":321134},{"=":321138},{"=":321140},{"=":321149}]},"name":{"like":"/Express%"}}""";

        var answer = await server.RegistryAsync("/datasets_filtered_ordered", $$"""{"sortings":{{sortings}},"filter":{{filter}}}""");

        Assert.Equal(expected, string.Join(',', answer.GetProperty("datasets").EnumerateArray().Select(dataset => dataset.GetProperty("run_number").GetInt32())));
    }

    [Fact]
    public async Task Pages_count_from_zero_and_hold_everything_once()
    {
        var seen = new List<string>();
        var pages = 1;
        for (var page = 0; page < pages; page++)
        {
            var answer = await server.RegistryAsync(
                "/datasets_filtered_ordered", $$"""{"page":{{page}},"page_size":40,"filter":{{Open}}}""");
            pages = answer.GetProperty("pages").GetInt32();
            Assert.InRange(answer.GetProperty("datasets").GetArrayLength(), 1, 40);
            seen.AddRange(answer.GetProperty("datasets").EnumerateArray().Select(Key));
            Assert.Equal(answer.GetProperty("count").GetInt32(), page + 1 == pages ? seen.Count : answer.GetProperty("count").GetInt32());
        }

        Assert.Equal(3, pages);
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Fact]
    public async Task Runs_have_their_own_list()
    {
        var answer = await server.RegistryAsync("/runs_filtered_ordered", """{"page":0,"page_size":2,"filter":{"rr_attributes.class":{"like":"cosmics18%"},"run_number":{">":322000}}}""");

        Assert.Equal(2, answer.GetProperty("runs").GetArrayLength());
        Assert.All(answer.GetProperty("runs").EnumerateArray(), run => Assert.Equal("Cosmics18", run.GetProperty("rr_attributes").GetProperty("class").GetString()));
        Assert.True(answer.GetProperty("count").GetInt32() > 4);
        Assert.False(answer.GetProperty("runs")[0].TryGetProperty("name", out _));
    }

    [Fact]
    public async Task Columns_of_datasets_are_unknown_to_runs()
    {
        var answer = await server.RegistryAsync("/runs_filtered_ordered", """{"filter":{"name":{"=":"online"}}}""");

        Assert.Equal("column Run.name does not exist", answer.GetProperty("err").GetString());
    }

    [Fact]
    public async Task Names_of_a_run_and_unknown_things_are_answered_plainly()
    {
        var names = await server.RegistryAsync("/get_all_dataset_names_of_run/299327");
        var none = await server.RegistryAsync("/get_all_dataset_names_of_run/1");
        var run = await server.RegistryAsync("/runs/1");
        var dataset = await server.RegistryAsync("/datasets/get_dataset", """{"run_number":321149,"dataset_name":"/nothing"}""");

        Assert.Contains("/ReReco/Run2017B_UL2019/DQM", names.EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(0, none.GetArrayLength());
        Assert.Equal(JsonValueKind.Null, run.ValueKind);
        Assert.Equal(JsonValueKind.Null, dataset.ValueKind);
    }

    [Fact]
    public async Task Lumisections_ranges_and_summary_tell_the_same()
    {
        const string dataset = """{"run_number":370307,"dataset_name":"/PromptReco/Collisions2023D/DQM"}""";
        var each = await server.RegistryAsync("/lumisections/rr_lumisections", dataset);
        var ranges = await server.RegistryAsync("/lumisections/rr_lumisection_ranges", dataset);
        var components = await server.RegistryAsync("/lumisections/rr_lumisection_ranges_by_component", dataset);
        var summary = (await server.RegistryAsync("/datasets/get_dataset", dataset)).GetProperty("DatasetTripletCache").GetProperty("triplet_summary");

        foreach (var component in new[] { "tracker-pixel", "tracker-strip", "tracker-track" })
        {
            var good = each.EnumerateArray().Count(lumisection => Good(lumisection.GetProperty(component)));
            Assert.True(good > 0);
            Assert.Equal(good, ranges.EnumerateArray().Where(range => Good(range.GetProperty(component))).Sum(Length));
            Assert.Equal(good, components.GetProperty(component).EnumerateArray().Where(Good).Sum(Length));
            Assert.Equal(good, summary.GetProperty(component).GetProperty("GOOD").GetInt32());
        }

        Assert.Equal(each.GetArrayLength(), ranges.EnumerateArray().Last().GetProperty("end").GetInt32());
    }

    [Fact]
    public async Task A_cycle_lists_what_is_open()
    {
        var cycle = (await server.RegistryAsync("/cycles/tracker"))[0];
        var open = await server.RegistryAsync("/datasets_filtered_ordered", """{"filter":{"dataset_attributes.tracker_state":{"=":"OPEN"}}}""");

        Assert.Equal(open.GetProperty("count").GetInt32(), cycle.GetProperty("datasets").GetArrayLength());
    }

    [Fact]
    public async Task Without_the_right_token_everybody_is_sent_to_sign_in_and_ends_on_html()
    {
        using var none = await server.GetAsync("/rr/api/runs/321149");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/rr/api/runs/321149");
        request.Headers.Authorization = new("Bearer", await server.TokenAsync(StandinsServer.Oms));
        using var other = await server.SendAsync(request);
        using var page = await server.GetAsync(none.Headers.Location!.PathAndQuery);

        Assert.Equal(HttpStatusCode.Redirect, none.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, other.StatusCode);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
    }

    private static string Key(JsonElement dataset) => $"{dataset.GetProperty("run_number")} {dataset.GetProperty("name")}";

    private static bool Good(JsonElement triplet) => triplet.GetProperty("status").GetString() == "GOOD";

    private static int Length(JsonElement range) => range.GetProperty("end").GetInt32() - range.GetProperty("start").GetInt32() + 1;
}
