using System.Diagnostics;
using System.Globalization;
using System.Text;
using Certhelper.Core.Administration;
using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Certhelper.Tests.AppHost;
using Certhelper.Tests.Infrastructure;
using Certhelper.Tests.Standins;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using Role = Certhelper.Core.People.Role;

namespace Certhelper.Tests.Scripts;

/// <summary>
/// Executions on the real stack, with a part of it killed in the middle of 50,000 lines. Each once;
/// <c>CERTHELPER_KILLS=10</c> repeats them. This stack is the tests' own.
/// </summary>
[Trait("kind", "stack")]
public sealed class KillTests(KillTests.OwnStack own) : IClassFixture<KillTests.OwnStack>
{
    private const int Lines = 50_000;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static int Times => int.Parse(Environment.GetEnvironmentVariable("CERTHELPER_KILLS") is { Length: > 0 } times ? times : "1", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("jobs")]
    [InlineData("connection")]
    [InlineData("redis")]
    [InlineData("postgres")]
    [InlineData("network of postgres")]
    public async Task D102_every_line_is_kept_once_whatever_is_killed(string what)
    {
        for (var time = 1; time <= Times; time++)
        {
            // The engine gives up what dies again and again within seconds of its start.
            if (time > 1) await Task.Delay(TimeSpan.FromSeconds(12), Token);
            var id = await own.StartAsync("practice-talkative", ("lines", Lines.ToString(CultureInfo.InvariantCulture)), ("rate", "5000"));
            await own.UntilAsync(id, row => row.LastLine > 5_000, Limit);

            var clock = Stopwatch.StartNew();
            await KillAsync(what);
            var kept = await own.LinesOfAsync(id);
            await own.UntilAsync(id, row => row.LastLine > kept || row.State.HasEnded(), Limit);
            var back = clock.Elapsed;
            await own.UntilAsync(id, row => row.State.HasEnded(), Limit);
            var ended = await own.ExecutionAsync(id);

            TestContext.Current.TestOutputHelper?.WriteLine($"{what}, time {time}: goes on after {back.TotalSeconds:0.0} s, by worker {ended.Fence}");
            Assert.Equal((ExecutionState.Succeeded, 0, 1), (ended.State, ended.ExitCode, ended.Attempt));
            Assert.Equal(Lines, ended.LastLine);
            Assert.Equal(await RemoteLogAsync(ended), await own.OutputAsync(id));
            Assert.True(back < TimeSpan.FromSeconds(60), $"It went on only after {back}.");
        }
    }

    [Fact]
    public async Task Stop_is_confirmed_and_leaves_no_process_on_the_host()
    {
        for (var time = 1; time <= Times; time++)
        {
            var id = await own.StartAsync("practice-hanging");
            await own.UntilAsync(id, row => row.LastLine >= 1, Limit);

            var clock = Stopwatch.StartNew();
            await own.StopAsync(id);
            await own.UntilAsync(id, row => row.State.HasEnded(), Limit);
            var took = clock.Elapsed;
            var ended = await own.ExecutionAsync(id);
            var left = await TrackerHostServer.RunAsync("sh", "-c", $"grep -l 'CERTHELPER_EXECUTION={ended.RemoteFolder}' /proc/[0-9]*/environ 2>/dev/null | wc -l");

            TestContext.Current.TestOutputHelper?.WriteLine($"stopped after {took.TotalSeconds:0.0} s: {ended.Trouble}");
            Assert.Equal(ExecutionState.Stopped, ended.State);
            Assert.Equal("0", left.Output.Trim());
            Assert.True(took < TimeSpan.FromSeconds(15), $"It was stopped only after {took}.");
        }
    }

    private async Task KillAsync(string what)
    {
        switch (what)
        {
            case "jobs" or "redis":
                await Processes.KillAsync(Processes.IdOf(own.Stack.DataFolder, what));
                break;
            case "connection":
                var server = File.ReadAllText(Path.Combine(own.Stack.DataFolder, "tracker-host", "sshd.pid")).Trim();
                await TrackerHostServer.RunAsync("pkill", "-KILL", "-P", server);
                break;
            case "postgres":
                await KillPostgresAsync(TimeSpan.FromSeconds(10));
                break;
            case "network of postgres":
                // It neither answers nor refuses for ten seconds.
                await SignalAsync("STOP", Postgres());
                await Task.Delay(TimeSpan.FromSeconds(10), Token);
                await SignalAsync("CONT", Postgres());
                break;
        }
    }

