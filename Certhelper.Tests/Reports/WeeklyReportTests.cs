using System.Globalization;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Core.Runs;
using Certhelper.Tests.Bench;
using Certhelper.Tests.Infrastructure;
using Npgsql;

namespace Certhelper.Tests.Reports;

public sealed class WeeklyReportTests : IAsyncLifetime
{
    private static readonly Period Week = Period.WeekOf(ReportSamples.Day);

    private TestDatabase database = null!;
    private Actor lena = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ReportSamples Given => new(database);

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        lena = await Given.PersonAsync("lena", "Lena Leader", Role.ShiftLeader);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task F150_numbers_of_the_19_certifications_are_the_expected_ones_and_those_of_SQL()
    {
        await Given.WeekAsync(lena.UserId);

        var document = await BuildAsync();

        var groups = Groups(document);
        Assert.Equal("8 8 0 161301.363 161301.363 0", Start(groups["Collisions Express"]));
        Assert.Equal("3 0 3 123133.554 0 123133.554", Start(groups["Collisions Prompt"]));
        Assert.Equal("7 5 2", string.Join(' ', groups["Cosmics Express"].Split(' ').Take(3)));
        Assert.Equal("1 0 1", string.Join(' ', groups["Cosmics Prompt"].Split(' ').Take(3)));
        Assert.Equal(await WeekBySql.GroupsAsync(database, Week.From, Week.To), groups);

        static string Start(string words) => string.Join(' ', words.Split(' ').Take(6));
    }

    [Fact]
    public async Task F149_the_days_have_the_expected_numbers()
    {
        await Given.WeekAsync(lena.UserId);

        var document = await BuildAsync();

        Assert.Equal(
            ["day-2018-05-14", "day-2018-05-15", "day-2018-05-17", "day-2018-05-18", "day-2018-05-20"],
            document.Sections.Select(section => section.Key).Where(key => key.StartsWith("day-", StringComparison.Ordinal)));
        var monday = document.Sections.Single(section => section.Key == "day-2018-05-14");
        Assert.Equal("Day by day notes: Monday, 2018-05-14", monday.Title);
        var points = monday.Blocks.OfType<Bullets>().First().Items;
        Assert.Equal(
            ["Collisions: 3 in Stream-Express (5212 pb⁻¹); 1 in Prompt-Reco (1.234 pb⁻¹)", "Cosmics: 3 in Stream-Express; 1 in Prompt-Reco"],
            points[1].Items!.Select(item => item.Text));
        Assert.Equal("Total number of BAD runs = 3 (1.234 pb⁻¹)", points[2].Text);
    }

    [Fact]
    public async Task Mixed_weeks_other_reconstructions_missing_facts_and_deleted_ones_agree_with_SQL()
    {
        var day = new DateOnly(2024, 12, 30);
        var random = new Random(5);
        await using (var db = database.NewContext())
        {
            for (var run = 1; run <= 150; run++)
            {
                var type = random.Next(10) switch { 0 => (RunType?)null, < 7 => RunType.Collisions, _ => RunType.Cosmics };
                foreach (var reconstruction in Reconstructions.Certifiable.Where(_ => random.Next(3) > 0))
                {
                    var made = ReportSamples.Add(
                        db, run, RunType.Collisions, reconstruction, random.Next(8) == 0 ? null : random.Next(1, 1_000_000) / 7e5, random.Next(8) == 0 ? null : random.Next(1, 2000),
                        day.AddDays(random.Next(-8, 9)), random.Next(4) > 0, lena.UserId);
                    made.RunReconstruction!.Run!.Type = type;
                    made.PixelLowStatistics = random.Next(6) == 0;
                    made.StripLowStatistics = random.Next(6) == 0;
                    if (random.Next(12) == 0) made.DeletedAt = new DateTimeOffset(2024, 12, 31, 0, 0, 0, TimeSpan.Zero);
                }
            }

            await db.SaveChangesAsync(Token);
        }

        foreach (var period in new[] { Period.WeekOf(day), new Period(day.AddDays(-8), day.AddDays(8)), new Period(day, day) })
        {
            var document = await BuildAsync(period);
            Assert.Equal(await WeekBySql.GroupsAsync(database, period.From, period.To), Groups(document).Where(group => !group.Value.StartsWith("0 ", StringComparison.Ordinal)).ToDictionary());
            Assert.Equal(await WeekBySql.ChangedAsync(database, period.From, period.To), Changed(document));
        }
    }

