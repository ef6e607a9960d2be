using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Certhelper.Core.Administration;
using Certhelper.Core.Lists;
using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Core.Storage;
using Certhelper.Jobs.Background;
using Certhelper.Jobs.Reports;
using Certhelper.Jobs.Sync;
using Certhelper.Standins;
using Certhelper.Standins.Mail;
using Certhelper.Tests.Infrastructure;
using Certhelper.Tests.Jobs;
using Certhelper.Tests.Oms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Certhelper.Tests.Reports;

/// <summary>Schedules from being due to the letter at a real mail server, with processes that end in between.</summary>
public sealed class ScheduledReportsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = new(2024, 10, 14, 6, 0, 0, TimeSpan.Zero);

    private readonly TestClock time = new(Monday.AddDays(-3));
    private readonly MailBox box = new(TimeProvider.System);
    private TestDatabase database = null!;
    private MailServer mail = null!;
    private IHost host = null!;
    private Actor lena = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        var port = FreePort();
        mail = new MailServer(box, Options.Create(new StandinsOptions { SmtpPort = port }));
        await mail.StartAsync(Token);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:certhelper"] = database.ConnectionString,
            ["Mail:Host"] = "127.0.0.1",
            ["Mail:Port"] = port.ToString(CultureInfo.InvariantCulture),
        });
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddDbContext<CerthelperDbContext>(options =>
        {
            options.UseNpgsql(database.ConnectionString, npgsql => npgsql.EnableRetryOnFailure());
            StorageSetup.Configure(options);
        });
        builder.Services.AddReports();
        builder.AddSchedules();
        builder.Services.AddScoped<ScheduleClock>();
        builder.Services.AddScoped<ScheduledMaker>();
        builder.Services.AddScoped<ScheduleJob>();
        host = builder.Build();
        await using var db = database.NewContext();
        var user = new User { Login = "lena", Name = "Lena Leader" };
        db.Users.Add(user);
        await db.SaveChangesAsync(Token);
        lena = new Actor(user.Id, user.Login, user.Name, [Role.Guest, Role.ShiftLeader]);
    }

    public async ValueTask DisposeAsync()
    {
        await mail.StopAsync(CancellationToken.None);
        mail.Dispose();
        host.Dispose();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task What_is_due_is_made_and_sent_once_and_has_its_next_time()
    {
        var id = await ScheduleAsync();
        var early = await WorkAsync();
        time.Advance(Monday - time.GetUtcNow());

        var first = await WorkAsync();
        var second = await WorkAsync();

        Assert.Equal(("0 due, 0 made, 0 failed.", "1 due, 1 made, 0 failed.", "0 due, 0 made, 0 failed."), (early, first, second));
        var making = Assert.Single(await MakingsAsync(id));
        Assert.Equal((MakingState.Done, Monday, 1, 1), (making.State, making.DueAt, making.Attempts, making.Revision));
        var letter = Assert.Single(box.All);
        Assert.Equal(["meeting@cern.ch", "lena@cern.ch"], letter.To);
        Assert.Contains("2024-10-07", making.Log, StringComparison.Ordinal);
        var files = letter.Content.Attachments.OfType<MimePart>().ToList();
        Assert.Equal(["shiftleader_report_2024-10-07_2024-10-13.pdf", "shiftleader_report_2024-10-07_2024-10-13.odp"], files.Select(file => file.FileName));
        Assert.Equal(["%PDF", "PK\u0003\u0004"], files.Select(Beginning));
        await using var db = database.NewContext();
        Assert.Equal(Monday.AddDays(7), (await db.ReportSchedules.SingleAsync(Token)).NextAt);
        var revision = await db.ReportRevisions.Include(row => row.Report).SingleAsync(Token);
        Assert.Equal((new DateOnly(2024, 10, 7), new DateOnly(2024, 10, 13), true), (revision.Report!.From, revision.Report.To, revision.FrozenAt is not null));
    }

    [Fact]
    public async Task Times_that_were_missed_are_made_up_once_with_the_last_of_them()
    {
        var id = await ScheduleAsync();
        time.Advance(Monday.AddDays(16) - time.GetUtcNow());

        await WorkAsync();
        await WorkAsync();

        // By then the clocks have gone back: 8:00 is an hour later in UTC.
        Assert.Equal(Monday.AddDays(14).AddHours(1), Assert.Single(await MakingsAsync(id)).DueAt);
        Assert.Single(box.All);
        await using var db = database.NewContext();
        Assert.Equal(Monday.AddDays(21).AddHours(1), (await db.ReportSchedules.SingleAsync(Token)).NextAt);
    }

    [Fact]
    public async Task Several_jobs_processes_at_the_same_time_make_it_once()
    {
        var id = await ScheduleAsync();
        time.Advance(Monday - time.GetUtcNow());

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ProcessAsync()));
        await ProcessAsync();

        Assert.Equal((MakingState.Done, 1), Assert.Single(await MakingsAsync(id)) is var making ? (making.State, making.Attempts) : default);
        Assert.Single(box.All);
        await using var db = database.NewContext();
        Assert.Equal(1, await db.ReportRevisions.CountAsync(Token));
    }

    [Fact]
    public async Task A_process_that_was_killed_between_making_and_sending_does_not_make_it_again()
    {
        var id = await ScheduleAsync();
        time.Advance(Monday - time.GetUtcNow());
        box.Refuse(1);
        await WorkAsync();
        // As a kill leaves it: begun, made, not sent, and nobody has noted a failure.
        await using (var db = database.NewContext())
            await db.ScheduledMakings.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, MakingState.Running).SetProperty(row => row.NotBefore, Monday), Token);

        await WorkAsync();

        var making = Assert.Single(await MakingsAsync(id));
        Assert.Equal((MakingState.Done, 1), (making.State, making.Revision));
        Assert.Single(box.All);
        await using var after = database.NewContext();
        Assert.Equal(1, await after.ReportRevisions.CountAsync(Token));
    }

    [Fact]
    public async Task A_mail_server_that_refuses_is_asked_again_later_and_the_log_says_so()
    {
        var id = await ScheduleAsync();
        time.Advance(Monday - time.GetUtcNow());
        box.Refuse(1);

        var first = await WorkAsync();
        var tooEarly = await WorkAsync();
        time.Advance(TimeSpan.FromMinutes(1));
        var later = await WorkAsync();

        Assert.Equal(("1 due, 0 made, 1 failed.", "0 due, 0 made, 0 failed.", "0 due, 1 made, 0 failed."), (first, tooEarly, later));
        var making = Assert.Single(await MakingsAsync(id));
        Assert.Equal((MakingState.Done, 2), (making.State, making.Attempts));
        Assert.Matches("did not take it: [45][0-9]{2} \\(", making.Log);
        Assert.Contains("it is tried again in 1 min", making.Log, StringComparison.Ordinal);
        Assert.Equal(FormattableString.Invariant($"making-{making.Id}@certhelper.cern.ch"), Assert.Single(box.All).Content.MessageId);
    }

    [Fact]
    public async Task After_five_attempts_it_is_given_up_and_a_person_can_take_it_up_again()
    {
        var id = await ScheduleAsync();
        time.Advance(Monday - time.GetUtcNow());
        box.Refuse(5);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await WorkAsync();
            time.Advance(TimeSpan.FromHours(3));
        }

        var failed = Assert.Single(await MakingsAsync(id));
        await Desk().RetryAsync(id, failed.Id, lena, Token);
        await WorkAsync();

        Assert.Equal((MakingState.Failed, 5), (failed.State, failed.Attempts));
        Assert.Contains("given up", failed.Log, StringComparison.Ordinal);
        Assert.Equal(MakingState.Done, Assert.Single(await MakingsAsync(id)).State);
        Assert.Single(box.All);
    }

    [Fact]
    public async Task A_pause_is_not_made_up_and_run_now_works_all_the_same_once_for_two_presses()
    {
        var id = await ScheduleAsync();
        await Desk().PauseAsync(id, paused: true, lena, Token);
        time.Advance(Monday.AddDays(1) - time.GetUtcNow());
        var paused = await WorkAsync();
        await Desk().RunNowAsync(id, lena, Token);
        await Desk().RunNowAsync(id, lena, Token);
        var asked = await WorkAsync();
        await Desk().PauseAsync(id, paused: false, lena, Token);
        var resumed = await WorkAsync();

        Assert.Equal(("0 due, 0 made, 0 failed.", "0 due, 1 made, 0 failed.", "0 due, 0 made, 0 failed."), (paused, asked, resumed));
        Assert.Equal(lena.UserId, Assert.Single(await MakingsAsync(id)).AskedById);
        await using var db = database.NewContext();
        Assert.Equal(Monday.AddDays(7), (await db.ReportSchedules.SingleAsync(Token)).NextAt);
    }

    [Fact]
    public async Task Without_recipients_it_is_kept_and_nobody_gets_a_letter()
    {
        var id = await ScheduleAsync(input => input with { Recipients = "" });
        time.Advance(Monday - time.GetUtcNow());

        await WorkAsync();

        Assert.Equal((MakingState.Done, (DateTimeOffset?)null), Assert.Single(await MakingsAsync(id)) is var making ? (making.State, making.SentAt) : default);
        Assert.Empty(box.All);
        await using var db = database.NewContext();
        Assert.Null((await db.ReportRevisions.SingleAsync(Token)).FrozenAt);
    }

    [Fact]
    public async Task Filters_of_a_schedule_narrow_its_reports_and_letters_and_two_schedules_of_one_week_do_not_share_a_report()
    {
        await new ReportSamples(database).WeekAsync(lena.UserId);
        // Due on the Monday after the week of the samples.
        var due = new DateTimeOffset(2018, 5, 21, 6, 0, 0, TimeSpan.Zero);
        time.Advance(due.AddDays(-3) - time.GetUtcNow());
        await ScheduleAsync();
        await ScheduleAsync(input => input with { Name = "Cosmics", Filter = CertificationFilter.OfText("type=Cosmics"), Formats = ["csv"] });
        await ScheduleAsync(input => input with { Name = "Day", Kind = ReportKind.Daily, Period = SchedulePeriod.Yesterday, Filter = CertificationFilter.OfText("type=collisions"), Formats = ["txt"] });
        time.Advance(due - time.GetUtcNow());

        Assert.Equal("3 due, 3 made, 0 failed.", await WorkAsync());
        time.Advance(TimeSpan.FromDays(7));
        await WorkAsync();

        await using var db = database.NewContext();
        var reports = await db.Reports.Where(row => row.From < new DateOnly(2018, 5, 21)).OrderBy(row => row.Kind).ThenBy(row => row.Filter).ToListAsync(Token);
        Assert.Equal(
            [(ReportKind.Daily, "type=collisions", (int?)null), (ReportKind.Weekly, "", null), (ReportKind.Weekly, "type=cosmics", null)],
            reports.Select(row => (row.Kind, row.Filter, row.PersonId)));
        var first = box.All.Reverse().Take(3).Select(mail => mail.Content).ToList();
        var cosmics = first.Single(mail => mail.TextBody!.Contains("“Cosmics”", StringComparison.Ordinal));
        Assert.Contains("\nOnly: Cosmics\n", cosmics.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal("shiftleader_report_2018-05-14_2018-05-20_filtered.csv.zip", Assert.Single(cosmics.Attachments.OfType<MimePart>()).FileName);
        var day = first.Single(mail => mail.TextBody!.Contains("“Day”", StringComparison.Ordinal));
        Assert.Contains("All shifters, 2018-05-20", day.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("cosmics", day.TextBody!, StringComparison.Ordinal);
        var documents = await db.ReportRevisions.Where(row => row.Report!.Kind == ReportKind.Weekly && row.Report.From == new DateOnly(2018, 5, 14)).OrderBy(row => row.Report!.Filter).ToListAsync(Token);
        var (all, some) = (Certified(documents[0]), Certified(documents[1]));
        Assert.True(some.Count > 0 && some.Count < all.Count && some.IsSubsetOf(all), $"{some.Count} of {all.Count}");
        var byHand = await db.Certifications.Where(item => item.RunReconstruction!.Run!.Type == Certhelper.Core.Runs.RunType.Cosmics && item.Date >= new DateOnly(2018, 5, 14) && item.Date <= new DateOnly(2018, 5, 20))
            .Select(item => item.RunReconstruction!.RunNumber).Distinct().ToListAsync(Token);
        Assert.Equal(byHand.Order(), some.Order());

        static HashSet<int> Certified(ReportRevision revision) =>
        [
            .. revision.Document().Sections.Where(section => section.Key.StartsWith("runs-", StringComparison.Ordinal) || section.Key.StartsWith("list", StringComparison.Ordinal))
                .SelectMany(section => section.Blocks.OfType<RunLine>()).SelectMany(line => line.Runs).Where(run => run.Mark is RunMark.Good or RunMark.Bad).Select(run => run.Number),
        ];
    }

    [Fact]
    public async Task A_filter_that_cannot_be_read_any_more_makes_no_report_and_the_log_says_so()
    {
        var id = await ScheduleAsync();
        await using (var db = database.NewContext()) await db.ReportSchedules.ExecuteUpdateAsync(set => set.SetProperty(row => row.Filter, "type=plasma"), Token);
        time.Advance(Monday - time.GetUtcNow());

        await WorkAsync();

        var making = Assert.Single(await MakingsAsync(id));
        Assert.Equal((MakingState.Waiting, (int?)null), (making.State, making.ReportId));
        Assert.Contains("\"plasma\" is none of collisions", making.Log, StringComparison.Ordinal);
        Assert.Empty(box.All);
    }

    private static string Beginning(MimePart part)
    {
        using var stream = new MemoryStream();
        part.Content!.DecodeTo(stream);
        return System.Text.Encoding.ASCII.GetString(stream.ToArray(), 0, 4);
    }

    private async Task<int> ScheduleAsync(Func<ScheduleInput, ScheduleInput>? change = null)
    {
        var input = new ScheduleInput
        {
            Name = "Tracker meeting",
            Kind = ReportKind.Weekly,
            Period = SchedulePeriod.LastWeek,
            Formats = ["pdf", "odp"],
            Cron = "0 8 * * MON",
            TimeZone = "Europe/Zurich",
            Recipients = "meeting@cern.ch, lena@cern.ch",
        };
        var result = await Desk().SaveAsync(null, 0, change is null ? input : change(input), lena, Token);
        return Assert.IsType<ScheduleResult.Done>(result).Id;
    }

    private ScheduleDesk Desk() => host.Services.CreateScope().ServiceProvider.GetRequiredService<ScheduleDesk>();

    private async Task<string> WorkAsync()
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ScheduleJob>().PassAsync(new Steps(), Token);
    }

    /// <summary>As Hangfire starts the job in a process of its own.</summary>
    private async Task ProcessAsync()
    {
        await using var scope = host.Services.CreateAsyncScope();
        var jobs = new SyncJobs(
            null!, null!, null!, null!, null!, null!, null!, scope.ServiceProvider.GetRequiredService<ScheduleJob>(), null!, null!,
            new SitePauses(scope.ServiceProvider.GetRequiredService<SiteBoard>(), TimeProvider.System), scope.ServiceProvider.GetRequiredService<IConfiguration>(), NullLogger<SyncJobs>.Instance);
        await jobs.MakeReportsAsync(null, Token);
    }

    private async Task<List<ScheduledMaking>> MakingsAsync(int id)
    {
        await using var db = database.NewContext();
        return await db.ScheduledMakings.AsNoTracking().Where(row => row.ScheduleId == id).ToListAsync(Token);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
