using System.Globalization;
using System.Net;
using Certhelper.Core.Runs;
using Certhelper.Core.Scripts;
using Certhelper.Tests.AppHost;
using Certhelper.Tests.Checklists;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Replicas;

/// <summary>
/// Several replicas, really: restarts, losses and a frozen worker, while people certify and watch. Nothing may be lost or come
/// twice, and nobody may see a failure that he need not see.
/// </summary>
[Trait("kind", "stack")]
[Trait("kind", "long")]
public sealed class ReplicaTests(House house, ITestOutputHelper output) : IClassFixture<House>
{
    private const string Form = "form.certify-form";
    private const int Users = 20;
    private const int Scripts = 5;
    private const int WatchersOfEach = 10;
    private const int Rate = 50;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sign_in_form_draft_and_save_go_on_at_whatever_replica_is_next()
    {
        using var tomas = new Browser(house.Router);
        await tomas.SignInAsync("tomas.shifter");
        var (run, reconstruction) = house.NextUncertified();
        var address = string.Create(CultureInfo.InvariantCulture, $"/runs/{run}/{reconstruction.Code()}");
        (string Name, string? Value)[] good = [("Input.Pixel", "Good"), ("Input.Strip", "Good"), ("Input.Tracking", "Good"), ("Input.TrackerMap", "Exists"), .. GoodAnswers.Fields()];

        var form = await tomas.GetAsync(address + "/certify");
        var kept = await tomas.PutAsync(address + "/draft", form.Fields(Form, [.. good, ("Input.Comment", "Begun at one replica.")]));
        var again = await tomas.GetAsync(address + "/certify");
        // The token of the first form, sent to the replica that made the second.
        var fields = again.Fields(Form, [.. good, ("__token", form.Fields(Form)["__token"])]);
        var saved = await tomas.PostAsync(address + "/certify", fields);
        if (saved.Status == HttpStatusCode.UnprocessableEntity)
            saved = await tomas.PostAsync(address + "/certify", saved.Fields(Form, [.. saved.Document.QuerySelectorAll(".second-look-reasons input").Select(input => (input.GetAttribute("name")!, (string?)"Looked at it twice."))]));
        var front = await tomas.GetAsync("/");

        output.WriteLine("answered in turn: " + string.Join(", ", tomas.Pods));
        Assert.Equal(HttpStatusCode.OK, kept.Status);
        Assert.Equal("Begun at one replica.", again.Fields(Form)["Input.Comment"].Trim());
        Assert.True(saved.Status == HttpStatusCode.Found, saved.Words);
        Assert.Contains("is certified as good", front.Toasts, StringComparison.Ordinal);
        // In turn: no request but the first met the replica of the one before it.
        Assert.All(tomas.Pods.Zip(tomas.Pods.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second));
        // It knows that it is reached by https: only then browsers take these names.
        Assert.Contains("__Host-certhelper.session", tomas.CookieNames);
    }

    [Fact]
    public async Task All_replicas_are_restarted_one_after_another_and_nobody_notices()
    {
        await using var load = await Load.StartAsync(house, Users, Scripts, Rate, WatchersOfEach);
        var began = TimeProvider.System.GetUtcNow();

        List<Pod.Restart> restarts = [];
        foreach (var name in (string[])["web-1", "jobs-1", "web-2", "jobs-2"]) restarts.Add(await house.Pods.Single(pod => pod.Name == name).RestartAsync(house.Router));
        var stillPrinting = 0;
        foreach (var id in load.Executions) stillPrinting += (await house.ExecutionAsync(id)).State.HasEnded() ? 0 : 1;
        await load.EndCertifyingAsync();
        await load.EndWatchingAsync(TimeSpan.FromSeconds(300));

        foreach (var restart in restarts)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{restart.Pod}: {restart.Whole.TotalSeconds:0.0} s in all: drained for {restart.Drained.TotalSeconds:0} s, ended {restart.Ended.TotalSeconds:0.0} s after TERM, ready {restart.Started.TotalSeconds:0.0} s after its start"));
        Print("Rolling restart", load);
        await CheckAsync(load, began);
        Assert.Equal(Scripts, stillPrinting);
        Assert.All(restarts, restart => Assert.Equal(0, restart.ExitCode));
        Assert.Empty(load.Failures);
        // Each replica of the web took half of them with it.
        Assert.True(load.Watchers.Sum(watcher => watcher.Reconnects.Count) >= load.Watchers.Count, "Too few reconnected for two restarts of the web.");
        Assert.All(load.Watchers.SelectMany(watcher => watcher.Reconnects), took => Assert.InRange(took, TimeSpan.Zero, Soon));
    }

