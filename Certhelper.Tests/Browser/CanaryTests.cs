using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using Certhelper.Tests.Bench;
using Certhelper.Tests.Browser.Pages;
using Certhelper.Tests.Infrastructure;
using Microsoft.Playwright;
using Npgsql;

namespace Certhelper.Tests.Browser;

/// <summary>
/// Every text field of every form is filled with a script that sings when it runs, then every text of the database, and every page is
/// visited that can be reached, with the content security policy switched off: nothing may run, and nothing may become an element.
/// On a stack of its own, because it fills everything.
/// </summary>
[Trait("kind", "long")]
public sealed class CanaryTests(BrowserFixture browser, ITestOutputHelper output)
{
    private const string Tag = "canary-tag";
    private const string Long = $"x\"'><{Tag}></{Tag}><img src=x onerror=canary()><svg onload=canary()></svg></textarea></title></script><script>canary()</script>[x](javascript:canary())";
    private const string Short = $"\"><{Tag}>";
    private const string Person = "emil.empty";

    // Of one kind of page, such as that of a certification, this many are looked at.
    private const int OfAKind = 2;
    private const int MostPages = 260;

    private static readonly string[] Roles = ["shifter", "shiftleader", "expert", "admin", "ops"];

    /// <summary>Where the search for pages begins; what no link leads to stands here.</summary>
    private static readonly string[] Start =
    [
        // A filter that is empty cannot be kept.
        "/certifications?type=cosmics", "/", "/runs/386885", "/runs/386864/express/certify", "/runs/386885/express/certify", "/scripts/practice-oddities",
        "/leader/changed?days=all", "/leader/central?days=all", "/leader/checklist?when=today", "/leader/report?when=this-week",
        "/admin", "/certifications", "/certifications/1000001/edit", "/certifications/1000002/delete", "/certifications/1000003/hand-over",
    ];

    // Nothing can be saved after the last, and what is taken away cannot be filled any more.
    private static readonly string[] Late = ["/delete", "/remove", "/retire", "/hosts", "/people/", "/switches/", "/maintenance"];

    private readonly ConcurrentQueue<string> songs = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_canary_in_every_text_field_never_sings_on_any_page()
    {
        await using var stack = await Stack.StartAsync();
        await using (var connection = new NpgsqlConnection(await stack.ConnectionStringAsync()))
        {
            await connection.OpenAsync(Stop);
            await new BenchData(connection, 200).WriteAsync(Stop);
        }

        using (var control = stack.CreateClient("standins"))
            (await control.PutAsJsonAsync($"/control/sso/people/{Person}", new { roles = Roles }, Stop)).EnsureSuccessStatusCode();
        var page = await browser.OpenAsync(stack.Web, unprotected: true);
        await page.Context.ExposeFunctionAsync("canary", () => songs.Enqueue(page.Url));
        page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await new DoorPage(page).SignInAsync(Person);

        // The canary itself: where it is written into a page it does sing.
        await page.SetContentAsync(Long);
        await page.WaitForFunctionAsync("document.querySelector('canary-tag') !== null");
        Assert.True(SpinWait.SpinUntil(() => !songs.IsEmpty, TimeSpan.FromSeconds(20)));
        songs.Clear();

        await KeepReportAsync(page);
        await CanaryRows.WriteAsync(stack, Person, Stop);
        List<string> wrong = [];
        var forms = await CanaryForms.OnAsync(page, Long, Short);
        List<string> withForms = [];
        HashSet<string> asked = [];
        var pages = await WanderAsync(page, Start, async (address, _) =>
        {
            if ((await forms.AskedAsync()).ToList().FindAll(asked.Add).Count > 0) withForms.Add(address);
        });
        foreach (var address in withForms.OrderBy(address => Array.FindIndex(Late, part => address.Contains(part, StringComparison.Ordinal))))
            await forms.SendAllAsync(address, async () => wrong.AddRange(await LookAsync(page)));
        foreach (var outcome in forms.Outcomes) output.WriteLine(outcome.ToString());

        var database = new PoisonedDatabase(Long, Short);
        await database.WriteAsync(stack, Stop);
        var visited = await WanderAsync(page, [.. Start, .. withForms], async (address, answer) =>
        {
            if (answer is { Status: >= 500 and not 503 }) wrong.Add($"{address}: {answer.Status}");
            wrong.AddRange(await LookAsync(page));
        });

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{forms.Fields} fields in {forms.Outcomes.Count} forms of {pages} pages; {forms.Kept} of them taken in {forms.Outcomes.Count(form => form.Taken)} forms; {forms.Searched} fields of searches; {database.Poisoned.Count} columns of the database; {visited} pages looked at; {songs.Count} songs."));
        output.WriteLine("Columns without a row: " + string.Join(", ", database.Empty));
        if (wrong.Count > 0) output.WriteLine(string.Join('\n', (await File.ReadAllLinesAsync(Path.Combine(stack.DataFolder, "log.txt"), Stop)).Where(line => line.Contains("Exception", StringComparison.Ordinal)).TakeLast(20)));
        Assert.Empty(wrong);
        Assert.Empty(songs);
        // A form that is refused in the end has not shown what becomes of its content.
        Assert.DoesNotContain(forms.Outcomes, form => !form.Taken);
        Assert.True(
            forms.Fields > 250 && forms.Kept > 120 && forms.Searched > 25 && database.Poisoned.Count > 70 && visited > 80,
            $"Too few: {forms.Fields} fields, {forms.Kept} taken, {forms.Searched} of searches, {database.Poisoned.Count} columns, {visited} pages.");
    }

