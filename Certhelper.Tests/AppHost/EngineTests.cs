using System.Diagnostics;
using Aspire.Hosting;

namespace Certhelper.Tests.AppHost;

/// <summary>The local engine with processes that do nothing but live and die.</summary>
public sealed class EngineTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Resource_starts_when_the_one_it_waits_for_has_completed()
    {
        await using var model = new TinyModel();
        var first = model.Shell("first", "sleep 0.5; echo first >> order");
        model.Shell("second", "echo second >> order; exec sleep 1000").WaitForCompletion(first);

        await model.StartAsync();
        await Processes.UntilAsync(() => Task.FromResult(File.ReadAllLines(model.PathOf("order")).Length == 2), Soon, "both have written");

        Assert.Equal(["first", "second"], File.ReadAllLines(model.PathOf("order")));
    }

    [Fact]
    public async Task Killed_process_is_started_again_and_reported_with_its_last_lines()
    {
        await using var model = new TinyModel();
        model.Shell("worker", "for i in $(seq 30); do echo line $i; done; echo started >> starts; exec sleep 1000");
        await model.StartAsync();
        await Processes.UntilAsync(() => Task.FromResult(File.Exists(model.PathOf("starts"))), Soon, "the first start");
        var first = model.ProcessOf("worker");

        await Processes.KillAsync(first);
        await Processes.UntilAsync(() => Task.FromResult(File.ReadAllLines(model.PathOf("starts")).Length == 2), Soon, "the second start");

        Assert.NotEqual(first, model.ProcessOf("worker"));
        Assert.Contains("worker was ended by signal 9. Its last lines:\n    line 11\n    line 12\n", model.Output, StringComparison.Ordinal);
        Assert.Contains("worker was ended by signal 9 and starts again in 0.5 s (restart 1 of 3).", model.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_that_cannot_start_ends_the_start_with_its_own_line_and_takes_the_others_along()
    {
        await using var model = new TinyModel();
        var other = model.Shell("other", "echo $$ > other.pid; exec sleep 1000");
        var setup = model.Shell("setup", "while [ ! -s other.pid ]; do sleep 0.1; done; echo 'Certhelper cannot start: Oms:BaseUrl is not set.' >&2; exit 1").WaitForStart(other);
        model.Shell("worker", "exec sleep 1000").WaitForCompletion(setup);

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(model.StartAsync);

        Assert.Equal("setup: Oms:BaseUrl is not set.", failure.Message);
        Assert.False(Processes.IsRunning(int.Parse(await File.ReadAllTextAsync(model.PathOf("other.pid"), TestContext.Current.CancellationToken), null)));
        Assert.DoesNotContain("starts again", model.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(model.Builder.Data.FullPath, "processes")));
    }

    [Fact]
    public async Task Program_that_does_not_exist_is_named()
    {
        await using var model = new TinyModel();
        model.Builder.AddExecutable("worker", "no-such-program", ".");

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(model.StartAsync);

        Assert.Equal("worker: there is no program named no-such-program on the PATH.", failure.Message);
    }

    [Fact]
    public async Task Stop_ends_a_process_that_does_not_listen_and_its_children()
    {
        await using var model = new TinyModel();
        model.Shell("deaf", "trap '' TERM; sleep 1000 & echo $! > child.pid; while true; do sleep 1; done");
        await model.StartAsync();
        await Processes.UntilAsync(() => Task.FromResult(File.Exists(model.PathOf("child.pid")) && File.ReadAllText(model.PathOf("child.pid")).Length > 1), Soon, "the child is there");
        var child = int.Parse(await File.ReadAllTextAsync(model.PathOf("child.pid"), TestContext.Current.CancellationToken), null);
        var deaf = model.ProcessOf("deaf");
        var clock = Stopwatch.StartNew();

        await model.Build().StopAsync(TestContext.Current.CancellationToken);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{clock.Elapsed}");
        await Processes.UntilAsync(() => Task.FromResult(!Processes.IsRunning(deaf) && !Processes.IsRunning(child)), Soon, "both have ended");
    }

    [Fact]
    public async Task What_a_killed_engine_left_running_is_ended_at_the_next_start()
    {
        await using var model = new TinyModel();
        using var leftover = Process.Start("sleep", "1000");
        model.Notes.Write("worker", leftover);
        model.Shell("worker", "exec sleep 1000");

        await model.StartAsync();

        Assert.True(leftover.HasExited);
        Assert.Contains("worker was still running from an earlier start and has been ended.", model.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_that_only_has_the_number_of_a_leftover_is_let_alone()
    {
        await using var model = new TinyModel();
        using var stranger = Process.Start("sleep", "1000");
        model.Notes.Write("worker", stranger);
        var note = Directory.GetFiles(Path.Combine(model.Builder.Data.FullPath, "processes")).Single();
        await File.WriteAllTextAsync(note, $"{stranger.Id} 12345", TestContext.Current.CancellationToken);

        var ended = await model.Notes.EndLeftoversAsync(TestContext.Current.CancellationToken);

        Assert.Empty(ended);
        Assert.False(stranger.HasExited);
        stranger.Kill();
    }
}
