using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace Certhelper.Tests.Standins;

/// <summary>Facts that change while somebody looks, by hand and by themselves.</summary>
public sealed class ChangedFactsTests(FakeTimeServer fixture) : IClassFixture<FakeTimeServer>, IAsyncLifetime
{
    private readonly FakeTimeProvider _time = fixture.Time;
    private readonly StandinsServer _server = fixture.Server;

    public async ValueTask InitializeAsync() => await fixture.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_luminosity_is_calibrated_again_and_the_row_says_when()
    {
        await PutAsync("/oms/runs/321149", """{"recorded_lumi":447.25,"units":{"recorded_lumi":"pb^{-1}"}}""");
        await PutAsync("/oms/runs/321149", """{"hlt_key":null}""");

        var changed = await RunAsync(321149);
        var newest = await _server.OmsAsync("/runs?sort=-last_update&page[limit]=2&fields=run_number");
        using var reset = await _server.ControlAsync(HttpMethod.Delete, "/oms/runs/321149");
        var before = await RunAsync(321149);

        Assert.Equal(447.25, changed.GetProperty("attributes").GetProperty("recorded_lumi").GetDouble());
        Assert.Equal(JsonValueKind.Null, changed.GetProperty("attributes").GetProperty("hlt_key").ValueKind);
        Assert.Contains("321149", newest.GetProperty("data").EnumerateArray().Select(row => row.GetProperty("id").GetString()));
        Assert.Equal(445.092, before.GetProperty("attributes").GetProperty("recorded_lumi").GetDouble());
        Assert.StartsWith("2018-", before.GetProperty("attributes").GetProperty("last_update").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attributes_units_and_the_whole_meta_can_go_missing()
    {
        await PutAsync("/oms/runs/321149", """{"remove":["era","hlt_key"],"units":{"recorded_lumi":""}}""");
        await PutAsync("/oms/runs/321138", """{"units":{"*":""}}""");

        var some = await RunAsync(321149);
        var all = await RunAsync(321138);

        Assert.False(some.GetProperty("attributes").TryGetProperty("era", out _));
        Assert.False(some.GetProperty("attributes").TryGetProperty("hlt_key", out _));
        Assert.False(some.GetProperty("meta").GetProperty("row").TryGetProperty("recorded_lumi", out _));
        Assert.True(some.GetProperty("meta").GetProperty("row").TryGetProperty("delivered_lumi", out _));
        Assert.False(all.TryGetProperty("meta", out _));
    }

    [Fact]
    public async Task A_new_run_appears_and_shifts_the_pages_of_a_reader()
    {
        var first = await _server.OmsAsync("/runs?sort=-run_number&page[limit]=2&fields=run_number");
        await PutAsync("/oms/runs/401701", """{"stable_beam":true,"hlt_key":"/cdaq/physics/Run2026/v1"}""");
        var second = await _server.OmsAsync("/runs?sort=-run_number&page[limit]=2&page[offset]=2&fields=run_number");
        var registry = await _server.RegistryAsync("/runs/401701");

        Assert.Equal(first.GetProperty("data")[1].GetProperty("id").GetString(), second.GetProperty("data")[0].GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, registry.ValueKind);
    }

    [Fact]
    public async Task A_dataset_changes_its_state_and_its_runs_class()
    {
        await PutAsync("/runregistry/datasets", """{"run":386951,"name":"/Express/Collisions2024/DQM","tracker_state":"COMPLETED","class":"Commissioning24","statuses":{"tracker-strip":"G600|B94:no high voltage"}}""");

        var dataset = await DatasetAsync(386951, "/Express/Collisions2024/DQM");
        var run = await _server.RegistryAsync("/runs/386951");
        using var reset = await _server.ControlAsync(HttpMethod.Delete, "/runregistry/datasets?run=386951");
        var before = await DatasetAsync(386951, "/Express/Collisions2024/DQM");

        Assert.Equal("COMPLETED", dataset.GetProperty("dataset_attributes").GetProperty("tracker_state").GetString());
        Assert.Equal("Commissioning24", dataset.GetProperty("Run").GetProperty("rr_attributes").GetProperty("class").GetString());
        Assert.Equal("Commissioning24", run.GetProperty("rr_attributes").GetProperty("class").GetString());
        var strip = dataset.GetProperty("DatasetTripletCache").GetProperty("triplet_summary").GetProperty("tracker-strip");
        Assert.Equal(94, strip.GetProperty("BAD").GetInt32());
        Assert.Equal("no high voltage", strip.GetProperty("comments")[0].GetString());
        Assert.Equal("OPEN", before.GetProperty("dataset_attributes").GetProperty("tracker_state").GetString());
    }

    [Fact]
    public async Task A_dataset_appears_later()
    {
        var before = await DatasetAsync(401700, "/Express/Collisions2026/DQM");
        await PutAsync("/runregistry/datasets", """{"run":401700,"name":"/Express/Collisions2026/DQM","tracker_state":"OPEN"}""");

        var after = await DatasetAsync(401700, "/Express/Collisions2026/DQM");
        var names = await _server.RegistryAsync("/get_all_dataset_names_of_run/401700");

        Assert.Equal(JsonValueKind.Null, before.ValueKind);
        Assert.Equal("OPEN", after.GetProperty("dataset_attributes").GetProperty("tracker_state").GetString());
        Assert.Equal(2, names.GetArrayLength());
    }

    [Theory]
    [InlineData("/oms/runs/321149", """{"luminosity":1}""", HttpStatusCode.BadRequest)]
    [InlineData("/oms/runs/321149", """{"recorded_lumi":"much"}""", HttpStatusCode.BadRequest)]
    [InlineData("/oms/runs/321149", "[]", HttpStatusCode.BadRequest)]
    [InlineData("/runregistry/datasets", """{"run":386951}""", HttpStatusCode.BadRequest)]
    [InlineData("/runregistry/datasets", """{"run":386951,"name":"online","colour":"red"}""", HttpStatusCode.BadRequest)]
    [InlineData("/runregistry/datasets", """{"run":386951,"name":"online","statuses":{"tracker-pixel":"Q12"}}""", HttpStatusCode.BadRequest)]
    [InlineData("/runregistry/datasets", """{"run":1,"name":"online"}""", HttpStatusCode.NotFound)]
    [InlineData("/sso/people/nobody", """{"roles":[]}""", HttpStatusCode.NotFound)]
    [InlineData("/sso/people/sara.shifter", """{"roles":"admin"}""", HttpStatusCode.BadRequest)]
    public async Task A_change_that_makes_no_sense_is_refused(string path, string body, HttpStatusCode expected)
    {
        using var response = await _server.ControlAsync(HttpMethod.Put, path, body);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Everything_can_be_taken_back_at_once()
    {
        await PutAsync("/oms/runs/321149", """{"b_field":0}""");
        await PutAsync("/runregistry/datasets", """{"run":321149,"name":"online","state":"OPEN"}""");
        await PutAsync("/oms", """{"fault":"refuse"}""", HttpStatusCode.OK);

        using var reset = await _server.ControlAsync(HttpMethod.Delete, "");

        Assert.Equal(3.801, (await RunAsync(321149)).GetProperty("attributes").GetProperty("b_field").GetDouble());
        Assert.NotEqual("OPEN", (await _server.RegistryAsync("/runs/321149")).GetProperty("rr_attributes").GetProperty("state").GetString());
    }

    private async Task PutAsync(string path, string body, HttpStatusCode expected = HttpStatusCode.NoContent)
    {
        using var response = await _server.ControlAsync(HttpMethod.Put, path, body);
        Assert.Equal(expected, response.StatusCode);
    }

    private async Task<JsonElement> RunAsync(int run) => (await _server.OmsAsync($"/runs?filter[run_number]={run}")).GetProperty("data")[0];

    private Task<JsonElement> DatasetAsync(int run, string name) =>
        _server.RegistryAsync("/datasets/get_dataset", JsonSerializer.Serialize(new { run_number = run, dataset_name = name }));
}
