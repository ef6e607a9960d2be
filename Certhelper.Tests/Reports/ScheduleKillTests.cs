using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Certhelper.Core.Lists;
using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Tests.AppHost;
using Certhelper.Tests.Standins;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Certhelper.Tests.Reports;

/// <summary>
/// A scheduled report on the real stack, with the jobs process killed (<c>kill -9</c>) in the middle of it; the app host starts the next
/// one. Each once; <c>CERTHELPER_KILLS=10</c> repeats them. This stack is the tests' own.
/// </summary>
[Trait("kind", "long")]
public sealed class ScheduleKillTests(RecoveryTests.OwnStack own) : IClassFixture<RecoveryTests.OwnStack>
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static int Times => int.Parse(Environment.GetEnvironmentVariable("CERTHELPER_KILLS") is { Length: > 0 } times ? times : "1", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("making")]
    [InlineData("sending")]
    public async Task One_report_and_one_letter_come_out_whenever_the_process_is_killed(string during)
    {
        for (var time = 1; time <= Times; time++)
        {
            var to = FormattableString.Invariant($"killed-{during}-{time}@cern.ch");
            var schedule = await ScheduleAsync(to, FormattableString.Invariant($"runs={time}&text={during}"));
            var hold = await HoldAsync(during);
            var jobs = 0;
            try
            {
                await AskAsync(schedule);
                await Processes.UntilAsync(() => IsInTheMiddleAsync(schedule, during), Limit, $"the process is in the middle of {during}");
                jobs = Processes.IdOf(own.Stack.DataFolder, "jobs");
                await Processes.KillAsync(jobs);
            }
            finally
            {
                await hold();
            }

            var clock = Stopwatch.StartNew();
            await Processes.UntilAsync(async () => (await MakingAsync(schedule)).EndedAt is not null, Limit, "another process ends it");
            TestContext.Current.TestOutputHelper?.WriteLine($"{during}, time {time}: done {clock.Elapsed.TotalSeconds:0.0} s after the kill");
            // Whatever else would make it again has its turn before we count.
            var marker = await ScheduleAsync("", FormattableString.Invariant($"runs={time}&text={during}-after"));
            await AskAsync(marker);
            await Processes.UntilAsync(async () => (await MakingAsync(marker)).EndedAt is not null, Limit, "a later one is made");

            Assert.NotEqual(jobs, Processes.IdOf(own.Stack.DataFolder, "jobs"));
            var making = await MakingAsync(schedule);
            Assert.Equal((MakingState.Done, 2, 1), (making.State, making.Attempts, making.Revision));
            await using var db = await own.Stack.NewContextAsync();
            var filter = await db.ReportSchedules.Where(row => row.Id == schedule).Select(row => row.Filter).SingleAsync(Token);
            var report = Assert.Single(await db.Reports.AsNoTracking().Include(row => row.Revisions).Where(row => row.Filter == filter).ToListAsync(Token));
            Assert.Equal(making.ReportId, report.Id);
            Assert.NotNull(Assert.Single(report.Revisions).FrozenAt);
            Assert.Single(await LettersAsync(to));
        }
    }

    private sealed record Letter(IReadOnlyList<string> To, string MessageId);

    /// <summary>Keeps the process in the middle: nobody can write a revision, or the mail server does not say a word.</summary>
    /// <returns>Lets go.</returns>
    private async Task<Func<Task>> HoldAsync(string during)
    {
        if (during == "sending")
        {
            var standins = Processes.IdOf(own.Stack.DataFolder, "standins").ToString(CultureInfo.InvariantCulture);
            await TrackerHostServer.RunAsync("kill", "-STOP", standins);
            return () => TrackerHostServer.RunAsync("kill", "-CONT", standins);
        }

        var connection = await ConnectAsync();
        var transaction = await connection.BeginTransactionAsync(Token);
        await using var command = new NpgsqlCommand("LOCK TABLE report_revisions IN SHARE MODE", connection, transaction);
        await command.ExecuteNonQueryAsync(Token);
        return async () =>
        {
            await transaction.RollbackAsync(CancellationToken.None);
            await connection.DisposeAsync();
        };
    }

    private async Task<bool> IsInTheMiddleAsync(int schedule, string during)
    {
        var making = await MakingAsync(schedule);
        if (making.State != MakingState.Running) return false;
        if (during == "sending") return making is { ReportId: not null, SentAt: null };
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'report_revisions'::regclass)", connection);
        return await command.ExecuteScalarAsync(Token) is true;
    }

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(await own.Stack.ConnectionStringAsync()) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Token);
        return connection;
    }

    private async Task<int> ScheduleAsync(string to, string filter)
    {
        await using var db = await own.Stack.NewContextAsync();
        var result = await new ScheduleDesk(db, TimeProvider.System).SaveAsync(
            null, 0,
            new ScheduleInput
            {
                Name = "Killed " + to,
                Kind = ReportKind.Weekly,
                Period = SchedulePeriod.LastWeek,
                Filter = CertificationFilter.OfText(filter),
                Formats = ["pdf", "odp"],
                Cron = "0 8 1 1 *",
                TimeZone = "Europe/Zurich",
                Recipients = to,
            },
            await LeaderAsync(), Token);
        return Assert.IsType<ScheduleResult.Done>(result).Id;
    }

    private async Task AskAsync(int schedule)
    {
        await using var db = await own.Stack.NewContextAsync();
        Assert.IsType<ScheduleResult.Done>(await new ScheduleDesk(db, TimeProvider.System).RunNowAsync(schedule, await LeaderAsync(), Token));
    }

    private async Task<Actor> LeaderAsync()
    {
        await using var db = await own.Stack.NewContextAsync();
        var user = await db.Users.SingleOrDefaultAsync(row => row.Login == "kill.leader", Token);
        if (user is null)
        {
            user = new User { Login = "kill.leader", Name = "Kill Leader" };
            db.Users.Add(user);
            await db.SaveChangesAsync(Token);
        }

        return new Actor(user.Id, user.Login, user.Name, [Role.ShiftLeader]);
    }

    private async Task<ScheduledMaking> MakingAsync(int schedule)
    {
        await using var db = await own.Stack.NewContextAsync();
        return await db.ScheduledMakings.AsNoTracking().SingleAsync(row => row.ScheduleId == schedule, Token);
    }

    private async Task<IReadOnlyList<Letter>> LettersAsync(string to)
    {
        using var client = own.Stack.CreateClient("standins");
        var all = await client.GetFromJsonAsync<List<Letter>>("/mail/messages", Token);
        return [.. all!.Where(letter => letter.To.Contains(to))];
    }
}