    [Fact]
    public async Task Numbers_of_weeks_among_ten_thousand_certifications_are_those_of_SQL()
    {
        await using (var connection = new NpgsqlConnection(database.ConnectionString))
        {
            await connection.OpenAsync(Token);
            await new BenchData(connection, 10_000).WriteAsync(Token);
        }

        // An ordinary week, the one in which clocks change, and four that no calendar knows.
        foreach (var period in new[] { Week, Period.WeekOf(new DateOnly(2018, 3, 25)), new Period(new DateOnly(2018, 2, 27), new DateOnly(2018, 3, 26)) })
        {
            var document = await BuildAsync(period);
            var expected = await WeekBySql.GroupsAsync(database, period.From, period.To);
            Assert.True(expected.Count > 3);
            Assert.Equal(expected, Groups(document).Where(group => !group.Value.StartsWith("0 ", StringComparison.Ordinal)).ToDictionary());
            Assert.Equal(await WeekBySql.ChangedAsync(database, period.From, period.To), Changed(document));
        }
    }

    [Fact]
    public async Task D93_flags_changed_are_runs_between_reconstructions_that_follow_each_other()
    {
        await FlagsAsync();

        var document = await BuildAsync();

        Assert.Equal(new Dictionary<string, string> { ["2018-05-14"] = "4 5 14" }, Changed(document));
        var points = document.Sections.Single(section => section.Key == "day-2018-05-14").Blocks.OfType<Bullets>().First().Items;
        var changed = points.Single(item => item.Text == "Number of changed flags Express→Prompt = 3");
        Assert.Equal([new(4, RunMark.Bad), new(5, RunMark.Good), new(14, RunMark.Bad)], changed.Runs!);
    }

    [Fact]
    public async Task F151_the_list_of_the_central_certification_is_checked()
    {
        await FlagsAsync();

        await using var db = database.NewContext();
        var document = await ReportSamples.Writer(db).WeeklyAsync(Week, "0, 1 2 3;4\n5,6,7,8 [10, 11, 12] 13 14 15 x", null, Token);

        var section = document.Sections.Single(part => part.Key == "weekly-certification");
        var table = section.Blocks.OfType<ReportTable>().Single(part => part.Name == "central-certification");
        Assert.Equal(["Collisions", "1:good 3:good", "6:bad", "5:good", "4:bad", "2 7"], table.Rows[0].Select(CellText.Raw));
        Assert.Equal(["Cosmics", "11:good", "", "", "14:bad", "10 12 13"], table.Rows[1].Select(CellText.Raw));
        Assert.Equal([0, 8, 15], section.Blocks.OfType<RunLine>().Single().Runs.Select(run => run.Number));
    }

