using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Core.Runs;
using Certhelper.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Certhelper.Tests.Reports;

public sealed class ReportDeskTests : IAsyncLifetime
{
    private static readonly Period Week = Period.WeekOf(ReportSamples.Day);

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2018, 5, 21, 8, 0, 0, TimeSpan.Zero));
    private TestDatabase database = null!;
    private Actor lena = null!;
    private Actor sara = null!;
    private Actor tomas = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        var given = new ReportSamples(database);
        lena = await given.PersonAsync("lena", "Lena Leader", Role.ShiftLeader);
        sara = await given.PersonAsync("sara", "Sara Shifter", Role.Shifter);
        tomas = await given.PersonAsync("tomas", "Tomas Shifter", Role.Shifter);
        await given.WeekAsync(sara.UserId);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task There_is_one_report_of_a_period_also_when_two_make_it_at_once()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var db = database.NewContext();
            return await ReportSamples.Desk(db, time).WeeklyAsync(Week, lena, Token);
        }));

        Assert.Single(made.Distinct());
        await using var check = database.NewContext();
        Assert.Equal(1, await check.ReportRevisions.CountAsync(Token));
    }

    [Fact]
    public async Task Notes_stay_when_the_content_is_made_anew()
    {
        var id = await MadeAsync();
        await DoAsync(async (desk, version) => await desk.TypeAsync(id, version, Notes(("summary", "Good week"), ("2018-05-14/conditions", "New gains")), lena, Token), id);
        await AddRunAsync();

        var done = await DoAsync((desk, version) => desk.RegenerateAsync(id, version, lena, Token), id);

        Assert.Equal(new ReportResult.Done(id, 1), done);
        var text = PlainText.Render((await NewestAsync(id)).Document());
        Assert.Contains("Good week", text, StringComparison.Ordinal);
        Assert.Contains("Conditions update: New gains", text, StringComparison.Ordinal);
        Assert.Contains("4711", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_sent_does_not_change_and_the_next_change_is_the_next_revision()
    {
        var id = await MadeAsync();
        await DoAsync((desk, version) => desk.TypeAsync(id, version, Notes(("summary", "First")), lena, Token), id);
        await DoAsync((desk, version) => desk.FreezeAsync(id, version, lena, Token), id);
        var sent = await NewestAsync(id);
        await AddRunAsync();
        time.Advance(TimeSpan.FromHours(1));

        var regenerated = await DoAsync((desk, version) => desk.RegenerateAsync(id, version, lena, Token), id);
        var typed = await DoAsync((desk, version) => desk.TypeAsync(id, version, Notes(("summary", "Second")), lena, Token), id);

        Assert.Equal((new ReportResult.Done(id, 2), new ReportResult.Done(id, 2)), (regenerated, typed));
        await using var db = database.NewContext();
        var revisions = await db.ReportRevisions.AsNoTracking().OrderBy(revision => revision.Number).ToListAsync(Token);
        Assert.Equal((sent.Content, "First", sent.FrozenAt, sent.Version), (revisions[0].Content, revisions[0].Notes["summary"], revisions[0].FrozenAt, revisions[0].Version));
        Assert.Equal((2, "Second", (DateTimeOffset?)null), (revisions[1].Number, revisions[1].Notes["summary"], revisions[1].FrozenAt));
        var diff = ReportDiff.Between(revisions[0].Document(), revisions[1].Document());
        Assert.Contains(new DiffLine(DiffKind.Removed, "First"), diff);
        Assert.Contains(new DiffLine(DiffKind.Added, "Second"), diff);
        Assert.Contains(diff, line => line.Kind == DiffKind.Added && line.Text.Contains("4711", StringComparison.Ordinal));
        Assert.Empty(ReportDiff.Between(revisions[0].Document(), revisions[0].Document()));
    }

    [Fact]
    public void A_row_that_makes_a_table_wider_is_the_only_row_that_has_changed()
    {
        static ReportDocument Table(params string[] rows) => new(
            ReportKind.Weekly, "Report", "Week", Period.WeekOf(ReportSamples.Day), [],
            [new ReportSection("fills", "Fills", [new ReportTable("fills", "Fills", [new("Fill"), new("Runs")], [.. rows.Select(row => (IReadOnlyList<ReportCell>)[new TextCell("7212"), new TextCell(row)])])])]);

        var diff = ReportDiff.Between(Table("1", "2", "3"), Table("1", "2 and a good deal more than there was", "3"));

        Assert.Equal(
            ["| 7212 | 2    |", "| 7212 | 2 and a good deal more than there was |"],
            diff.Where(line => line.Kind is DiffKind.Added or DiffKind.Removed).Select(line => line.Text));
    }

    [Fact]
    public async Task Who_saw_an_older_state_changes_nothing()
    {
        var id = await MadeAsync();
        var seen = (await NewestAsync(id)).Version;
        await DoAsync((desk, version) => desk.TypeAsync(id, version, Notes(("summary", "Theirs")), lena, Token), id);
        await using var db = database.NewContext();
        var desk = ReportSamples.Desk(db, time);

        Assert.IsType<ReportResult.Conflict>(await desk.TypeAsync(id, seen, Notes(("summary", "Mine")), lena, Token));
        Assert.IsType<ReportResult.Conflict>(await desk.RegenerateAsync(id, seen, lena, Token));
        Assert.IsType<ReportResult.Conflict>(await desk.FreezeAsync(id, seen, lena, Token));
        Assert.Equal(("Theirs", (DateTimeOffset?)null), ((await NewestAsync(id)).Notes["summary"], (await NewestAsync(id)).FrozenAt));
    }

    [Fact]
    public async Task D72_shifters_write_their_own_days_and_leaders_everything()
    {
        await using var db = database.NewContext();
        var desk = ReportSamples.Desk(db, time);

        Assert.IsType<ReportResult.Refused>(await desk.WeeklyAsync(Week, sara, Token));
        Assert.IsType<ReportResult.Refused>(await desk.DailyAsync(ReportSamples.Day, sara.UserId, tomas, Token));
        var own = Assert.IsType<ReportResult.Done>(await desk.DailyAsync(ReportSamples.Day, sara.UserId, sara, Token));
        Assert.IsType<ReportResult.Refused>(await desk.TypeAsync(own.ReportId, (await NewestAsync(own.ReportId)).Version, Notes(("comment", "x")), tomas, Token));
        Assert.IsType<ReportResult.Refused>(await desk.FreezeAsync(own.ReportId, null, tomas, Token));
        Assert.IsType<ReportResult.Done>(await desk.TypeAsync(own.ReportId, (await NewestAsync(own.ReportId)).Version, Notes(("comment", "x")), lena, Token));
        Assert.IsType<ReportResult.NotFound>(await desk.RegenerateAsync(999_999, null, lena, Token));
    }

    [Fact]
    public async Task A_schedule_makes_and_renews_reports_without_a_person()
    {
        await using var db = database.NewContext();
        var desk = ReportSamples.Desk(db, time);

        var made = Assert.IsType<ReportResult.Done>(await desk.WeeklyAsync(Week, null, Token));
        await desk.FreezeAsync(made.ReportId, null, null, Token);
        var again = Assert.IsType<ReportResult.Done>(await desk.RegenerateAsync(made.ReportId, null, null, Token));

        Assert.Equal((1, 2), (made.Number, again.Number));
        Assert.Null((await NewestAsync(made.ReportId)).MadeById);
    }

    [Fact]
    public async Task Too_much_is_refused_at_its_field_and_nothing_is_changed()
    {
        var id = await MadeAsync();

        var longNote = await DoAsync((desk, version) => desk.TypeAsync(id, version, Notes(("summary", new string('x', 20_001)), ("on-call", "Anna")), lena, Token), id);
        var tooManyRuns = await DoAsync((desk, version) => desk.TypeAsync(id, version, Notes(("central-runs", "1-4000 10000-14000")), lena, Token), id);
        await using var db = database.NewContext();
        var tooLong = await ReportSamples.Desk(db, time).WeeklyAsync(new Period(Week.From, Week.From.AddDays(366)), lena, Token);
        var backwards = await ReportSamples.Desk(db, time).WeeklyAsync(new Period(Week.To, Week.From), lena, Token);

        Assert.Equal("summary", Assert.IsType<ReportResult.Invalid>(longNote).Field);
        Assert.Equal("central-runs", Assert.IsType<ReportResult.Invalid>(tooManyRuns).Field);
        Assert.IsType<ReportResult.Invalid>(tooLong);
        Assert.IsType<ReportResult.Invalid>(backwards);
        Assert.Empty((await NewestAsync(id)).Notes);
    }

    private static Dictionary<string, string> Notes(params (string Key, string Text)[] notes) => notes.ToDictionary(note => note.Key, note => note.Text);

    private async Task<int> MadeAsync()
    {
        await using var db = database.NewContext();
        return ((ReportResult.Done)await ReportSamples.Desk(db, time).WeeklyAsync(Week, lena, Token)).ReportId;
    }

    private async Task<ReportResult> DoAsync(Func<ReportDesk, uint, Task<ReportResult>> act, int id)
    {
        await using var db = database.NewContext();
        return await act(ReportSamples.Desk(db, time), (await NewestAsync(id)).Version);
    }

    private async Task<ReportRevision> NewestAsync(int id)
    {
        await using var db = database.NewContext();
        return await db.ReportRevisions.AsNoTracking().Where(revision => revision.ReportId == id).OrderByDescending(revision => revision.Number).FirstAsync(Token);
    }

    private async Task AddRunAsync()
    {
        await using var db = database.NewContext();
        ReportSamples.Add(db, 4711, RunType.Collisions, Reconstruction.Express, 1, 1, ReportSamples.Day, true, sara.UserId);
        await db.SaveChangesAsync(Token);
    }
}