    /// <summary>The postmaster dies as from <c>kill -9</c>, and what the engine starts in its place does not get to open its port before the time.</summary>
    private async Task KillPostgresAsync(TimeSpan away)
    {
        var clock = Stopwatch.StartNew();
        var before = Postgres();
        // Below it may be the program that made it somebody who is not root: the server's own note names the server.
        var note = Directory.EnumerateFiles(own.Stack.DataFolder, "postmaster.pid", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 }).Single();
        await Processes.KillAsync(int.Parse((await File.ReadAllLinesAsync(note, Token))[0], CultureInfo.InvariantCulture));
        while (clock.Elapsed < away)
        {
            if (Postgres() != before) await SignalAsync("STOP", Postgres());
            await Task.Delay(20, Token);
        }

        Assert.NotEqual(before, Postgres());
        await SignalAsync("CONT", Postgres());
    }

    private int Postgres() => Processes.IdOf(own.Stack.DataFolder, "postgres");

    /// <summary>To the process, its children and theirs; nothing when there is none.</summary>
    private static async Task SignalAsync(string signal, int id)
    {
        if (id == 0) return;
        await TrackerHostServer.RunAsync("sh", "-c", $"kill -{signal} {id} $(pgrep -P {id}) $(for p in $(pgrep -P {id}); do pgrep -P $p; done)");
    }

    private static async Task<string> RemoteLogAsync(Execution execution) => Encoding.UTF8.GetString(
        await File.ReadAllBytesAsync(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".certhelper", execution.RemoteFolder!, "log"), Token));

    public sealed class OwnStack : IAsyncLifetime
    {
        private DbContextOptions<CerthelperDbContext> options = null!;
        private Actor sara = null!;
        private ConnectionMultiplexer nowhere = null!;

        public Stack Stack { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Stack = await Stack.StartAsync("--tracker-speed", "0.05");
            options = await Stack.OptionsAsync();
            nowhere = await ConnectionMultiplexer.ConnectAsync("127.0.0.1:1,abortConnect=false,connectTimeout=100");
            await using var db = new CerthelperDbContext(options);
            var user = new User { Login = "kill.tester", Name = "Kill Tester" };
            db.Users.Add(user);
            await db.SaveChangesAsync();
            sara = new Actor(user.Id, user.Login, user.Name, [Role.Shifter]);
            // The first contact shows the key, which an administrator would approve.
            var id = await StartAsync("practice-quick");
            await UntilAsync(id, row => row.Trouble is not null, Limit);
            await db.HostKeys.ExecuteUpdateAsync(set => set.SetProperty(key => key.State, HostKeyState.Approved));
            await UntilAsync(id, row => row.State.HasEnded(), Limit);
        }

        public async Task<long> StartAsync(string key, params (string Name, string Value)[] values)
        {
            await using var db = new CerthelperDbContext(options);
            var result = await Desk(db).StartAsync(key, values.ToDictionary(value => value.Name, value => (string?)value.Value), null, sara, Token);
            return Assert.IsType<StartResult.Started>(result).Id;
        }

        public async Task StopAsync(long id)
        {
            await using var db = new CerthelperDbContext(options);
            Assert.Equal(StopResult.Asked, await Desk(db).StopAsync(id, sara, Token));
        }

        public async Task<Execution> ExecutionAsync(long id)
        {
            await using var db = new CerthelperDbContext(options);
            return await db.Executions.AsNoTracking().SingleAsync(row => row.Id == id, Token);
        }

        public async Task<long> LinesOfAsync(long id) => (await ExecutionAsync(id)).LastLine;

        public async Task<string> OutputAsync(long id)
        {
            await using var db = new CerthelperDbContext(options);
            var lines = await db.ExecutionLines.AsNoTracking().Where(line => line.ExecutionId == id).OrderBy(line => line.Number).Select(line => new { line.Text, line.Ends }).ToListAsync(Token);
            return string.Concat(lines.Select(line => line.Ends ? line.Text + "\n" : line.Text));
        }

        public Task UntilAsync(long id, Func<Execution, bool> holds, TimeSpan limit) =>
            Processes.UntilAsync(async () => holds(await ExecutionAsync(id)), limit, $"execution {id} comes so far");

        public async ValueTask DisposeAsync()
        {
            await nowhere.DisposeAsync();
            await Stack.DisposeAsync();
        }

        // Without hints: workers look by themselves.
        private ExecutionDesk Desk(CerthelperDbContext db) => new(db, new ExecutionHints(nowhere, NullLogger<ExecutionHints>.Instance), new SiteBoard(null!), TimeProvider.System);
    }
}
