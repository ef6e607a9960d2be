using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace Certhelper.Tests.Standins;

/// <summary>Each way to misbehave, and that it ends.</summary>
public sealed class FaultTests(FakeTimeServer fixture) : IClassFixture<FakeTimeServer>, IAsyncLifetime
{
    private const string AnyRun = "/runs?filter[run_number]=321149";

    private readonly FakeTimeProvider _time = fixture.Time;
    private readonly StandinsServer _server = fixture.Server;

    public async ValueTask InitializeAsync() => await fixture.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_delay_answers_normally_but_later()
    {
        await BeginAsync("oms", """{"fault":"delay","seconds":30}""");

        var answer = _server.OmsAsync(AnyRun);
        var tooEarly = await EndsWithinAsync(answer, TimeSpan.FromSeconds(29));
        var inTime = await EndsWithinAsync(answer, TimeSpan.FromSeconds(300));

        Assert.False(tooEarly);
        Assert.True(inTime);
        Assert.Equal("321149", (await answer).GetProperty("data")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_hang_lasts_until_the_client_gives_up()
    {
        await BeginAsync("oms", """{"fault":"hang"}""");
        using var givesUp = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _server.Client.GetAsync("/agg/api/v1/runs", givesUp.Token));
    }

    [Fact]
    public async Task A_refusal_breaks_the_connection()
    {
        await BeginAsync("oms", """{"fault":"refuse"}""");

        await Assert.ThrowsAsync<HttpRequestException>(() => _server.GetAsync("/agg/api/v1/runs"));
    }

    [Theory]
    [InlineData("oms", """{"fault":"status","status":500}""", 500, "application/vnd.api+json", "errors")]
    [InlineData("oms", """{"fault":"status","status":503}""", 503, "text/html", "503 Service Unavailable")]
    [InlineData("oms", """{"fault":"status","status":502,"html":false}""", 502, "application/vnd.api+json", "errors")]
    [InlineData("runregistry", """{"fault":"status","status":500}""", 500, "application/json", "err")]
    [InlineData("runregistry", """{"fault":"status","status":500,"html":true}""", 500, "text/html", "500 Internal Server Error")]
    [InlineData("sso", """{"fault":"status","status":500}""", 500, "application/json", "server_error")]
    [InlineData("oms", """{"fault":"unauthorized"}""", 401, "text/html", "Unauthorized")]
    [InlineData("oms", """{"fault":"loginHtml"}""", 200, "text/html", "Sign in")]
    [InlineData("oms", """{"fault":"nonsense"}""", 200, "application/vnd.api+json", "not json")]
    [InlineData("runregistry", """{"fault":"nonsense"}""", 200, "application/json", "not json")]
    public async Task A_fault_answers_in_the_place_of_the_service(string service, string fault, int status, string contentType, string contains)
    {
        await BeginAsync(service, fault);

        using var response = await _server.GetAsync(PathOf(service));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(contains, await StandinsServer.TextAsync(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nonsense_cannot_be_read_as_json()
    {
        await BeginAsync("runregistry", """{"fault":"nonsense"}""");

        using var response = await _server.GetAsync(PathOf("runregistry"));

        await Assert.ThrowsAnyAsync<JsonException>(() => StandinsServer.JsonAsync(response));
    }

    [Fact]
    public async Task Too_many_requests_says_when_to_come_again()
    {
        await BeginAsync("oms", """{"fault":"status","status":429,"retryAfter":7}""");

        using var response = await _server.GetAsync(PathOf("oms"));

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task A_login_redirect_leads_to_the_realm_and_a_loop_nowhere()
    {
        await BeginAsync("oms", """{"fault":"loginRedirect"}""");
        await BeginAsync("runregistry", """{"fault":"redirectLoop"}""");

        using var login = await _server.GetAsync(PathOf("oms"));
        using var loop = await _server.GetAsync(PathOf("runregistry") + "?a=1");

        Assert.StartsWith("/auth/realms/cern/", login.Headers.Location!.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(PathOf("runregistry") + "?a=1", loop.Headers.Location!.PathAndQuery);
    }

    [Fact]
    public async Task A_truncated_answer_promises_more_than_it_holds()
    {
        using var whole = await _server.AskOmsAsync(AnyRun);
        await BeginAsync("oms", """{"fault":"truncated"}""");

        using var half = await _server.AskOmsAsync(AnyRun, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(HttpStatusCode.OK, half.StatusCode);
        Assert.Equal(whole.Content.Headers.ContentLength, half.Content.Headers.ContentLength);
        await Assert.ThrowsAnyAsync<Exception>(() => StandinsServer.TextAsync(half));
    }

    [Fact]
    public async Task A_fault_touches_its_service_only()
    {
        await BeginAsync("oms", """{"fault":"status","status":503}""");

        var registry = await _server.RegistryAsync("/runs/321149");
        using var realm = await _server.GetAsync("/auth/realms/cern/.well-known/openid-configuration");

        Assert.Equal(321149, registry.GetProperty("run_number").GetInt32());
        Assert.Equal(HttpStatusCode.OK, realm.StatusCode);
    }

    [Fact]
    public async Task A_fault_can_be_for_some_paths()
    {
        await BeginAsync("oms", """{"fault":"status","status":500,"pathContains":"/fills"}""");

        using var fills = await _server.AskOmsAsync("/fills?page[limit]=1");
        using var runs = await _server.AskOmsAsync("/runs?page[limit]=1");

        Assert.Equal(HttpStatusCode.InternalServerError, fills.StatusCode);
        Assert.Equal(HttpStatusCode.OK, runs.StatusCode);
    }

    [Fact]
    public async Task A_fault_can_be_for_some_requests()
    {
        await BeginAsync("oms", """{"fault":"status","status":500,"times":2}""");

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            using var response = await _server.AskOmsAsync("/runs?page[limit]=1");
            statuses.Add(response.StatusCode);
        }

        Assert.Equal([HttpStatusCode.InternalServerError, HttpStatusCode.InternalServerError, HttpStatusCode.OK], statuses);
    }

    [Fact]
    public async Task A_fault_ends_after_its_time_or_when_it_is_taken_back()
    {
        await BeginAsync("oms", """{"fault":"status","status":500,"forSeconds":60}""");
        await BeginAsync("runregistry", """{"fault":"status","status":500}""");

        using var during = await _server.GetAsync(PathOf("oms"));
        _time.Advance(TimeSpan.FromSeconds(61));
        using var after = await _server.GetAsync(PathOf("oms"));
        using var stillBroken = await _server.GetAsync(PathOf("runregistry"));
        using var ended = await _server.ControlAsync(HttpMethod.Delete, "/runregistry");
        using var well = await _server.GetAsync(PathOf("runregistry"));

        Assert.Equal(HttpStatusCode.InternalServerError, during.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, stillBroken.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, well.StatusCode);
    }

    [Fact]
    public async Task The_present_fault_can_be_read()
    {
        using var before = await _server.ControlAsync(HttpMethod.Get, "/oms");
        await BeginAsync("oms", """{"fault":"delay","seconds":5}""");
        using var during = await _server.ControlAsync(HttpMethod.Get, "/oms");

        Assert.Equal("""{"fault":null}""", await StandinsServer.TextAsync(before));
        Assert.Equal("""{"fault":"delay","seconds":5}""", await StandinsServer.TextAsync(during));
    }

    [Theory]
    [InlineData("/oms", """{"fault":"explode"}""")]
    [InlineData("/oms", """{"fault":"delay"}""")]
    [InlineData("/oms", """{"fault":"delay","seconds":-1}""")]
    [InlineData("/oms", """{"fault":"status"}""")]
    [InlineData("/oms", """{"fault":"status","status":200}""")]
    [InlineData("/oms", """{"fault":"hang","second":5}""")]
    [InlineData("/oms", "not json")]
    public async Task A_fault_that_nobody_can_play_is_refused_with_a_reason(string path, string fault)
    {
        using var response = await _server.ControlAsync(HttpMethod.Put, path, fault);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotEmpty((await StandinsServer.JsonAsync(response)).GetProperty("problem").GetString()!);
    }

    [Fact]
    public async Task The_page_begins_and_ends_faults_without_a_script_but_not_for_other_sites()
    {
        using var begun = await _server.PostAsync("/control/page/fault", new() { ["service"] = "oms", ["fault"] = "Status", ["status"] = "503" });
        using var page = await _server.GetAsync("/control");
        using var broken = await _server.GetAsync(PathOf("oms"));
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/control/page/reset");
        foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var refused = await _server.SendAsync(foreign);
        using var ended = await _server.PostAsync("/control/page/reset", []);
        using var well = await _server.GetAsync(PathOf("oms"));

        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        Assert.DoesNotContain("<script", await StandinsServer.TextAsync(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, broken.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, well.StatusCode);
    }

    private async Task BeginAsync(string service, string fault)
    {
        using var response = await _server.ControlAsync(HttpMethod.Put, "/" + service, fault);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    // Lets the clock of the stand-ins run until the answer is there or the time is over.
    private async Task<bool> EndsWithinAsync(Task answer, TimeSpan limit)
    {
        for (var elapsed = TimeSpan.Zero; elapsed < limit && !answer.IsCompleted; elapsed += TimeSpan.FromSeconds(1))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(answer, Task.Delay(10, TestContext.Current.CancellationToken));
        }

        return answer.IsCompleted;
    }

    private static string PathOf(string service) => service switch
    {
        "sso" => "/auth/realms/cern/.well-known/openid-configuration",
        "oms" => "/agg/api/v1/runs",
        _ => "/rr/api/runs/321149",
    };
}
