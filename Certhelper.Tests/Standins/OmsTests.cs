using System.Net;
using System.Text.Json;

namespace Certhelper.Tests.Standins;

public sealed class OmsTests(StandinsServer server) : IClassFixture<StandinsServer>
{
    [Theory]
    [InlineData("filter[run_number][EQ]=321149", "321149")]
    [InlineData("filter[run_number]=321149", "321149")]
    [InlineData("filter[runs][run_number][EQ]=321149", "321149")]
    [InlineData("filter[runs][run_number]=321149", "321149")]
    [InlineData("filter[run_number][eq]=321149", "321149")]
    [InlineData("filter%5Brun_number%5D%5BEQ%5D=321149", "321149")]
    [InlineData("filter[run_number]=321149&filter[run_number]=321138", "321138,321149")]
    [InlineData("filter[run_number][GE]=321138&filter[run_number][LE]=321149", "321138,321140,321149")]
    [InlineData("filter[run_number][GT]=321138&filter[run_number][LT]=321149", "321140")]
    [InlineData("filter[fill_number]=7043&filter[run_number][NEQ]=321138&filter[stable_beam]=true", "321134,321140")]
    [InlineData("filter[fill_number]=null", "315269")]
    [InlineData("filter[fill_number]=NULL", "315269")]
    [InlineData("filter[fill_number][NEQ]=null&filter[hlt_key]=null&filter[l1_rate][NEQ]=null", "370750")]
    [InlineData("filter[hlt_key][LIKE]=%25/cosmic/%25&filter[fill_number]=6616", "315260")]
    [InlineData("filter[era][LIKE]=2018A&filter[run_number][LT]=315253", "315252")]
    [InlineData("filter[start_time][GE]=2018-12-02T14:30:00Z&filter[start_time][LT]=2018-12-02T20:00:00Z", "327564")]
    [InlineData("filter[stable_beam]=FALSE&filter[fill_number]=7492", "327561")]
    [InlineData("filter[run_number]=1", "")]
    [InlineData("filter[duration][GT]=0&filter[run_number]=401700", "")]
    public async Task Filters_select_runs(string query, string expected)
    {
        var answer = await server.OmsAsync($"/runs/?{query}");

        Assert.Equal(expected, string.Join(',', Ids(answer)));
        Assert.Equal(Ids(answer).Count, answer.GetProperty("meta").GetProperty("totalResourceCount").GetInt32());
    }

    [Theory]
    [InlineData("sort=-run_number", "321149,321140,321138,321134,321130")]
    [InlineData("sort=run_number", "321130,321134,321138,321140,321149")]
    [InlineData("sort=stable_beam,-last_lumisection_number", "321130,321149,321140,321138,321134")]
    [InlineData("sort=-fill_number,run_number", "321149,321130,321134,321138,321140")]
    public async Task Runs_are_sorted_by_several_keys(string sort, string expected)
    {
        var answer = await server.OmsAsync($"/runs?filter[run_number][GE]=321130&filter[run_number][LE]=321149&{sort}");

        Assert.Equal(expected, string.Join(',', Ids(answer)));
    }

    [Theory]
    [InlineData("end_time")]
    [InlineData("-end_time")]
    public async Task Nulls_come_last_whichever_way_it_is_sorted(string sort)
    {
        var answer = await server.OmsAsync($"/runs?sort={sort}&fields=end_time&page[limit]=1000");

        Assert.Equal(JsonValueKind.Null, answer.GetProperty("data").EnumerateArray().Last().GetProperty("attributes").GetProperty("end_time").ValueKind);
        Assert.Equal(JsonValueKind.String, answer.GetProperty("data")[0].GetProperty("attributes").GetProperty("end_time").ValueKind);
    }

    [Fact]
    public async Task Pages_follow_one_another_without_gap_or_repetition()
    {
        var seen = new List<string>();
        var pages = 0;
        JsonElement answer;
        do
        {
            answer = await server.OmsAsync($"/runs?fields=run_number&sort=run_number&page[offset]={seen.Count}&page[limit]=100");
            seen.AddRange(Ids(answer));
            pages++;
        }
        while (answer.GetProperty("links").GetProperty("next").ValueKind == JsonValueKind.String);

        Assert.Equal(answer.GetProperty("meta").GetProperty("totalResourceCount").GetInt32(), seen.Distinct().Count());
        Assert.Equal(4, pages);
    }

