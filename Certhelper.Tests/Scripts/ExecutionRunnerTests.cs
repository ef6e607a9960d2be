using System.Diagnostics;
using System.Globalization;
using System.Text;
using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Certhelper.Jobs.Scripts;
using Certhelper.Tests.Standins;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Certhelper.Tests.Scripts;

/// <summary>Executions on a real sshd, by workers that are cut off in the middle.</summary>
public sealed class ExecutionRunnerTests(TrackerHostServer server) : IClassFixture<TrackerHostServer>, IAsyncLifetime
{
    private ScriptHouse house = null!;
    private Actor sara = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ExecutionBook Book => house.Services.GetRequiredService<ExecutionBook>();

    public async ValueTask InitializeAsync()
    {
        house = await ScriptHouse.CreateAsync(server);
        sara = await house.PersonAsync("sara", Role.Shifter);
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task D_13_A_host_that_was_never_seen_waits_for_approval_and_then_goes_on_by_itself()
    {
        var id = await house.StartAsync(sara, "practice-quick");
        var work = house.WorkAsync(id, Token);
        await house.UntilAsync(id, row => row.Trouble is not null);
        var waiting = await house.ExecutionAsync(id);
        await house.ApproveAsync();
        await work;
        var ended = await house.ExecutionAsync(id);

        Assert.Equal(ExecutionState.Waiting, waiting.State);
        Assert.Contains("never approved (SHA256:", waiting.Trouble, StringComparison.Ordinal);
        Assert.Null(waiting.StartedAt);
        Assert.Equal(ExecutionState.Succeeded, ended.State);
        Assert.Null(ended.Trouble);
    }

    [Fact]
    public async Task A_changed_key_is_refused_and_nothing_runs()
    {
        await house.TrustAsync();
        await using (var db = house.Db()) await db.HostKeys.ExecuteUpdateAsync(set => set.SetProperty(key => key.Fingerprint, "SHA256:another"), Token);
        var id = await house.StartAsync(sara, "practice-quick");

        await house.WorkAsync(id, Token);
        var ended = await house.ExecutionAsync(id);

        Assert.Equal(ExecutionState.Failed, ended.State);
        Assert.Contains("another key than the approved one", ended.Trouble, StringComparison.Ordinal);
        Assert.Empty(await house.LinesAsync(id));
        await using var after = house.Db();
        Assert.Equal([HostKeyState.Approved, HostKeyState.Pending], await after.HostKeys.OrderBy(key => key.Id).Select(key => key.State).ToListAsync(Token));
    }

    [Fact]
    public async Task D_104_A_script_that_ends_at_once_shows_all_that_it_printed()
    {
        await house.TrustAsync();
        var id = await house.StartAsync(sara, "practice-quick");

        await house.WorkAsync(id, Token);
        var ended = await house.ExecutionAsync(id);

        Assert.Equal(ExecutionState.Succeeded, ended.State);
        Assert.Equal(0, ended.ExitCode);
        Assert.Equal(await RemoteLogAsync(id), await house.OutputAsync(id));
        Assert.NotEmpty(await house.LinesAsync(id));
    }

    [Theory]
    [InlineData("no-newline")]
    [InlineData("long-line")]
    [InlineData("colours")]
    [InlineData("progress")]
    [InlineData("crlf")]
    [InlineData("silent")]
    [InlineData("invalid-utf8")]
    public async Task Odd_output_is_kept_as_it_is(string what)
    {
        await house.TrustAsync();
        var id = await house.StartAsync(sara, "practice-oddities", ("what", what));

        await house.WorkAsync(id, Token);
        var ended = await house.ExecutionAsync(id);

        Assert.Equal(ExecutionState.Succeeded, ended.State);
        Assert.Equal((await RemoteLogAsync(id)).Replace('\0', '\u2400'), await house.OutputAsync(id));
        Assert.Equal(ended.LastLine, (await house.LinesAsync(id)).Count);
        if (what == "progress") Assert.Equal(100, ended.Percent);
    }

    [Fact]
    public async Task A_failing_script_fails_with_its_code_and_its_errors_are_in_the_output()
    {
        await house.TrustAsync();
        var id = await house.StartAsync(sara, "practice-failing");

        await house.WorkAsync(id, Token);
        var ended = await house.ExecutionAsync(id);

        Assert.Equal((ExecutionState.Failed, 3), (ended.State, ended.ExitCode));
        Assert.Contains("exit code 3", ended.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_attempt_is_tried_again_as_often_as_the_definition_says()
    {
        await house.TrustAsync();
        await house.DefineAsync("practice-failing", it => it with { Retries = 1, RetryDelayMinutes = 0 });
        var id = await house.StartAsync(sara, "practice-failing");

        await house.WorkAsync(id, Token);
        var between = await house.ExecutionAsync(id);
        var lines = between.LastLine;
        await house.WorkAsync(id, Token);
        var ended = await house.ExecutionAsync(id);

        Assert.Equal((ExecutionState.Waiting, 2), (between.State, between.Attempt));
        Assert.Equal((ExecutionState.Failed, 2), (ended.State, ended.Attempt));
        Assert.Equal(2 * lines, ended.LastLine);
    }

    [Fact]
    public async Task Another_worker_goes_on_without_losing_or_doubling_a_line()
    {
        await house.TrustAsync();
        var id = await house.StartAsync(sara, "practice-talkative", ("lines", "20000"), ("rate", "5000"));
        for (var worker = 0; worker < 4; worker++)
        {
            using var shutdown = CancellationTokenSource.CreateLinkedTokenSource(Token);
            var work = house.WorkAsync(id, shutdown.Token);
            var before = (await house.ExecutionAsync(id)).LastLine;
            await house.UntilAsync(id, row => row.LastLine > before || row.State.HasEnded());
            await shutdown.CancelAsync();
            await work;
        }

        await house.WorkAsync(id, Token);
        var ended = await house.ExecutionAsync(id);

        Assert.Equal((ExecutionState.Succeeded, 0), (ended.State, ended.ExitCode));
        Assert.Equal(20_000, ended.LastLine);
        Assert.Equal(await RemoteLogAsync(id), await house.OutputAsync(id));
    }

    [Fact]
    public async Task A_worker_that_was_thought_dead_writes_nothing_any_more()
    {
        await house.TrustAsync();
        var id = await house.StartAsync(sara, "practice-talkative", ("lines", "20000"), ("rate", "4000"));
        var first = house.WorkAsync(id, Token);
        await house.UntilAsync(id, row => row.LastLine > 500);

        var newer = await TakenFromTheLivingAsync(id);
        var taken = (await house.ExecutionAsync(id)).LastLine;
        await first;
        var left = await house.ExecutionAsync(id);
        await Book.ReleaseAsync(newer, Token);
        await house.WorkAsync(id, Token);
        var ended = await house.ExecutionAsync(id);

        Assert.Equal((taken, (DateTimeOffset?)null), (left.LastLine, left.EndedAt));
        Assert.Equal((ExecutionState.Succeeded, 20_000L), (ended.State, ended.LastLine));
        Assert.Equal(await RemoteLogAsync(id), await house.OutputAsync(id));
    }

    [Fact]
    public async Task A_worker_that_was_frozen_in_the_middle_of_a_transaction_keeps_the_next_one_waiting_no_longer_than_a_lease()
    {
        var id = await house.StartAsync(sara, "practice-quick");
        var older = await Book.TakeAsync(id, "older", Token);
        await using (var db = house.Db()) await db.Executions.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntil, DateTimeOffset.UnixEpoch), Token);
        // Nothing more comes from it: neither a commit nor the end of the connection.
        await using var frozen = new NpgsqlConnection(StorageSetup.Bounded(house.ConnectionString));
        await frozen.OpenAsync(Token);
        await using var transaction = await frozen.BeginTransactionAsync(Token);
        await using (var write = new NpgsqlCommand("UPDATE executions SET change = change + 1 WHERE id = $1", frozen, transaction) { Parameters = { new() { Value = id } } })
            Assert.Equal(1, await write.ExecuteNonQueryAsync(Token));

        var clock = Stopwatch.StartNew();
        var newer = await Book.TakeAsync(id, "newer", Token);

        Assert.Equal(older!.Fence + 1, newer!.Fence);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(1), StorageSetup.IdleTransaction + TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task An_older_ticket_writes_nothing_and_is_told_so()
    {
        var id = await house.StartAsync(sara, "practice-quick");
        var older = await Book.TakeAsync(id, "first", Token);
        var newer = await TakenFromTheLivingAsync(id);

        await Assert.ThrowsAsync<TicketLostException>(() => Book.AppendAsync(older!, 1, [new CutLine("old", true)], new LogReading(4, 4, null, null, false, false), Token));
        await Assert.ThrowsAsync<TicketLostException>(() => Book.BeatAsync(older!, Token));
        await Assert.ThrowsAsync<TicketLostException>(() => Book.ReadAsync(older!, Token));
        await Assert.ThrowsAsync<TicketLostException>(() => Book.WriteAsync(older!, "old", set => set.SetProperty(row => row.Percent, 99), Token));
        await Assert.ThrowsAsync<TicketLostException>(() => Book.AddFilesAsync(older!, [], Token));
        await Book.ReleaseAsync(older!, Token);
        await Book.AppendAsync(newer, 1, [new CutLine("new", true)], new LogReading(4, 4, null, null, false, false), Token);

        var execution = await house.ExecutionAsync(id);
        Assert.Equal("new\n", await house.OutputAsync(id));
        Assert.Equal((newer.Fence, 1L, (int?)null), (execution.Fence, execution.LastLine, execution.Percent));
        Assert.NotNull(execution.LeaseUntil);
        Assert.DoesNotContain(execution.Events, item => item.Text == "old");
    }

    [Fact]
    public async Task What_runs_on_a_host_that_stays_away_is_given_up_after_its_time_and_nobody_says_that_it_ended()
    {
        await using var away = await ScriptHouse.CreateAsync(server, ("Scripts:Addresses:vocms066", "127.0.0.1:1"));
        var id = await away.StartAsync(await away.PersonAsync("sara", Role.Shifter), "practice-slow", ("seconds", "30"));
        var longAgo = TimeProvider.System.GetUtcNow().AddHours(-2);
        await using (var db = away.Db())
        {
            await db.Executions.Where(row => row.Id == id).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, ExecutionState.Running).SetProperty(row => row.StartedAt, longAgo)
                    .SetProperty(row => row.RemoteFolder, "1-gone").SetProperty(row => row.Deadline, longAgo.AddHours(1)),
                Token);
        }

        await away.WorkAsync(id, Token);
        var ended = await away.ExecutionAsync(id);

        Assert.Equal((ExecutionState.Lost, (int?)null), (ended.State, ended.ExitCode));
        Assert.Contains("it may still run there", ended.Trouble, StringComparison.Ordinal);
        Assert.Contains("cannot be reached", ended.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_is_cut_is_made_anew()
    {
        await house.TrustAsync();
        var id = await house.StartAsync(sara, "practice-talkative", ("lines", "20000"), ("rate", "4000"));
        var work = house.WorkAsync(id, Token);
        await house.UntilAsync(id, row => row.LastLine > 500);
        await CutAsync();
        await work;
        var ended = await house.ExecutionAsync(id);

        Assert.Equal((ExecutionState.Succeeded, 20_000L), (ended.State, ended.LastLine));
        Assert.Equal(await RemoteLogAsync(id), await house.OutputAsync(id));
        Assert.Contains(ended.Events, item => item.Text.Contains("connected again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stop_ends_also_what_does_not_listen_to_TERM_and_says_so()
    {
        await house.TrustAsync();
        var id = await house.StartAsync(sara, "practice-hanging");
        var work = house.WorkAsync(id, Token);
        await house.UntilAsync(id, row => row.LastLine >= 1);
        var clock = Stopwatch.StartNew();

        var answer = await house.StopAsync(sara, id);
        await work;
        var ended = await house.ExecutionAsync(id);

        Assert.Equal(StopResult.Asked, answer);
        Assert.Equal(ExecutionState.Stopped, ended.State);
        Assert.Contains("by force", ended.Trouble, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60));
        Assert.Equal(0, await LeftAsync(ended));
    }

    [Fact]
    public async Task What_left_the_group_is_reported_when_the_script_ends()
    {
        await house.TrustAsync();
        var id = await house.StartAsync(sara, "practice-forking");
        await house.WorkAsync(id, Token);
        var ended = await house.ExecutionAsync(id);

        Assert.Equal(ExecutionState.Succeeded, ended.State);
        Assert.Contains("on the host", ended.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_before_the_begin_does_nothing_on_the_host()
    {
        var id = await house.StartAsync(sara, "practice-slow", ("seconds", "30"));

        var answer = await house.StopAsync(sara, id);
        await house.WorkAsync(id, Token);
        var ended = await house.ExecutionAsync(id);

        Assert.Equal(StopResult.NeverBegun, answer);
        Assert.Equal((ExecutionState.Stopped, 0), (ended.State, ended.Fence));
    }

    [Fact]
    public async Task Time_that_is_up_ends_it_on_the_host_too()
    {
        await house.TrustAsync();
        var id = await house.StartAsync(sara, "practice-slow", ("seconds", "600"));
        var work = house.WorkAsync(id, Token);
        await house.UntilAsync(id, row => row.State == ExecutionState.Running);
        await using (var db = house.Db()) await db.Executions.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Deadline, DateTimeOffset.UnixEpoch), Token);
        await work;
        var ended = await house.ExecutionAsync(id);

        Assert.Equal(ExecutionState.TimedOut, ended.State);
        Assert.Equal(0, await LeftAsync(ended));
    }

    [Fact]
    public async Task The_time_limit_also_ends_waiting_for_a_host_that_is_away()
    {
        await house.DefineAsync("practice-quick", it => it with { Host = "nobody.invalid" });
        var id = await house.StartAsync(sara, "practice-quick");
        var work = house.WorkAsync(id, Token);
        await house.UntilAsync(id, row => row.Trouble is not null);
        var waiting = await house.ExecutionAsync(id);
        await using (var db = house.Db()) await db.Executions.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Deadline, DateTimeOffset.UnixEpoch), Token);
        await work;
        var ended = await house.ExecutionAsync(id);

        Assert.Contains("Nobody knows a host named nobody.invalid", waiting.Trouble, StringComparison.Ordinal);
        Assert.Equal(ExecutionState.TimedOut, ended.State);
    }

    [Theory]
    [InlineData("no-such-secret", "Scripts:Credentials:no-such-secret")]
    public async Task A_secret_that_is_missing_says_which_key_to_set(string credential, string said)
    {
        await house.DefineAsync("practice-quick", it => it with { Credential = credential });
        var id = await house.StartAsync(sara, "practice-quick");

        await house.WorkAsync(id, Token);
        var ended = await house.ExecutionAsync(id);

        Assert.Equal(ExecutionState.Failed, ended.State);
        Assert.Contains(said, ended.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_fails_with_its_name()
    {
        await house.TrustAsync();
        await house.DefineAsync("practice-quick", it => it with { Directory = "{root}/no/such $(id) folder*" });
        var id = await house.StartAsync(sara, "practice-quick");

        await house.WorkAsync(id, Token);
        var ended = await house.ExecutionAsync(id);

        Assert.Equal(ExecutionState.Failed, ended.State);
        Assert.Contains("there is no folder", ended.Trouble, StringComparison.Ordinal);
        Assert.DoesNotContain("uid=", ended.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task D_10_D_12_Hostile_words_arrive_as_they_are_and_run_nothing()
    {
        await house.TrustAsync();
        var hostile = "$(touch owned) `id` ; rm -rf x && \"quoted\" 'single' \\ * ?";
        await house.DefineAsync("practice-quick", it => it with
        {
            Directory = "",
            Command = "printf '%s|\n'",
            Arguments = [new() { Name = "text", Label = "Text", Kind = ScriptArgumentKind.Text }],
        });
        var id = await house.StartAsync(sara, "practice-quick", ("text", hostile));

        await house.WorkAsync(id, Token);

        Assert.Equal(hostile + "|", (await house.OutputAsync(id)).TrimEnd('\n'));
    }

    [Fact]
    public async Task Tracker_maps_are_fetched_and_belong_to_run_and_reconstruction_though_the_script_ends_with_2()
    {
        await house.TrustAsync();
        var id = await house.StartAsync(sara, "tracker-maps", ("type", "StreamExpress"), ("runs", "386593"));

        await house.WorkAsync(id, Token);
        var ended = await house.ExecutionAsync(id);
        var maps = ended.Files.Where(file => file.MapType is not null).ToList();
        await using var content = new MemoryStream();
        await using var scope = house.Services.CreateAsyncScope();
        var found = await scope.ServiceProvider.GetRequiredService<IFileStore>().WriteToAsync(maps[0].Hash, content, Token);

        Assert.Equal((ExecutionState.Succeeded, 2), (ended.State, ended.ExitCode));
        Assert.True(maps.Count > 15);
        Assert.All(maps, map => Assert.Equal((386593, Core.Runs.Reconstruction.Express, "image/png"), (map.RunNumber, map.Reconstruction, map.MediaType)));
        Assert.Contains(ended.Files, file => file.Name.StartsWith("QualityTest_run", StringComparison.Ordinal) && file.MediaType == "text/plain");
        Assert.True(found);
        Assert.Equal(maps[0].Size, content.Length);
    }

    [Fact]
    public async Task D111_an_unknown_run_leaves_no_files_and_does_not_count_as_success()
    {
        await house.TrustAsync();
        var id = await house.StartAsync(sara, "tracker-maps", ("type", "StreamExpress"), ("runs", "1"));

        await house.WorkAsync(id, Token);
        var ended = await house.ExecutionAsync(id);

        Assert.Equal(ExecutionState.Failed, ended.State);
        Assert.Empty(ended.Files);
    }

    [Fact]
    public async Task D_101_The_same_request_twice_is_one_execution_and_another_waits_its_turn()
    {
        await house.TrustAsync();
        await house.DefineAsync("practice-slow", it => it with { Side = 1 });
        var first = await house.StartAsync(sara, "practice-slow", ("seconds", "3"));
        await using var scope = house.Services.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<ExecutionDesk>();
        var same = await desk.StartAsync("practice-slow", new Dictionary<string, string?> { ["seconds"] = "3" }, null, sara, Token);
        var second = await house.StartAsync(sara, "practice-slow", ("seconds", "2"));
        var book = house.Services.GetRequiredService<Certhelper.Jobs.Scripts.ExecutionBook>();

        var handedOut = await book.HandOutAsync(Token);
        var tooEarly = await book.TakeAsync(second, "worker", Token);
        await house.WorkAsync(first, Token);
        var then = await book.HandOutAsync(Token);
        await house.WorkAsync(second, Token);

        Assert.Equal(first, Assert.IsType<StartResult.UnderWay>(same).Id);
        Assert.Equal([first], handedOut);
        Assert.Null(tooEarly);
        Assert.Equal([second], then);
        Assert.Equal(ExecutionState.Succeeded, (await house.ExecutionAsync(second)).State);
    }

    [Fact]
    public async Task Output_beyond_the_limit_is_counted_and_not_kept()
    {
        await house.TrustAsync();
        await house.DefineAsync("practice-talkative", it => it with { OutputLimitMegabytes = 1 });
        var id = await house.StartAsync(sara, "practice-talkative", ("lines", "40000"), ("rate", "100000"));

        await house.WorkAsync(id, Token);
        var ended = await house.ExecutionAsync(id);

        Assert.Equal(ExecutionState.Succeeded, ended.State);
        Assert.True(ended.Truncated);
        Assert.Equal((await RemoteLogAsync(id)).Length, ended.OutputBytes);
        Assert.True(Encoding.UTF8.GetByteCount(await house.OutputAsync(id)) < 1.5 * 1024 * 1024);
    }

    [Fact]
    public async Task A_test_of_the_connection_looks_at_everything_and_runs_nothing()
    {
        await house.TrustAsync();
        var admin = await house.PersonAsync("adam", Role.Admin);
        await using var scope = house.Services.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<ExecutionDesk>();
        var refused = await desk.TestAsync("practice-failing", sara, Token);
        var started = Assert.IsType<StartResult.Started>(await desk.TestAsync("practice-failing", admin, Token));

        await house.WorkAsync(started.Id, Token);
        var output = await house.OutputAsync(started.Id);

        Assert.IsType<StartResult.Refused>(refused);
        Assert.Equal(ExecutionState.Succeeded, (await house.ExecutionAsync(started.Id)).State);
        Assert.Contains($"Signed in as {Environment.UserName}", output, StringComparison.Ordinal);
        Assert.Contains("Script: failing.sh can be read", output, StringComparison.Ordinal);
    }

    /// <summary>The file on the host, which is this machine.</summary>
    private async Task<string> RemoteLogAsync(long id)
    {
        var folder = (await house.ExecutionAsync(id)).RemoteFolder!;
        return Encoding.UTF8.GetString(await File.ReadAllBytesAsync(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".certhelper", folder, "log"), Token));
    }

    private static async Task<int> LeftAsync(Execution execution)
    {
        var answer = await TrackerHostServer.RunAsync("sh", "-c", $"grep -l 'CERTHELPER_EXECUTION={execution.RemoteFolder}' /proc/[0-9]*/environ 2>/dev/null | wc -l");
        return int.Parse(answer.Output.Trim(), CultureInfo.InvariantCulture);
    }

    /// <summary>Takes an execution as if the heartbeat of the worker that has it had not been heard for long.</summary>
    private async Task<Ticket> TakenFromTheLivingAsync(long id)
    {
        while (true)
        {
            await using (var db = house.Db()) await db.Executions.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntil, DateTimeOffset.UnixEpoch), Token);
            // A heartbeat may come between the two.
            if (await Book.TakeAsync(id, "thief", Token) is { } ticket) return ticket;
        }
    }

    /// <summary>Kills the processes of sshd that serve connections, not the one that listens.</summary>
    private async Task CutAsync() => await TrackerHostServer.RunAsync("pkill", "-KILL", "-P", server.ServerProcess.ToString(CultureInfo.InvariantCulture));
}