    [Fact]
    public async Task Redis_is_killed_and_comes_back_empty()
    {
        await using var load = await Load.StartAsync(house, Users, Scripts, Rate, WatchersOfEach);
        var began = TimeProvider.System.GetUtcNow();
        await Task.Delay(TimeSpan.FromSeconds(5), Token);
        var before = Lines(load);

        await house.RestartRedisAsync(away: TimeSpan.FromSeconds(8));
        var during = Lines(load);
        var silentWithout = load.Watchers.Max(watcher => watcher.Silence);
        await Task.Delay(TimeSpan.FromSeconds(8), Token);
        var silentWith = load.Watchers.Max(watcher => watcher.Silence);
        await load.EndCertifyingAsync();
        await load.EndWatchingAsync(TimeSpan.FromSeconds(90));

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"without Redis for 8 s: {during - before} lines went on; longest silence of a watcher then {silentWithout.TotalSeconds:0.0} s, with an empty Redis {silentWith.TotalSeconds:0.0} s"));
        Print("Redis killed, and started empty", load);
        await CheckAsync(load, began);
        Assert.True(during > before);
        Assert.InRange(silentWithout, TimeSpan.Zero, Soon);
        Assert.InRange(silentWith, TimeSpan.Zero, Soon);
        Assert.Empty(load.Failures);
        Assert.All(house.Pods, pod => Assert.False(pod.Child.Process.HasExited));
    }

    [Fact]
    public async Task PostgreSQL_is_restarted()
    {
        await using var load = await Load.StartAsync(house, Users, Scripts, Rate, WatchersOfEach, repeats: true);
        var began = TimeProvider.System.GetUtcNow();
        await Task.Delay(TimeSpan.FromSeconds(5), Token);

        var away = await house.RestartPostgresAsync(away: TimeSpan.FromSeconds(3));
        var back = load.Clock.Elapsed;
        await Processes.UntilAsync(async () => (await Task.WhenAll(house.Pods.Select(pod => pod.IsReadyAsync()))).All(ready => ready), TimeSpan.FromSeconds(60), "all replicas are ready again");
        var ready = load.Clock.Elapsed - back;
        var failedUntil = load.Failures.Count;
        await Task.Delay(TimeSpan.FromSeconds(12), Token);
        await load.EndCertifyingAsync();
        await load.EndWatchingAsync(TimeSpan.FromSeconds(120));

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"PostgreSQL was away for {away.TotalSeconds:0.0} s; all replicas were ready {ready.TotalSeconds:0.0} s after it"));
        Print("PostgreSQL restarted", load);
        await CheckAsync(load, began);
        // Every refusal is one that says so, and what was refused is saved at the end.
        Assert.All(load.Failures, failure => Assert.Matches("answered with 50[03]", failure));
        Assert.InRange(load.Failures.Count, 0, failedUntil + Users);
        Assert.All(house.Pods, pod => Assert.False(pod.Child.Process.HasExited));
    }

    [Fact]
    public async Task A_worker_that_is_frozen_past_its_lease_is_fenced_when_it_wakes()
    {
        await using var load = await Load.StartAsync(house, users: 0, executions: 2, Rate, watchersOfEach: 2);
        var began = TimeProvider.System.GetUtcNow();
        var id = load.Executions[0];
        var before = await house.ExecutionAsync(id);
        var frozen = house.OwnerOf(before);
        Assert.NotNull(frozen);

        await frozen.Child.SignalAsync("STOP");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await house.UntilAsync(id, row => row.Fence > before.Fence && house.OwnerOf(row) is { } other && other != frozen, TimeSpan.FromSeconds(60), "another worker takes it");
        var takenAfter = clock.Elapsed;
        var at = (await house.ExecutionAsync(id)).LastLine;
        await house.UntilAsync(id, row => row.LastLine > at, TimeSpan.FromSeconds(20), "its output goes on");
        var goesOnAfter = clock.Elapsed;
        var known = (await File.ReadAllTextAsync(frozen.LogFile, Token)).Length;
        await frozen.Child.SignalAsync("CONT");
        await Processes.UntilAsync(async () => (await File.ReadAllTextAsync(frozen.LogFile, Token))[known..].Contains($"Another worker goes on with execution {id}", StringComparison.Ordinal), TimeSpan.FromSeconds(20), "the worker that was frozen says that it has lost the execution");
        var fencedAfter = clock.Elapsed;
        await load.EndWatchingAsync(TimeSpan.FromSeconds(120));
        await Processes.UntilAsync(frozen.IsReadyAsync, TimeSpan.FromSeconds(30), "the replica that was frozen is ready again");

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{frozen.Name} frozen: taken over after {takenAfter.TotalSeconds:0.0} s, lines again after {goesOnAfter.TotalSeconds:0.0} s, fenced {(fencedAfter - goesOnAfter).TotalSeconds:0.0} s after it was thawed"));
        Print("A jobs replica frozen past its lease", load);
        await CheckAsync(load, began);
        var after = await house.ExecutionAsync(id);
        Assert.True(after.Fence > before.Fence);
        Assert.Single(after.Events, item => item.Text.StartsWith("taken over", StringComparison.Ordinal));
        Assert.Single(after.Events, item => item.Text.StartsWith(ExecutionState.Succeeded.Title(), StringComparison.OrdinalIgnoreCase));
    }

    private static long Lines(Load load) => load.Watchers.Sum(watcher => watcher.Count);

    private void Print(string what, Load load)
    {
        var reconnects = load.Watchers.SelectMany(watcher => watcher.Reconnects).Select(took => took.TotalSeconds).Order().ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {load.Requests} requests, {load.Failures.Count} failures, {load.Saved.Count} certifications saved ({load.Repeated} after a refusal), pages p95 {load.P95:0} ms"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  lines printed {load.Executions.Sum(load.LinesOf)} by {load.Executions.Count} scripts; wanted by {load.Watchers.Count} watchers {load.Watchers.Sum(watcher => (long)load.LinesOf(watcher.Execution))}, received {load.Watchers.Sum(watcher => watcher.Count)}"));
        if (reconnects.Count > 0) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  reconnects {reconnects.Count}: p50 {reconnects[reconnects.Count / 2]:0.00} s, longest {reconnects[^1]:0.00} s"));
        foreach (var failure in load.Failures.Take(10)) output.WriteLine("  " + failure);
    }

    /// <summary>What holds whatever happened: everything that was said to be saved is there once, every line is everywhere once, nothing ran twice.</summary>
    private async Task CheckAsync(Load load, DateTimeOffset began)
    {
        await using var db = house.NewContext();
        var saved = load.Saved.ToHashSet();
        Assert.Equal(load.Saved.Count, saved.Count);
        var rows = await db.Certifications.AsNoTracking().Select(item => new { item.RunReconstruction!.RunNumber, item.RunReconstruction.Reconstruction, Revisions = item.Revisions.Count }).ToListAsync(Token);
        var there = rows.Where(row => saved.Contains((row.RunNumber, row.Reconstruction))).ToList();
        Assert.Equal(saved.Count, there.Count);
        Assert.All(there, row => Assert.Equal(1, row.Revisions));

        foreach (var id in load.Executions)
        {
            var execution = await house.ExecutionAsync(id);
            Assert.Equal((ExecutionState.Succeeded, 0, 1), (execution.State, execution.ExitCode, execution.Attempt));
            // Begun once, and kept as it was printed on the host.
            Assert.Single(execution.Events, item => item.Text == "begun on the host");
            var kept = await db.ExecutionLines.AsNoTracking().Where(line => line.ExecutionId == id).OrderBy(line => line.Number).Select(line => line.Text).ToListAsync(Token);
            Assert.Equal(load.Printed[id], string.Concat(kept.Select(line => line + "\n")));
            Assert.All(load.Watchers.Where(watcher => watcher.Execution == id), watcher =>
            {
                Assert.Empty(watcher.Problems);
                Assert.Equal((load.LinesOf(id), nameof(ExecutionState.Succeeded)), (watcher.Count, watcher.Ended));
            });
        }

        // A recurring job of one minute is made once, whatever schedulers there are; one that was asked for besides is not of the schedule.
        var jobs = await house.QueryAsync<ScheduledJob>($"""
            SELECT name.value AS name, date_trunc('minute', job.createdat) AS minute, count(*)::int AS count
            FROM hangfire.job JOIN hangfire.jobparameter AS name ON name.jobid = job.id AND name.name = 'RecurringJobId'
            WHERE job.createdat >= {began.UtcDateTime}
            GROUP BY 1, 2 ORDER BY 2
            """);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {jobs.Sum(job => job.Count)} scheduled jobs, {jobs.Count(job => job.Count > 1)} made twice"));
        Assert.DoesNotContain(jobs, job => job.Count > 1);
    }

    private sealed record ScheduledJob(string Name, DateTime Minute, int Count);
}
