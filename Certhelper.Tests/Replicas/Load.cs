using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Certhelper.Core.Runs;
using Certhelper.Tests.Checklists;
using Certhelper.Tests.Web.Infrastructure;

namespace Certhelper.Tests.Replicas;

/// <summary>
/// People who certify, scripts that print and people who watch them, all at once and by the router. Each person opens the
/// form, keeps a draft of it, sends it, and reads the page that follows; nobody certifies what another does.
/// </summary>
internal sealed class Load : IAsyncDisposable
{
    private const string Form = "form.certify-form";
    private const int MostTries = 20;
    private const int MostLines = 1_000_000;

    /// <summary>Two people who may certify, and two who may more.</summary>
    private static readonly string[] Logins = ["sara.shifter", "tomas.shifter", "lena.leader", "sven.several"];

    private static readonly (string Name, string? Value)[] Good =
        [("Input.Pixel", "Good"), ("Input.Strip", "Good"), ("Input.Tracking", "Good"), ("Input.TrackerMap", "Exists"), ("Input.Comment", "As it should be."), .. GoodAnswers.Fields()];

    private readonly House house;
    private readonly CancellationTokenSource noMore = new();
    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly List<Browser> browsers = [];
    private readonly List<Task> people = [];
    private readonly List<Task> watching = [];
    private readonly ConcurrentQueue<double> milliseconds = new();
    private int requests;

    private Load(House house) => this.house = house;

    public Stopwatch Clock { get; } = Stopwatch.StartNew();

    public int Requests => requests;

    /// <summary>What was saved, one for each answer that said so.</summary>
    public ConcurrentQueue<(int Run, Reconstruction Reconstruction)> Saved { get; } = new();

    /// <summary>Answers to a form, or to anything else, that a person would not expect.</summary>
    public ConcurrentQueue<string> Failures { get; } = new();

    /// <summary>Failed saves that were sent again and then saved.</summary>
    public int Repeated { get; private set; }

    public List<Watcher> Watchers { get; } = [];

    public IReadOnlyList<long> Executions { get; private set; } = [];

    /// <summary>What the scripts have printed on their host, by execution; known when they have ended.</summary>
    public Dictionary<long, string> Printed { get; } = [];

    /// <summary>How long pages took, the slowest twentieth left out.</summary>
    public double P95 => milliseconds.Order().ElementAtOrDefault((int)(milliseconds.Count * 0.95));

    /// <param name="house">Where.</param>
    /// <param name="users">People who certify.</param>
    /// <param name="executions">Scripts that run at the same time.</param>
    /// <param name="rate">Lines a second of each.</param>
    /// <param name="watchersOfEach">People who watch each of them.</param>
    /// <param name="repeats">Whether people send again what was not saved, as they would; it counts all the same.</param>
    public static async Task<Load> StartAsync(House house, int users, int executions, int rate, int watchersOfEach, bool repeats = false)
    {
        var load = new Load(house);
        house.LetScriptsPrint(true);
        for (var i = 0; i < users; i++)
        {
            var browser = new Browser(house.Router);
            load.browsers.Add(browser);
            await browser.SignInAsync(Logins[i % Logins.Length]);
        }

        List<long> ids = [];
        // Different numbers: what is under way with the same values is not started a second time.
        for (var i = 0; i < executions; i++) ids.Add(await house.StartScriptAsync(MostLines - i, rate));
        load.Executions = ids;
        foreach (var id in ids) await house.UntilAsync(id, row => row.LastLine > 0, TimeSpan.FromSeconds(60), "it prints");
        load.Clock.Restart();
        foreach (var id in ids)
        {
            for (var i = 0; i < watchersOfEach; i++)
            {
                var watcher = new Watcher(house.Router, house.Sara, id);
                load.Watchers.Add(watcher);
                load.watching.Add(Task.Run(() => watcher.RunAsync(load.stop.Token)));
            }
        }

        foreach (var browser in load.browsers) load.people.Add(Task.Run(() => load.CertifyAsync(browser, repeats)));
        return load;
    }

    /// <summary>Nobody begins another certification; returns when those under way are saved.</summary>
    public async Task EndCertifyingAsync()
    {
        await noMore.CancelAsync();
        await Task.WhenAll(people);
    }

