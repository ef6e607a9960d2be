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
    private const int MostPages = 120;

    private static readonly string[] Roles = ["shifter", "shiftleader", "expert", "admin", "ops"];

    private static readonly string[] Forms =
    [
        "/", "/runs/386885", "/runs/386864/express/certify", "/runs/386885/express/certify", "/saved-filters", "/bad-reasons/add", "/references", "/scripts/tracker-maps", "/scripts/practice-talkative", "/scripts/practice-oddities",
        "/leader/changed?days=all", "/leader/central?days=all", "/leader/checklist?when=today", "/leader/report?when=this-week", "/reports/daily", "/reports/weekly", "/reports/schedules/new",
        "/admin/checklists/new", "/admin/checklists/pixel/edit", "/admin/scripts/new", "/admin/scripts/practice-slow/edit", "/admin/choices/problems/edit", "/admin/choices/reasons/edit",
        "/admin/choices/problems/edit/1", "/admin/choices/reasons/edit/1", "/admin/people/1", "/admin/settings/limits/FewLumisections", "/admin/settings/switches/OmsReading", "/admin/settings/banner",
        "/certifications", "/certifications/1000001/edit", "/certifications/1000002/delete", "/certifications/1000003/hand-over",
        // Last: nothing can be saved after it.
        "/admin/settings/maintenance",
    ];

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

        // Before the forms: the last one closes the site.
        await KeepReportAsync(page);
        var (fields, sent, taken) = (0, 0, 0);
        List<string> wrong = [];
        foreach (var address in Forms)
        {
            var count = await FormsAsync(page, address);
            for (var number = 0; number < count; number++)
            {
                // What a field does not take is made shorter, then what it wants: the other fields are to be taken.
                Dictionary<string, int> refused = [];
                for (var attempt = 0; attempt < 3; attempt++)
                {
                    await page.GotoAsync(address);
                    var before = page.Url;
                    var filled = await FillAsync(page, number, refused);
                    if (filled == 0) break;
                    if (attempt == 0) (fields, sent) = (fields + filled, sent + 1);
                    await SendAsync(page, number);
                    wrong.AddRange(await LookAsync(page));
                    if (page.Url != before)
                    {
                        // Leading on is what a form does whose content was taken.
                        taken++;
                        break;
                    }

                    foreach (var field in await RefusedAsync(page)) refused[field] = refused.GetValueOrDefault(field) + 1;
                }
            }
        }

        await CanaryRows.WriteAsync(stack, Person, Stop);
        var database = new PoisonedDatabase(Long, Short);
        await database.WriteAsync(stack, Stop);
        var visited = await WanderAsync(page, stack.Web, wrong);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{fields} fields in {sent} forms, {taken} of them taken; {database.Poisoned.Count} columns of the database; {visited} pages looked at; {songs.Count} songs."));
        output.WriteLine("Columns without a row: " + string.Join(", ", database.Empty));
        Assert.Empty(wrong);
        Assert.Empty(songs);
        Assert.True(
            fields > 60 && taken >= 7 && database.Poisoned.Count > 70 && visited > 80,
            $"Too few: {fields} fields, {taken} forms taken, {database.Poisoned.Count} columns, {visited} pages.");
    }

    private static async Task KeepReportAsync(IPage page)
    {
        await page.GotoAsync("/leader/report?when=last-week");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep it as a report" }).ClickAsync();
        await page.WaitForURLAsync("**/reports/*");
    }

    private static async Task<int> FormsAsync(IPage page, string address)
    {
        await page.GotoAsync(address);
        return await page.Locator("form[method=post]").CountAsync();
    }

    /// <summary>Identifiers of the fields of which the page says that they are wrong.</summary>
    private static Task<string[]> RefusedAsync(IPage page) => page.EvaluateAsync<string[]>(
        "() => [...document.querySelectorAll('[id$=\"-error\"]')].filter((one) => one.textContent.trim()).map((one) => one.id.slice(0, -6))");

    /// <summary>Fills one form as somebody would who wants it taken, but for the texts.</summary>
    /// <returns>How many fields took the canary.</returns>
    private static async Task<int> FillAsync(IPage page, int number, Dictionary<string, int> refused) => await page.EvaluateAsync<int>(
        """
        ([number, long, short, refused]) => {
          const form = document.querySelectorAll('form[method=post]')[number];
          let filled = 0;
          if (!form) return 0;
          document.querySelectorAll('details').forEach((one) => { one.open = true; });
          const wanted = (field) => {
            if (field.value) return field.value;
            const name = (field.id + ' ' + field.name).toLowerCase();
            if (/key|credential|account/.test(name)) return 'canary-' + (Date.now() % 1e6);
            if (/runs|list/.test(name)) return '386885';
            if (/mail|recipient/.test(name)) return 'canary@example.org';
            if (/zone/.test(name)) return 'Europe/Zurich';
            if (/host/.test(name)) return 'vocms066';
            if (/command/.test(name)) return 'bash canary.sh';
            return field.required || /position|value|port|min|max|lines|rate|seconds|minutes/.test(name) ? '1' : '';
          };
          for (const field of form.elements) {
            if (field.disabled || field.readOnly) continue;
            // Of a certification what it needs: facts typed by hand and a reason without a bad verdict are looked at twice.
            if ('certify' in form.dataset && (field.name.startsWith('Facts.') || (field.tagName === 'SELECT' && !/answer|checklist/i.test(field.name)))) continue;
            if (field.tagName === 'SELECT') {
              const options = [...field.options].filter((one) => one.value && !one.disabled);
              if (!field.value && options.length) field.value = options[0].value;
            } else if (field.type === 'radio') {
              if (![...form.elements].some((one) => one.name === field.name && one.checked)) field.checked = true;
            } else if (field.type === 'checkbox') {
              field.checked = field.checked || (/answers|checklist|confirm/i.test(field.name) && !/appl/i.test(field.name + field.id));
            } else if (field.type === 'date') {
              if (!field.value) field.value = new Date(Date.now() + 864e5).toISOString().slice(0, 10);
            } else if (field.type === 'number') {
              if (!field.value && field.required) field.value = field.min || '1';
            } else if (field.tagName === 'TEXTAREA' || ['text', 'search', 'url', 'email', 'tel'].includes(field.type)) {
              const times = refused[field.id] ?? 0;
              const most = field.maxLength > 0 ? field.maxLength : 1e6;
              field.value = times > 1 || (times > 0 && field.inputMode) ? wanted(field) : times === 0 && most >= long.length ? long : short.slice(0, most);
              if (field.value.includes('canary-tag')) filled++;
            } else { continue; }
            for (const event of ['input', 'change']) field.dispatchEvent(new Event(event, { bubbles: true }));
          }
          return filled;
        }
        """,
        new object[] { number, Long, Short, refused });

    private static async Task SendAsync(IPage page, int number)
    {
        await page.EvaluateAsync(
            """
            (number) => {
              window.before = true;
              const form = document.querySelectorAll('form[method=post]')[number];
              form.noValidate = true;
              (form.querySelector('button[type=submit], button:not([type])') ?? { click: () => form.requestSubmit() }).click();
            }
            """,
            number);
        try
        {
            await page.WaitForFunctionAsync("!window.before && document.readyState === 'complete'", null, new() { Timeout = 8_000 });
        }
        catch (TimeoutException)
        {
            // Answered in place by a script.
        }
    }

    private static async Task<IEnumerable<string>> LookAsync(IPage page)
    {
        var found = await page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('canary-tag, img[src=x], svg[onload], [href^=\"javascript:\" i], [onerror]')].map((one) => one.outerHTML.slice(0, 120))");
        return found.Select(element => $"{page.Url}: {element}");
    }

    /// <summary>Goes wherever a link leads, and says in the address what a script of the page might take over.</summary>
    private static async Task<int> WanderAsync(IPage page, Uri site, List<string> wrong)
    {
        Queue<string> ahead = new(Forms);
        HashSet<string> seen = [];
        var visited = 0;
        while (ahead.TryDequeue(out var address) && visited < MostPages)
        {
            // One page for each shape of address is enough of lists and their orders.
            if (!seen.Add(Shape(address))) continue;
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
            if (answer is { Status: >= 500 and not 503 }) wrong.Add($"{address}: {answer.Status}");
            wrong.AddRange(await LookAsync(page));
            foreach (var link in await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('a[href]')].filter((one) => one.origin === location.origin).map((one) => one.pathname + one.search)"))
                if (!link.StartsWith("/hangfire", StringComparison.Ordinal) && !link.Contains("export.", StringComparison.Ordinal)) ahead.Enqueue(link);
        }

        Assert.StartsWith(site.GetLeftPart(UriPartial.Authority), page.Url, StringComparison.Ordinal);
        return visited;
    }

    // Long numbers of runs differ in nothing that matters here, those of our own rows do.
    private static string Shape(string address)
    {
        var cut = address.Split('?', 2);
        var path = string.Join('/', cut[0].Split('/').Select(part => part.Length == 6 && part.All(char.IsAsciiDigit) ? "run" : part));
        var names = cut.Length == 2 ? string.Join('&', cut[1].Split('&').Select(pair => pair.Split('=')[0]).Order(StringComparer.Ordinal)) : "";
        return path + "?" + names;
    }
}
