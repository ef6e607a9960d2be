using System.Globalization;
using System.Text.Json.Nodes;
using Certhelper.Core.Oms;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Certhelper.Tests.Oms;

public sealed class OmsClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly Dictionary<string, string?> Patient = new() { ["Oms:Retries"] = "1" };

    // Only for those who never answer: on a busy machine an answer may take longer than this.
    private static readonly Dictionary<string, string?> Impatient = new(Patient)
    {
        ["Oms:AttemptTimeout"] = "00:00:00.200",
        ["Oms:TotalTimeout"] = "00:00:00.500",
    };

    public static TheoryData<string, string> Failures => new()
    {
        { "redirect", "OMS redirected to a login page: the application is not authorised." },
        { "login page", "OMS answered with a web page instead of data; that is usually a login page: the application is not authorised." },
        { "html as json", "OMS answered with a web page instead of data; that is usually a login page: the application is not authorised." },
        { "nonsense", "OMS answered with something that is no valid JSON." },
        { "truncated json", "OMS answered with something that is no valid JSON." },
        { "broken off", "OMS broke off its answer." },
        { "other shape", "OMS answered with JSON of an unknown shape: it has no list of data." },
        { "401", "OMS did not accept the application's credentials (401)." },
        { "403", "OMS does not allow the application to read (403)." },
        { "400", "OMS refused the question (status 400: RunMeta: the 'foo' parameter does not exists in runs resource.)." },
        { "429", "OMS asks for fewer questions (429)." },
        { "500", "OMS is in trouble (status 500)." },
        { "503 html", "OMS is in trouble (status 503)." },
        { "hang", "OMS did not answer in time." },
        { "hang in the body", "OMS did not answer in time." },
        { "refused", "OMS broke off its answer." },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Every_failure_is_one_sentence_for_people(string kind, string sentence)
    {
        await using var house = await SourceHouse.CreateAsync(kind.StartsWith("hang", StringComparison.Ordinal) ? Impatient : Patient);
        house.Source.On(OmsJson.Runs, context => FailAsync(context, kind));

        var failure = await Assert.ThrowsAsync<OutsideServiceException>(() => house.Get<OmsClient>().RunAsync(299329, Token));

        Assert.Equal((SourceContact.Oms, sentence), (failure.Service, failure.Message));
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_named()
    {
        await using var house = await SourceHouse.CreateAsync(new(Patient) { ["Oms:BaseUrl"] = "http://127.0.0.1:1/agg/api/v1" });

        var failure = await Assert.ThrowsAsync<OutsideServiceException>(() => house.Get<OmsClient>().RunAsync(299329, Token));

        Assert.Equal("OMS cannot be reached: the connection was refused.", failure.Message);
    }

    [Fact]
    public async Task One_bad_moment_is_repeated_and_never_noticed()
    {
        await using var house = await SourceHouse.CreateAsync();
        var calls = 0;
        house.Source.On(OmsJson.Runs, context => Interlocked.Increment(ref calls) == 1
            ? FailAsync(context, "503 html")
            : context.Response.WriteAsync(OmsJson.Page(OmsJson.Run299329())));

        var run = await house.Get<OmsClient>().RunAsync(299329, Token);

        Assert.Equal((342, 2), (run!.Value.Int("last_lumisection_number"), calls));
    }

    [Fact]
    public async Task Who_asks_for_fewer_questions_is_not_asked_again_at_once()
    {
        await using var house = await SourceHouse.CreateAsync();
        house.Source.On(OmsJson.Runs, context => FailAsync(context, "429"));

        await Assert.ThrowsAsync<OutsideServiceException>(() => house.Get<OmsClient>().RunAsync(299329, Token));

        Assert.Single(house.Source.Calls);
    }

    [Fact]
    public async Task A_service_that_keeps_failing_is_left_alone_for_a_while()
    {
        await using var house = await SourceHouse.CreateAsync(Impatient);
        house.Source.On(OmsJson.Runs, context => FailAsync(context, "500"));
        var messages = new List<string>();

        for (var i = 0; i < 6; i++)
            messages.Add((await Assert.ThrowsAsync<OutsideServiceException>(() => house.Get<OmsClient>().RunAsync(299329, Token))).Message);

        Assert.Contains("OMS failed several times in a row and is left alone for some seconds.", messages);
        Assert.True(house.Source.Calls.Count < 12);
    }

    [Fact]
    public async Task The_callers_own_cancellation_is_no_failure_of_the_service()
    {
        await using var house = await SourceHouse.CreateAsync();
        house.Source.On(OmsJson.Runs, context => FailAsync(context, "hang"));
        using var caller = new CancellationTokenSource();

        var asking = house.Get<OmsClient>().RunAsync(299329, caller.Token);
        await house.Source.AskedAsync(OmsJson.Runs, Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task A_run_that_was_not_asked_for_is_not_taken_for_the_one_that_was()
    {
        await using var house = await SourceHouse.CreateAsync();
        house.Source.OnJson(OmsJson.Runs, OmsJson.Page(OmsJson.Run299329()));

        Assert.Null(await house.Get<OmsClient>().RunAsync(299330, Token));
    }

    [Fact]
    public async Task Many_runs_are_asked_in_ranges_and_page_by_page()
    {
        await using var house = await SourceHouse.CreateAsync(new() { ["Oms:PageSize"] = "2" });
        house.Source.On(OmsJson.Runs, context => PageOfRunsAsync(context, [323388, 323391, 323393, 323394, 325000]));

        var runs = await house.Get<OmsClient>().RunsAsync([323394, 323388, 325000, 323391], Token);

        Assert.Equal([323388, 323391, 323394, 325000], runs.Keys.Order());
        Assert.Equal(4, house.Source.Calls.Count);
    }

    [Fact]
    public async Task Runs_that_change_while_pages_are_read_are_not_skipped()
    {
        await using var house = await SourceHouse.CreateAsync(new() { ["Oms:PageSize"] = "2" });
        var rows = Enumerable.Range(0, 7).ToDictionary(i => 300000 + i, i => new DateTimeOffset(2018, 1, 1, 0, i / 2, 0, TimeSpan.Zero));
        var calls = 0;
        house.Source.On(OmsJson.Runs, async context =>
        {
            // After the first page the first row changes and moves to the end: counting would skip one row now.
            if (Interlocked.Increment(ref calls) == 2) rows[300000] = new DateTimeOffset(2018, 1, 1, 1, 0, 0, TimeSpan.Zero);
            await ChangedAsync(context, rows);
        });

        var seen = new List<int>();
        await foreach (var page in house.Get<OmsClient>().RunsChangedSinceAsync(new DateTimeOffset(2018, 1, 1, 0, 0, 0, TimeSpan.Zero), Token))
            seen.AddRange(page.Runs.Select(run => run.Int("run_number")!.Value));

        Assert.Equal(rows.Keys.Order(), seen.Distinct().Order());
    }

    [Fact]
    public async Task Many_changes_in_one_second_are_all_read()
    {
        await using var house = await SourceHouse.CreateAsync(new() { ["Oms:PageSize"] = "2" });
        var moment = new DateTimeOffset(2018, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var rows = Enumerable.Range(300000, 5).ToDictionary(number => number, _ => moment);
        house.Source.On(OmsJson.Runs, context => ChangedAsync(context, rows));

        var seen = new List<int>();
        await foreach (var page in house.Get<OmsClient>().RunsChangedSinceAsync(moment, Token))
            seen.AddRange(page.Runs.Select(run => run.Int("run_number")!.Value));

        Assert.Equal(rows.Keys.Order(), seen);
    }

    private static Task ChangedAsync(HttpContext context, Dictionary<int, DateTimeOffset> rows)
    {
        var since = DateTimeOffset.Parse(context.Request.Query["filter[last_update][GE]"]!, CultureInfo.InvariantCulture);
        var found = rows.Where(row => row.Value >= since).OrderBy(row => row.Value).ThenBy(row => row.Key).ToList();
        var page = found.Skip(Number(context, "page[offset]")).Take(Number(context, "page[limit]")).Select(row => OmsJson.Item(
            "runs", new JsonObject { ["run_number"] = row.Key, ["last_update"] = row.Value.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) }));
        return context.Response.WriteAsync(OmsJson.Page(found.Count, page));
    }

    private static Task PageOfRunsAsync(HttpContext context, int[] numbers)
    {
        var found = numbers.Where(number => number >= Number(context, "filter[run_number][GE]") && number <= Number(context, "filter[run_number][LE]")).ToList();
        var page = found.Skip(Number(context, "page[offset]")).Take(Number(context, "page[limit]"));
        return context.Response.WriteAsync(OmsJson.Page(
            found.Count, page.Select(number => OmsJson.Item("runs", new JsonObject { ["run_number"] = number }))));
    }

    private static int Number(HttpContext context, string key) =>
        context.Request.Query[key] is { Count: 1 } value ? int.Parse((string)value!, CultureInfo.InvariantCulture) : -1;

    private static async Task FailAsync(HttpContext context, string kind)
    {
        var response = context.Response;
        var json = OmsJson.Page(OmsJson.Run299329());
        switch (kind)
        {
            case "redirect":
                response.Redirect("/login");
                break;
            case "login page":
                response.ContentType = "text/html";
                await response.WriteAsync("<!DOCTYPE html><html><title>Sign in</title></html>");
                break;
            case "html as json":
                response.ContentType = "application/json";
                await response.WriteAsync("\n <html></html>");
                break;
            case "nonsense":
                await response.WriteAsync("{\"data\": oops");
                break;
            case "truncated json":
                await response.WriteAsync(json[..(json.Length / 2)]);
                break;
            case "broken off":
                response.ContentLength = json.Length;
                await response.WriteAsync(json[..20]);
                await response.Body.FlushAsync();
                context.Abort();
                break;
            case "other shape":
                await response.WriteAsync("[1, 2]");
                break;
            case "400":
                response.StatusCode = 400;
                await response.WriteAsync("""{"errors":[{"status":"400","title":"BAD_REQUEST","detail":"RunMeta: the 'foo' parameter does not exists in runs resource."}]}""");
                break;
            case "429":
                response.Headers.RetryAfter = new StringValues("120");
                response.StatusCode = 429;
                break;
            case "503 html":
                response.StatusCode = 503;
                await response.WriteAsync("<html>503 Service Unavailable</html>");
                break;
            case "hang":
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                break;
            case "hang in the body":
                response.ContentLength = json.Length;
                await response.WriteAsync(json[..20]);
                await response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                break;
            case "refused":
                context.Abort();
                break;
            default:
                response.StatusCode = int.Parse(kind, CultureInfo.InvariantCulture);
                break;
        }
    }
}