    /// <summary>Ends the scripts, and returns when every watcher has all lines and knows of the end.</summary>
    public async Task EndWatchingAsync(TimeSpan limit)
    {
        house.LetScriptsPrint(false);
        try
        {
            await Task.WhenAll(watching).WaitAsync(limit, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            Assert.Fail("Watchers still wait: " + string.Join(", ", Watchers.Where(watcher => watcher.Ended is null)
                .Select(watcher => string.Create(CultureInfo.InvariantCulture, $"execution {watcher.Execution} at line {watcher.Count}"))));
        }

        foreach (var id in Executions) Printed[id] = await house.PrintedAsync(id);
    }

    /// <summary>Lines that were printed.</summary>
    public int LinesOf(long execution) => Printed[execution].AsSpan().Count('\n');

    public async ValueTask DisposeAsync()
    {
        house.LetScriptsPrint(false);
        await noMore.CancelAsync();
        await stop.CancelAsync();
        await Task.WhenAll(people.Concat(watching)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var browser in browsers) browser.Dispose();
        noMore.Dispose();
        stop.Dispose();
    }

    private async Task CertifyAsync(Browser browser, bool repeats)
    {
        while (!noMore.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            var (run, reconstruction) = house.NextUncertified();
            for (var tries = 1; !stop.IsCancellationRequested; tries++)
            {
                var failure = await TryAsync(browser, run, reconstruction);
                if (failure is null)
                {
                    Saved.Enqueue((run, reconstruction));
                    if (tries > 1) lock (noMore) Repeated++;
                    break;
                }

                Failures.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{Clock.Elapsed.TotalSeconds:0.0} s, {run} {reconstruction.Code()}: {failure}"));
                if (!repeats || tries >= MostTries) break;
                await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
            }

            // What a person needs to look at the next run, cut short.
            await Task.Delay(Random.Shared.Next(2_000, 5_000), noMore.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>What went wrong; null when it is saved.</returns>
    private async Task<string?> TryAsync(Browser browser, int run, Reconstruction reconstruction)
    {
        var address = $"/runs/{run.ToString(CultureInfo.InvariantCulture)}/{reconstruction.Code()}";
        try
        {
            var form = await TimedAsync(() => browser.GetAsync(address + "/certify"));
            // Sent before, and saved although the answer was lost.
            if (form.Location?.EndsWith("/edit", StringComparison.Ordinal) == true) return null;
            if (form.Status != HttpStatusCode.OK) return Say("the form", form);
            var fields = form.Fields(Form, Good);
            var draft = await TimedAsync(() => browser.PutAsync(address + "/draft", fields));
            if (draft.Status != HttpStatusCode.OK) return Say("the draft", draft);
            var saved = await TimedAsync(() => browser.PostAsync(address + "/certify", fields));
            // A second look asks for reasons; a person gives them.
            if (saved.Status == HttpStatusCode.UnprocessableEntity && saved.Document.QuerySelector(".second-look-reasons") is not null)
            {
                var reasons = saved.Document.QuerySelectorAll(".second-look-reasons input").Select(input => (input.GetAttribute("name")!, (string?)"Looked at it twice."));
                fields = saved.Fields(Form, [.. reasons]);
                saved = await TimedAsync(() => browser.PostAsync(address + "/certify", fields));
            }

            if (saved.Status != HttpStatusCode.Found || saved.Location is null) return Say("the save", saved);
            var next = await TimedAsync(() => browser.GetAsync(saved.Location));
            return next.Status == HttpStatusCode.OK && (saved.Location != "/" || next.Toasts.Contains("is certified as good", StringComparison.Ordinal)) ? null : Say("the page after the save", next);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException or InvalidOperationException && !stop.IsCancellationRequested)
        {
            return $"no answer: {exception.Message}";
        }
    }

    private async Task<WebPage> TimedAsync(Func<Task<WebPage>> ask)
    {
        Interlocked.Increment(ref requests);
        var began = Stopwatch.GetTimestamp();
        var page = await ask();
        milliseconds.Enqueue(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        return page;
    }

    private static string Say(string what, WebPage page) =>
        $"{what} was answered with {(int)page.Status} by {(page.Response.Headers.TryGetValues(Router.PodHeader, out var pods) ? string.Concat(pods) : "the router")} {page.Location}: {page.Words[..Math.Min(page.Words.Length, 400)]}";
}
