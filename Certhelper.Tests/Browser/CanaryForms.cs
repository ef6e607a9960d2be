using Microsoft.Playwright;

namespace Certhelper.Tests.Browser;

/// <summary>
/// Fills every text field of the forms of a page with a text and sends them. What a field does not take is made shorter, then what the
/// field asks for, so that in the end the form is taken with the text wherever it may stand.
/// </summary>
internal sealed class CanaryForms
{
    // A field that is wrong may be told only when another is right.
    private const int Attempts = 7;

    /// <summary>Fields in which something is written, what a form asks for, and the form that asks for it.</summary>
    private const string Helpers =
        """
        window.writing = {
          texts: (form) => [...form.elements].filter((one) => !one.disabled && !one.readOnly
            && (one.tagName === 'TEXTAREA' || ['text', 'search', 'url', 'email', 'tel', 'password'].includes(one.type))),
          asked: (form) => {
            const names = [...new Set(window.writing.texts(form).map((one) => (one.name || one.id).replace(/\d+/g, '#')))].sort();
            if (!names.length) return '';
            // Short ones ask for the same in many places: there the address tells them apart.
            const to = new URL(form.getAttribute('action') ?? location.href, location.href);
            const where = (to.pathname + (to.searchParams.get('handler') ?? '')).replace(/\d+/g, '#').replace(/(limits|switches)\/\w+/, '$1/#');
            return `${form.method} ${names.length > 2 ? '' : where + ' '}${names.join(' ')}`;
          },
          form: (asked) => [...document.forms].find((one) => window.writing.asked(one) === asked),
          wrong: () => [...new Set([...document.querySelectorAll('.field-error')].filter((one) => one.textContent.trim())
            .flatMap((one) => [...(one.closest('.field, .check-item, fieldset, li, tr') ?? one.parentElement).querySelectorAll('input, textarea')])
            .map((one) => one.name || one.id))],
          said: () => [...document.querySelectorAll('.field-error, .summary-wrong, .second-look, .notice-warn:not([hidden])')]
            .map((one) => one.textContent.replace(/\s+/g, ' ').trim()).join(' | ').slice(0, 600),
          // What the field asks for.
          wanted: (field) => {
            if (field.value && !field.value.includes('canary-tag')) return field.value;
            const name = (field.id + ' ' + field.name).toLowerCase();
            // What is to be typed to confirm.
            if (/typed/.test(name)) return document.getElementById(field.id + '-hint')?.textContent.split(' — ')[0].trim() ?? '';
            if (/dataset/.test(name)) return '';
            if (/modules/.test(name)) return '369141860';
            if (/\brun\b|_run\b/.test(name)) return '386864';
            if (/key|credential|account/.test(name)) return 'canary-' + (Date.now() % 1e6);
            if (/runs|list/.test(name)) return '386885';
            if (/mail|recipient/.test(name)) return 'canary@example.org';
            if (/zone/.test(name)) return 'Europe/Zurich';
            if (/host/.test(name)) return 'vocms066';
            if (/command/.test(name)) return 'bash canary.sh';
            if (/cron/.test(name)) return '0 8 * * 1';
            if (/name|title|label/.test(name)) return 'Canary ' + (Date.now() % 1e6);
            return field.required || /position|value|port|min|max|lines|rate|seconds|minutes/.test(name) ? '1' : '';
          },
        };
        """;

    // What pages send by themselves.
    private static readonly string[] Beside = ["/draft", "/lease", "/hubs/", "/negotiate"];

    private readonly IPage page;
    private readonly string canary;
    private readonly string shortCanary;
    private readonly List<Outcome> outcomes = [];
    private readonly HashSet<string> sent = [];

    private CanaryForms(IPage page, string canary, string shortCanary) => (this.page, this.canary, this.shortCanary) = (page, canary, shortCanary);

    /// <summary>One form, in the order in which they were sent.</summary>
    public IReadOnlyList<Outcome> Outcomes => outcomes;

    /// <summary>Fields that held the text when their form was sent.</summary>
    public int Fields => outcomes.Sum(outcome => outcome.Fields);

    /// <summary>Fields whose text was taken.</summary>
    public int Kept => outcomes.Sum(outcome => outcome.Kept);

    /// <summary>Fields of searches and filters that were filled.</summary>
    public int Searched { get; private set; }

    /// <param name="canary">The text, where a field holds it.</param>
    /// <param name="shortCanary">For fields that hold less, cut to what they hold.</param>
    public static async Task<CanaryForms> OnAsync(IPage page, string canary, string shortCanary)
    {
        await page.AddInitScriptAsync(Helpers);
        return new CanaryForms(page, canary, shortCanary);
    }

    /// <summary>What the forms of the page ask for; without those in which nothing is written. Forms that ask for the same are one.</summary>
    public async Task<IEnumerable<string>> AskedAsync() =>
        (await page.EvaluateAsync<string[]>("() => [...document.forms].map(window.writing.asked)")).Where(asked => asked.Length > 0);

    /// <summary>Each form that was not sent before.</summary>
    /// <param name="look">Called with every answer.</param>
    public async Task SendAllAsync(string address, Func<Task> look)
    {
        await page.GotoAsync(address);
        foreach (var asked in (await AskedAsync()).Where(sent.Add).ToList())
        {
            if (asked.StartsWith("post", StringComparison.Ordinal)) outcomes.Add(await SendAsync(address, asked, look));
            else await SearchAsync(address, asked, look);
        }
    }