    [Fact]
    public async Task F147_F148_D39_D40_fills_have_their_luminosity_and_all_their_runs_with_the_certified_ones_marked()
    {
        await using (var db = database.NewContext())
        {
            db.Fills.Add(new Fill { FillNumber = 7212, BunchesColliding = 2544, DeliveredLumiInvPb = 400, RecordedLumiInvPb = 380.4, PeakLumiE30 = 18_900, PeakPileup = 50.5681 });
            db.Fills.Add(new Fill { FillNumber = 7213, BunchesColliding = null, DeliveredLumiInvPb = 3 });
            db.Runs.Add(new Run { RunNumber = 323_390, FillNumber = 7212, Type = RunType.Collisions });
            db.Runs.Add(new Run { RunNumber = 323_400, FillNumber = 7212, Type = RunType.Cosmics });
            ReportSamples.Add(db, 323_388, RunType.Collisions, Reconstruction.Express, 1, 1, ReportSamples.Day, true, lena.UserId, 7212);
            ReportSamples.Add(db, 323_391, RunType.Collisions, Reconstruction.Express, 1, 1, ReportSamples.Day, false, lena.UserId, 7212);
            ReportSamples.Add(db, 323_413, RunType.Cosmics, Reconstruction.Express, 1, 1, ReportSamples.Day, true, lena.UserId, 7213);
            await db.SaveChangesAsync(Token);
        }

        var document = await BuildAsync();

        var row = Assert.Single(Table(document, "recorded-luminosity").Rows);
        Assert.Equal(["7212", "323388", "323391", "400.000", "380.400", "95.10", "18.900", "50.568", "2544"], row.Select(cell => CellText.Of(cell)));
        var fills = Assert.Single(Table(document, "fills-collisions-express").Rows);
        Assert.Equal(["7212", "323391:bad 323390:not-certified 323388:good"], fills.Select(CellText.Raw));
        Assert.Equal(["7213", "323413:good"], Table(document, "fills-cosmics-express").Rows.Single().Select(CellText.Raw));
        Assert.Empty(Table(document, "fills-collisions-prompt").Rows);
    }

    [Fact]
    public async Task F153_the_sections_come_in_the_order_of_the_slides()
    {
        await Given.WeekAsync(lena.UserId);

        var titles = (await BuildAsync()).Sections.Select(section => section.Title).ToList();

        Assert.Equal(
            [
                "Recorded Luminosity", "List of LHC Fills - Collisions Express", "List of LHC Fills - Collisions Prompt", "List of LHC Fills - Cosmics Express", "List of LHC Fills - Cosmics Prompt",
                "Day by day notes: Monday, 2018-05-14", "Day by day notes: Tuesday, 2018-05-15", "Day by day notes: Thursday, 2018-05-17", "Day by day notes: Friday, 2018-05-18",
                "Day by day notes: Sunday, 2018-05-20", "Weekly certification", "Summary of week 20", "List of runs certified StreamExpress", "List of runs certified Prompt",
            ],
            titles.Take(14));
    }

    [Fact]
    public async Task The_week_before_problems_reasons_and_shifters_are_told()
    {
        await using (var db = database.NewContext())
        {
            var bad = ReportSamples.Add(db, 11, RunType.Collisions, Reconstruction.Express, 5, 1, ReportSamples.Day, false, lena.UserId);
            bad.BadReason = new BadReason { Name = "Timing Problem of the test", Description = "d" };
            bad.Problems.Add(new ComponentProblem { Component = Component.Strip, Name = "Hole of the test", Description = "d" });
            ReportSamples.Add(db, 12, RunType.Collisions, Reconstruction.Express, 7, 1, ReportSamples.Day.AddDays(-1), true, lena.UserId);
            ReportSamples.Add(db, 13, RunType.Collisions, Reconstruction.Express, 8, 1, ReportSamples.Day.AddDays(-7), true, lena.UserId);
            ReportSamples.Add(db, 14, RunType.Collisions, Reconstruction.Express, 9, 1, ReportSamples.Day.AddDays(-8), true, lena.UserId);
            await db.SaveChangesAsync(Token);
        }

        var document = await BuildAsync();

        Assert.Equal(["Collisions Express", "1", "2", "-1", "1", "0", "5", "15"], Table(document, "comparison").Rows[0].Select(CellText.Raw));
        Assert.Equal(["Strip: Hole of the test", "1", "11"], Table(document, "problems").Rows.Single().Select(CellText.Raw));
        Assert.Equal(["Timing Problem of the test", "1", "11"], Table(document, "bad-reasons").Rows.Single().Select(CellText.Raw));
        Assert.Equal(["Lena Leader", "1", "0", "1", "Mon 14 May"], Table(document, "shifters").Rows.Single().Select(CellText.Raw));
    }

