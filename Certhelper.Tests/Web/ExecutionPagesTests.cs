using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Certhelper.Tests.Web;

/// <summary>One execution and the list of all: what is shown, who may stop, the whole log, and files.</summary>
public sealed class ExecutionPagesTests(WebSite site) : IClassFixture<WebSite>
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    private ExecutionSamples Executions => new(site.Database);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task F168_the_page_says_how_it_ended_and_all_that_is_known()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var id = await Executions.RunningAsync(sara.User!.Id);
        await Executions.WriteAsync(id, 0, ["first", "second <b>"], percent: 40);
        await Executions.EndAsync(id, ExecutionState.Failed, 3, "It ended with exit code 3, where 0 means success.");

        var page = await sara.GetAsync($"/executions/{id}");

        var state = page.Find("#execution-state").TextContent;
        Assert.Contains("failed", state, StringComparison.Ordinal);
        Assert.Contains("exit code", state, StringComparison.Ordinal);
        Assert.Contains("where 0 means success", state, StringComparison.Ordinal);
        Assert.Equal("2", page.Find("[data-lines]").TextContent);
        Assert.Contains(sara.User.Name, page.Find("[data-numbers]").TextContent, StringComparison.Ordinal);
        Assert.Contains("bash talkative.sh 1000 100", page.Find(".command-line").TextContent, StringComparison.Ordinal);
        Assert.Contains("asked for by a test", page.Find(".timeline").TextContent, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("#stop"));
        Assert.NotNull(page.Document.QuerySelector("#again"));
        var change = page.Find("#change").GetAttribute("href")!;
        Assert.Equal("1000", (await sara.GetAsync(change)).Find("#arg_lines").GetAttribute("value"));
    }

    [Fact]
    public async Task Without_script_the_page_has_the_last_lines_and_a_way_to_load_them_again()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var id = await Executions.RunningAsync(sara.User!.Id);
        await Executions.WriteAsync(id, 0, [.. Enumerable.Range(1, 1_500).Select(number => $"line {number}")], tail: "not yet");

        var page = await sara.GetAsync($"/executions/{id}");
        var inside = page.Find("#log noscript").InnerHtml;

        Assert.DoesNotContain("data-n=\"500\"", inside, StringComparison.Ordinal);
        Assert.Contains("data-n=\"501\"", inside, StringComparison.Ordinal);
        Assert.Contains("line 1500", inside, StringComparison.Ordinal);
        Assert.Contains("not yet", inside, StringComparison.Ordinal);
        Assert.Contains($"href=\"/executions/{id}\"", inside, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_whole_log_is_what_the_script_printed_byte_by_byte()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var id = await Executions.RunningAsync(sara.User!.Id);
        List<ExecutionLine> lines = [];
        var expected = new StringBuilder();
        for (var number = 1; number <= 2_500; number++)
        {
            // Among them parts of a long line, an empty line, colours and an end without a break.
            var ends = number is not (700 or 701 or 2_500);
            var text = number switch { 5 => "", 6 => "\e[31mred\e[0m \r ümlaut", 700 or 701 => new string('x', 30_000), _ => $"line {number}" };
            lines.Add(new ExecutionLine { ExecutionId = id, Number = number, Text = text, Ends = ends, At = TimeProvider.System.GetUtcNow() });
            expected.Append(text);
            if (ends) expected.Append('\n');
        }

        await Executions.WriteAsync(id, lines);
        var answer = await sara.GetAsync($"/executions/{id}/log");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(expected.ToString(), answer.Text);
        Assert.Equal("attachment", answer.Response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal($"execution-{id}.log", answer.Response.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        Assert.Equal(HttpStatusCode.NotFound, (await sara.GetAsync("/executions/999999/log")).Status);
    }

    [Fact]
    public async Task Ones_own_execution_is_stopped_and_that_of_others_by_leaders_only()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var tomas = await site.SignedInAsAsync(Role.Shifter);
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var own = await Executions.RunningAsync(sara.User!.Id);
        var other = await Executions.RunningAsync(sara.User.Id);

        var refused = await tomas.PressAsync($"/executions/{other}/stop");
        var stopped = await sara.PressAsync($"/executions/{own}/stop");
        var page = await sara.GetAsync(stopped.Location!);
        var byLeader = await lena.PressAsync($"/executions/{other}/stop", ("HX-Request", "true"));

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("Shift leader", refused.Words, StringComparison.Ordinal);
        Assert.Null((await tomas.GetAsync($"/executions/{other}")).Document.QuerySelector("#stop"));
        Assert.Contains("is being stopped", page.Toasts, StringComparison.Ordinal);
        Assert.Contains($"stop asked for by {sara.User.Name}", page.Find("#execution-state").TextContent, StringComparison.Ordinal);
        Assert.Contains("Stop again", page.Find("#stop").TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, byLeader.Status);
        Assert.Contains("is being stopped", byLeader.Response.Headers.GetValues("HX-Trigger").Single(), StringComparison.Ordinal);
        Assert.Contains($"Stop {sara.User.Name}'s", (await lena.GetAsync($"/executions/{other}")).Find("#stop").TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await sara.PressAsync("/executions/999999/stop")).Status);
    }

    [Fact]
    public async Task Running_again_gives_the_same_values_and_says_what_it_repeats()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var id = await Executions.RunningAsync(sara.User!.Id, arguments: new() { ["lines"] = "77", ["rate"] = "5" });
        await Executions.EndAsync(id);

        var answer = await sara.PressAsync($"/executions/{id}/again");
        var page = await sara.GetAsync(answer.Location!);

        Assert.NotEqual($"/executions/{id}", answer.Location);
        Assert.Contains("77 · 5", page.Words, StringComparison.Ordinal);
        Assert.Contains($"execution {id}", page.Find("#execution-more").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_is_shown_a_page_never_and_both_are_kept_by_browsers()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var id = await Executions.RunningAsync(sara.User!.Id);
        using var scope = site.Service<IServiceScopeFactory>().CreateScope();
        var store = scope.ServiceProvider.GetRequiredService<IFileStore>();
        var picture = await Executions.FileAsync(id, store, "map \"1\" ü.png", "image/png", Png);
        var text = await Executions.FileAsync(id, store, "list.txt", "text/plain", Encoding.UTF8.GetBytes("größer\n"));
        var evil = await Executions.FileAsync(id, store, "evil.svg", "image/svg+xml", Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"));
        var lost = await Executions.FileAsync(id, store, "lost.bin", MediaTypes.Unknown, [0, 1, 2]);
        await using (var db = site.Database.NewContext())
        {
            var hash = await db.ExecutionFiles.Where(item => item.Id == lost).Select(item => item.Hash).SingleAsync(Token);
            await db.StoredFileParts.Where(item => item.Hash == hash).ExecuteDeleteAsync(Token);
            await db.StoredFiles.Where(item => item.Hash == hash).ExecuteDeleteAsync(Token);
        }

        var shown = await sara.GetAsync($"/executions/{id}/files/{picture}");
        var again = await sara.GetAsync($"/executions/{id}/files/{picture}", ("If-None-Match", shown.Response.Headers.ETag!.ToString()));
        var plain = await sara.GetAsync($"/executions/{id}/files/{text}");
        var kept = await sara.GetAsync($"/executions/{id}/files/{evil}");
        var page = await sara.GetAsync($"/executions/{id}");

        Assert.Equal("image/png", shown.Response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("inline", shown.Response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("nosniff", shown.Response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("immutable", shown.Response.Headers.GetValues("Cache-Control").Single(), StringComparison.Ordinal);
        Assert.Equal(Png.Length, shown.Response.Content.Headers.ContentLength);
        Assert.Equal(HttpStatusCode.NotModified, again.Status);
        Assert.Equal("größer\n", plain.Text);
        Assert.Equal("inline", plain.Response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("attachment", kept.Response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("application/octet-stream", kept.Response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.NotFound, (await sara.GetAsync($"/executions/{id}/files/{lost}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await sara.GetAsync($"/executions/{id + 1_000}/files/{picture}")).Status);
        Assert.Equal([$"/executions/{id}/files/{picture}"], page.Document.QuerySelectorAll("#execution-files img").Select(image => image.GetAttribute("src")));
        Assert.Equal(4, page.Document.QuerySelectorAll("#execution-files li").Length);
    }

    [Fact]
    public async Task Lines_come_by_plain_requests_too_from_where_a_browser_is()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var id = await Executions.RunningAsync(sara.User!.Id);
        await Executions.WriteAsync(id, 0, ["one", "two", "three"], tail: "fo");

        var answer = JsonDocument.Parse((await sara.GetAsync($"/executions/{id}/lines?after=1&wait=20")).Text).RootElement;
        var change = answer.GetProperty("state").GetProperty("change").GetInt64();
        var nothing = (await sara.GetAsync($"/executions/{id}/lines?after=3&change={change}&wait=0")).Text;
        var waiting = sara.GetAsync($"/executions/{id}/lines?after=3&change={change}&wait=20");
        await Executions.WriteAsync(id, 3, ["four"]);
        var next = JsonDocument.Parse((await waiting.WaitAsync(TimeSpan.FromSeconds(10), Token)).Text).RootElement;

        Assert.Equal("""[[2,"two"],[3,"three"]]""", answer.GetProperty("lines").GetRawText());
        Assert.Equal("fo", answer.GetProperty("state").GetProperty("tail").GetString());
        Assert.Equal("{}", nothing);
        Assert.Equal("""[[4,"four"]]""", next.GetProperty("lines").GetRawText());
        Assert.Equal(HttpStatusCode.NotFound, (await sara.GetAsync("/executions/999999/lines")).Status);
    }

    [Fact]
    public async Task The_list_filters_by_script_state_person_and_runs_newest_first()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = Samples.NextRun();
        var first = await Executions.RunningAsync(sara.User!.Id, "tracker-maps", new() { ["type"] = "ZeroBias", ["runs"] = run.ToString(CultureInfo.InvariantCulture) }, run);
        var second = await Executions.RunningAsync(sara.User.Id);
        await Executions.EndAsync(second, ExecutionState.Stopped, null);
        var mine = "/executions?person=" + sara.User.Login;

        Assert.Equal([second, first], await IdsAsync(mine));
        Assert.Equal([first], await IdsAsync(mine + "&state=running"));
        Assert.Equal([second], await IdsAsync(mine + "&state=stopped,failed"));
        Assert.Equal([first], await IdsAsync(mine + "&script=tracker-maps"));
        Assert.Equal([first], await IdsAsync($"{mine}&runs={run}"));
        Assert.Equal([first], await IdsAsync($"{mine}&runs={run - 1}-{run + 1}"));
        Assert.Empty(await IdsAsync($"{mine}&runs={run + 1}"));
        Assert.Contains("Nothing is listed", (await sara.GetAsync("/executions?state=sleeping")).Words, StringComparison.Ordinal);

        async Task<IEnumerable<long>> IdsAsync(string address) => (await sara.GetAsync(address)).Document.QuerySelectorAll("tbody th a")
            .Select(link => long.Parse(link.TextContent, CultureInfo.InvariantCulture)).ToList();
    }

    [Fact]
    public async Task Pages_cost_the_same_number_of_statements_for_many_rows_as_for_few()
    {
        await using var other = new WebSite();
        await other.InitializeAsync();
        var samples = new ExecutionSamples(other.Database);
        var sara = await other.SignedInAsAsync(Role.Shifter);
        var id = await samples.RunningAsync(sara.User!.Id);
        string[] addresses = ["/executions", $"/executions/{id}", "/executions?state=running&script=practice-talkative&runs=380115"];
        foreach (var address in addresses) await sara.GetAsync(address);
        var few = await CostAsync();

        for (var i = 0; i < 30; i++) await samples.RunningAsync(sara.User.Id);
        await samples.WriteAsync(id, 0, [.. Enumerable.Range(0, 2_000).Select(number => $"{number}")]);
        var many = await CostAsync();

        Assert.Equal(few, many);
        Assert.All(many, cost => Assert.InRange(cost, 1, 8));

        async Task<List<int>> CostAsync()
        {
            List<int> costs = [];
            foreach (var address in addresses)
            {
                var before = other.Commands.Count;
                Assert.Equal(HttpStatusCode.OK, (await sara.GetAsync(address)).Status);
                costs.Add(other.Commands.Count - before);
            }

            return costs;
        }
    }
}