    private async Task SearchAsync(string address, string asked, Func<Task> look)
    {
        await page.GotoAsync(address);
        Searched += await page.EvaluateAsync<int>(
            """
            ([asked, text]) => {
              const form = window.writing.form(asked);
              const fields = window.writing.texts(form);
              for (const field of fields) field.value = text.slice(0, field.maxLength > 0 ? field.maxLength : 1e6);
              form.noValidate = true;
              form.requestSubmit();
              return fields.length;
            }
            """,
            new object[] { asked, canary });
        // Some are answered in place.
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await look();
    }

    private async Task<Outcome> SendAsync(string address, string asked, Func<Task> look)
    {
        Dictionary<string, int> refused = [];
        HashSet<string> filled = [];
        var said = "";
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            await page.GotoAsync(address);
            var holding = await FillAsync(asked, refused);
            filled.UnionWith(holding);
            for (var again = 0; again < 2; again++)
            {
                var status = await PressAsync(asked);
                await look();
                if (status is >= 200 and < 400) return new Outcome(address, asked, filled.Count, true, holding.Length, "");
                said = $"{status} {await page.EvaluateAsync<string>("() => window.writing.said()")}";
                // Some ask for reasons, on the page that they answer with.
                var reasons = await page.EvaluateAsync<string[]>(
                    "(text) => [...document.querySelectorAll('.second-look-reasons input')].map((one) => { one.value = text; return one.name; })", canary);
                if (reasons.Length == 0) break;
                filled.UnionWith(reasons);
                holding = [.. holding, .. reasons];
            }

            foreach (var field in await page.EvaluateAsync<string[]>("() => window.writing.wrong()"))
                refused[field] = refused.GetValueOrDefault(field) + 1;
        }

        return new Outcome(address, asked, filled.Count, false, 0, $"{said} [{string.Join(", ", refused.Keys)}]");
    }

    /// <param name="refused">How often each field was refused.</param>
    /// <returns>The fields that hold the text now.</returns>
    private Task<string[]> FillAsync(string asked, Dictionary<string, int> refused) => page.EvaluateAsync<string[]>(
        """
        ([asked, long, short, refused]) => {
          const form = window.writing.form(asked);
          const filled = [];
          document.querySelectorAll('details').forEach((one) => { one.open = true; });
          const texts = window.writing.texts(form);
          for (const field of form.elements) {
            if (field.disabled || field.readOnly) continue;
            const times = refused[field.name || field.id] ?? 0;
            if (field.tagName === 'SELECT') {
              // Of a certification only what it needs: a reason without a bad verdict is refused.
              if ('certify' in form.dataset && !/answer|checklist/i.test(field.name)) continue;
              const options = [...field.options].filter((one) => one.value && !one.disabled);
              if (!field.value && options.length) field.value = options[0].value;
            } else if (field.type === 'radio') {
              if (![...form.elements].some((one) => one.name === field.name && one.checked)) field.checked = true;
            } else if (field.type === 'checkbox') {
              field.checked = field.checked || (/answers|checklist|confirm|pick/i.test(field.name) && !/appl/i.test(field.name + field.id));
            } else if (field.type === 'date') {
              if (!field.value) field.value = new Date(Date.now() + 864e5).toISOString().slice(0, 10);
            } else if (field.type === 'number') {
              if (!field.value && (field.required || times)) field.value = field.min || window.writing.wanted(field) || '1';
            } else if (texts.includes(field)) {
              const most = field.maxLength > 0 ? field.maxLength : 1e6;
              field.value = times > 1 || (times > 0 && field.inputMode) ? window.writing.wanted(field) : times === 0 && most >= long.length ? long : short.slice(0, most);
              if (field.value.includes('canary-tag')) filled.push(field.name || field.id);
            } else { continue; }
            for (const event of ['input', 'change']) field.dispatchEvent(new Event(event, { bubbles: true }));
          }
          return filled;
        }
        """,
        new object[] { asked, canary, shortCanary, refused });

    /// <returns>With what the form was answered; 0 when it was not.</returns>
    private async Task<int> PressAsync(string asked)
    {
        try
        {
            var answer = await page.RunAndWaitForResponseAsync(
                () => page.EvaluateAsync(
                    """
                    (asked) => {
                      window.before = true;
                      const form = window.writing.form(asked) ?? document.querySelector('form[data-certify]');
                      form.noValidate = true;
                      ([...form.elements].find((one) => one.type === 'submit' && !one.disabled) ?? { click: () => form.requestSubmit() }).click();
                    }
                    """,
                    asked),
                response => response.Request.Method == "POST" && !Beside.Any(part => response.Url.Contains(part, StringComparison.Ordinal)),
                new() { Timeout = 8_000 });
            if (answer.Request.IsNavigationRequest) await page.WaitForFunctionAsync("!window.before && document.readyState === 'complete'");
            return answer.Status;
        }
        catch (TimeoutException)
        {
            return 0;
        }
    }

    /// <param name="Asked">Which form of the page.</param>
    /// <param name="Fields">Fields that held the text in one of the attempts.</param>
    /// <param name="Taken">Whether the form was taken in the end.</param>
    /// <param name="Kept">Fields that held the text when it was.</param>
    /// <param name="Said">What the last answer had against it.</param>
    internal sealed record Outcome(string Address, string Asked, int Fields, bool Taken, int Kept, string Said)
    {
        public override string ToString() => $"{Address}: {Kept} of {Fields} taken{(Taken ? "" : ", refused: " + Said + ", asked for " + Asked)}";
    }
}