    [Fact]
    public async Task F130_links_of_daily_reports_stand_at_their_day()
    {
        await Given.WeekAsync(lena.UserId);
        await using var db = database.NewContext();
        var desk = ReportSamples.Desk(db, TimeProvider.System);
        var daily = (ReportResult.Done)await desk.DailyAsync(ReportSamples.Day, lena.UserId, lena, Token);
        await desk.TypeAsync(
            daily.ReportId, db.ReportRevisions.Single(revision => revision.ReportId == daily.ReportId).Version,
            new Dictionary<string, string> { [DailyNotes.Links] = "https://tinyurl.com/a\n\nhttps://tinyurl.com/b" }, lena, Token);

        var document = await BuildAsync();

        var feedback = document.Sections.Single(section => section.Key == "day-2018-05-14").Blocks.OfType<Bullets>().Last().Items;
        Assert.Equal($"Daily reports: Lena Leader (/reports/{daily.ReportId})", feedback[0].Text);
        Assert.Equal(["https://tinyurl.com/a", "https://tinyurl.com/b"], feedback[1].Items!.Select(item => item.Text));
        Assert.Equal("Prompt Feedback plots: none", document.Sections.Single(section => section.Key == "day-2018-05-15").Blocks.OfType<Bullets>().Last().Items[0].Text);
    }

    [Fact]
    public async Task A_document_is_the_same_after_having_been_stored()
    {
        await Given.WeekAsync(lena.UserId);
        var document = await BuildAsync();

        var again = ReportJson.Read(ReportJson.Write(document));

        Assert.Equal(PlainText.Render(document), PlainText.Render(again));
        Assert.Equal(HtmlText.Page(document), HtmlText.Page(again));
        Assert.Equal(ReportJson.Write(document), ReportJson.Write(again));
    }

    internal static ReportTable Table(ReportDocument document, string name) =>
        document.Sections.SelectMany(section => section.Blocks.OfType<ReportTable>()).Single(table => table.Name == name);

    /// <summary>In the words of <see cref="WeekBySql.GroupsAsync"/>.</summary>
    internal static Dictionary<string, string> Groups(ReportDocument document) => Table(document, "weekly-certification").Rows.ToDictionary(
        row => $"{CellText.Of(row[0])} {CellText.Of(row[1])}",
        row => string.Join(' ', row.Skip(2).Select(cell => cell is LuminosityCell lumi ? Math.Round((decimal)lumi.InversePicobarn!.Value, 6).ToString("0.######", CultureInfo.InvariantCulture) : CellText.Raw(cell))));

    private static Dictionary<string, string> Changed(ReportDocument document) => document.Sections
        .Where(section => section.Key.StartsWith("day-", StringComparison.Ordinal))
        .Select(section => (Day: section.Key[4..], section.Blocks.OfType<Bullets>().First().Items.Single(item => item.Text.Contains("flags Express→Prompt", StringComparison.Ordinal)).Runs))
        .Where(day => day.Runs!.Count > 0)
        .ToDictionary(day => day.Day, day => string.Join(' ', day.Runs!.Select(run => run.Number).Order()));

    private async Task FlagsAsync()
    {
        await using var db = database.NewContext();
        void Add(RunType type, Reconstruction reconstruction, bool good, params int[] runs)
        {
            foreach (var run in runs) ReportSamples.Add(db, run, type, reconstruction, 1, 1, ReportSamples.Day, good, lena.UserId);
        }

        Add(RunType.Collisions, Reconstruction.Express, true, 1, 2, 3, 4);
        Add(RunType.Collisions, Reconstruction.Express, false, 5, 6, 7);
        Add(RunType.Collisions, Reconstruction.Prompt, true, 1, 3, 5);
        Add(RunType.Collisions, Reconstruction.Prompt, false, 4, 6);
        Add(RunType.Cosmics, Reconstruction.Express, true, 10, 11, 12, 13, 14);
        Add(RunType.Cosmics, Reconstruction.Prompt, true, 11);
        Add(RunType.Cosmics, Reconstruction.Prompt, false, 14);
        await db.SaveChangesAsync(Token);
    }

    private async Task<ReportDocument> BuildAsync(Period? period = null)
    {
        await using var db = database.NewContext();
        return await ReportSamples.Writer(db).WeeklyAsync(period ?? Week, null, lena.Name, Token);
    }
}