    [Fact]
    public async Task Ten_items_are_a_page_when_nobody_says_how_many()
    {
        var answer = await server.OmsAsync("/runs");

        Assert.Equal(10, Ids(answer).Count);
        Assert.Contains("page[limit]=10", answer.GetProperty("links").GetProperty("first").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_rewrite_the_question_in_its_typed_form()
    {
        var links = (await server.OmsAsync("/runs?fields=l1_rate,l1_menu&filter[run_number][ge]=321000&page[limit]=1000")).GetProperty("links");

        Assert.Equal(
            $"{server.BaseAddress}agg/api/v1/runs?page[limit]=1000&fields[runs]=l1_rate%2Cl1_menu&filter[runs][run_number][GE]=321000",
            links.GetProperty("first").GetString());
        Assert.Equal(JsonValueKind.Null, links.GetProperty("next").ValueKind);
        Assert.Equal(JsonValueKind.Null, links.GetProperty("prev").ValueKind);
    }

    [Fact]
    public async Task A_projection_drops_relationships_and_foreign_units()
    {
        var whole = (await server.OmsAsync("/runs?filter[run_number]=327560")).GetProperty("data")[0];
        var some = (await server.OmsAsync("/runs?filter[run_number]=327560&fields[runs]=run_number,recorded_lumi")).GetProperty("data")[0];

        Assert.Equal("327560", whole.GetProperty("id").GetString());
        Assert.True(whole.GetProperty("relationships").TryGetProperty("fill", out _));
        Assert.Equal(@"{\mu}b^{-1}", whole.GetProperty("meta").GetProperty("row").GetProperty("delivered_lumi").GetProperty("units").GetString());
        Assert.False(some.TryGetProperty("relationships", out _));
        Assert.Equal(["run_number", "recorded_lumi"], some.GetProperty("attributes").EnumerateObject().Select(attribute => attribute.Name));
        Assert.Equal(["recorded_lumi"], some.GetProperty("meta").GetProperty("row").EnumerateObject().Select(unit => unit.Name));
    }

    [Theory]
    [InlineData("/runs?filter[foo]=1", 400, "BAD_REQUEST", "RunMeta: the 'foo' parameter does not exists in runs resource.")]
    [InlineData("/fills?sort=-foo", 400, "BAD_REQUEST", "FillMeta: the 'foo' parameter does not exists in fills resource.")]
    [InlineData("/runs?fields=run_number,foo", 400, "BAD_REQUEST", "RunMeta: the 'foo' parameter does not exists in runs resource.")]
    [InlineData("/runs?page[limit]=abc", 400, "Request parameters error", "expected a Long for page[limit]=[abc]")]
    [InlineData("/runs?page[limit]=-1", 400, "Request parameters error", "expected a Long for page[limit]=[-1]")]
    [InlineData("/runs?page[limit]=100001", 400, "BAD_REQUEST", "limit parameter value 100001 is larger than the maximum allowed of of 100000")]
    [InlineData("/runs?filter[fills][run_number][EQ]=1", 400, "Request parameters error", "failed to parse parameter filter[fills][run_number][EQ]")]
    [InlineData("/runs?filter[run_number=1", 400, "Request parameters error", "failed to parse parameter filter[run_number")]
    [InlineData("/runs?filter[run_number][XX]=1", 400, "Request parameters error", "failed to parse parameter filter[run_number][XX]")]
    [InlineData("/runs?xyz=1", 400, "Request parameters error", "failed to parse parameter xyz")]
    [InlineData("/runs?filter[run_number]=abc", 400, "BAD_REQUEST", "'abc' is not a number: run_number")]
    [InlineData("/nothing", 404, "Repository for a resource not found: nothing", "Repository for a resource not found: nothing")]
    [InlineData("/runs/1", 404, "Resource not found: runs/1", "Resource not found: runs/1")]
    public async Task What_cannot_be_answered_is_an_error_in_json(string path, int status, string title, string detail)
    {
        using var response = await server.AskOmsAsync(path);
        var error = (await StandinsServer.JsonAsync(response)).GetProperty("errors")[0];

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/vnd.api+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(status.ToString(System.Globalization.CultureInfo.InvariantCulture), error.GetProperty("status").GetString());
        Assert.Equal(title, error.GetProperty("title").GetString());
        Assert.Equal(detail, error.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Tokens_are_checked_as_the_proxies_of_oms_do()
    {
        using var none = await server.GetAsync("/agg/api/v1/runs");
        using var nonsense = await AskAsync("not-a-token");
        using var other = await AskAsync(await server.TokenAsync(StandinsServer.RunRegistry));
        using var good = await AskAsync(await server.TokenAsync(StandinsServer.Oms));

        Assert.Equal(HttpStatusCode.Redirect, none.StatusCode);
        Assert.Contains("/auth/realms/cern/protocol/openid-connect/auth?", none.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, nonsense.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Equal("application/vnd.api+json", good.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_person_token_opens_no_api()
    {
        using var browser = new SsoBrowser(server);
        var tokens = await browser.TokensAsync("adam.admin");

        using var response = await AskAsync(tokens.GetProperty("access_token").GetString()!);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task A_run_leads_to_its_fill_and_lumisections()
    {
        var fill = await server.OmsAsync("/runs/321149/fill");
        var last = await server.OmsAsync("/runs/321149/lumisections?sort=-lumisection_number&page[limit]=1");
        var runs = await server.OmsAsync("/fills/7043/runs?filter[stable_beam]=true");
        var none = await server.OmsAsync("/runs/315269/fill");
        var one = await server.OmsAsync("/lumisections/321149_5");

        Assert.Equal("7045", fill.GetProperty("data").GetProperty("id").GetString());
        Assert.Equal("321149_1779", last.GetProperty("data")[0].GetProperty("id").GetString());
        Assert.Equal("321134,321138,321140", string.Join(',', Ids(runs)));
        Assert.Equal(JsonValueKind.Null, none.GetProperty("data").ValueKind);
        Assert.Equal(5, one.GetProperty("data").GetProperty("attributes").GetProperty("lumisection_number").GetInt32());
    }

    [Fact]
    public async Task Lumisections_carry_running_totals_of_the_fill()
    {
        var answer = await server.OmsAsync("/lumisections?filter[run_number]=321138&page[limit]=1000&sort=lumisection_number");
        var rows = answer.GetProperty("data").EnumerateArray().Select(row => row.GetProperty("attributes")).ToList();
        var runs = await server.OmsAsync("/runs?filter[run_number]=321134&filter[run_number]=321138&fields=delivered_lumi");
        var delivered = runs.GetProperty("data").EnumerateArray().Select(row => row.GetProperty("attributes").GetProperty("delivered_lumi").GetDouble()).ToList();

        Assert.Equal(752, rows.Count);
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.True(Value(pair.First, "delivered_lumi") <= Value(pair.Second, "delivered_lumi")));
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.Equal(Value(pair.First, "end_lumi"), Value(pair.Second, "init_lumi")));
        Assert.Equal(delivered.Sum(), Value(rows[^1], "delivered_lumi"), 0.001);
        Assert.Equal(delivered[1], rows.Sum(row => Value(row, "delivered_lumi_per_lumisection")), 0.01);
        Assert.Equal(0, Value(rows[^1], "end_lumi"));
    }

    [Fact]
    public async Task A_long_run_has_all_its_lumisections()
    {
        var answer = await server.OmsAsync("/lumisections?filter[run_number]=319579&sort=-lumisection_number&page[limit]=1");

        Assert.True(answer.GetProperty("data")[0].GetProperty("attributes").GetProperty("lumisection_number").GetInt32() > 3000);
    }

    [Fact]
    public async Task Meta_describes_the_fields()
    {
        var meta = (await server.OmsAsync("/runs/meta")).GetProperty("meta");
        var included = (await server.OmsAsync("/runs?include=meta&page[limit]=1")).GetProperty("meta");

        Assert.Equal("T", meta.GetProperty("fields").GetProperty("b_field").GetProperty("units").GetString());
        Assert.Equal("INTEGER", meta.GetProperty("fields").GetProperty("run_number").GetProperty("api_type").GetString());
        Assert.Equal(meta.GetProperty("fields").EnumerateObject().Count(), included.GetProperty("fields").EnumerateObject().Count());
        Assert.True(included.TryGetProperty("totalResourceCount", out _));
    }

    [Fact]
    public async Task Times_can_be_asked_for_in_the_form_for_people()
    {
        var answer = await server.OmsAsync("/runs?filter[run_number]=315264&include=presentation_timestamp");

        Assert.Equal("2018-04-27 02:32:42", answer.GetProperty("data")[0].GetProperty("attributes").GetProperty("start_time").GetString());
    }

    [Fact]
    public async Task Eras_cover_their_runs()
    {
        var answer = await server.OmsAsync("/eras?filter[era]=2018D");

        Assert.Equal(321067, answer.GetProperty("data")[0].GetProperty("attributes").GetProperty("start_run").GetInt32());
    }

    private async Task<HttpResponseMessage> AskAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/agg/api/v1/runs?page[limit]=1");
        request.Headers.Authorization = new("Bearer", token);
        return await server.SendAsync(request);
    }

    private static double Value(JsonElement row, string name) => row.GetProperty(name).GetDouble();

    private static List<string> Ids(JsonElement answer) => [.. answer.GetProperty("data").EnumerateArray().Select(row => row.GetProperty("id").GetString()!)];
}