    private static async Task KeepReportAsync(IPage page)
    {
        await page.GotoAsync("/leader/report?when=last-week");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep it as a report" }).ClickAsync();
        await page.WaitForURLAsync("**/reports/*");
    }

    private static async Task<IEnumerable<string>> LookAsync(IPage page)
    {
        var found = await page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('canary-tag, img[src=x], svg[onload], [href^=\"javascript:\" i], [onerror]')].map((one) => one.outerHTML.slice(0, 120))");
        return found.Select(element => $"{page.Url}: {element}");
    }

    /// <summary>Goes wherever a link leads, and says in the address what a script of the page might take over.</summary>
    private static async Task<int> WanderAsync(IPage page, IEnumerable<string> from, Func<string, IResponse?, Task> look)
    {
        Queue<string> ahead = new(from);
        Dictionary<string, int> kinds = [];
        HashSet<string> seen = [];
        var visited = 0;
        while (ahead.TryDequeue(out var address) && visited < MostPages)
        {
            if (!seen.Add(address) || (kinds[Kind(address)] = kinds.GetValueOrDefault(Kind(address)) + 1) > OfAKind) continue;
            IResponse? answer;
            try
            {
                answer = await page.GotoAsync(address + "#" + Uri.EscapeDataString(Long));
            }
            catch (PlaywrightException)
            {
                // A file that is saved and not shown.
                continue;
            }

            visited++;
            await look(address, answer);
            foreach (var link in await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('a[href]')].filter((one) => one.origin === location.origin).map((one) => one.pathname + one.search)"))
                if (!link.StartsWith("/hangfire", StringComparison.Ordinal) && !link.StartsWith("/sign", StringComparison.Ordinal) && !link.Contains("export.", StringComparison.Ordinal)) ahead.Enqueue(link);
        }

        Assert.True(visited < MostPages, "There are more pages than are looked at: " + string.Join(", ", kinds.Keys));
        return visited;
    }

    /// <summary>Pages of one kind differ in numbers, and in what their parameters say.</summary>
    private static string Kind(string address) =>
        string.Join('/', address.Split('?', 2)[0].Split('/').Select(part => part.Length > 0 && part.All(char.IsAsciiDigit) ? "#" : part));
}
