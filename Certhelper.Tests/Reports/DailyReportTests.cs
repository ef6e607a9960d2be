using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Core.Runs;
using Certhelper.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Reports;

public sealed class DailyReportTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private Actor sara = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ReportSamples Given => new(database);

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        sara = await Given.PersonAsync("sara", "Sara Shifter", Role.Shifter);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task F122_F127_the_text_of_the_26_certifications_is_the_one_that_readers_of_the_ELOG_expect()
    {
        await Given.DailyAsync(sara.UserId);

        var text = PlainText.Render((await ReadAsync()).With(new Dictionary<string, string>
        {
            [DailyNotes.Comment] = "A quiet day.",
            [DailyNotes.Links] = "https://tinyurl.com/prompt-1\nhttps://tinyurl.com/prompt-2",
            [DailyNotes.Hdqm] = "Strip S/N went down by 1 %.",
        }));

        if (Environment.GetEnvironmentVariable("CERTHELPER_KEEP_EXAMPLES") is { Length: > 0 } kept) await File.WriteAllTextAsync(Path.Combine(kept, "daily-26.txt"), text, Token);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Reports", "daily-26.txt"), Token), text);
    }

    [Fact]
    public async Task A_comment_section_exists_only_with_a_comment_and_the_other_headers_always()
    {
        var text = PlainText.Render((await ReadAsync()).With(new Dictionary<string, string>()));

        Assert.Equal(
            """
            =============Reference Runs===============

            =============Runs Checked================
            =============Tracker Maps=================
            =============HDQM Trends==================
            =============Certified Runs===============
            =============Sum of Quantities============
            =============Link to the Prompt Feedback plots============

            """.ReplaceLineEndings("\n"),
            text);
    }

    [Fact]
    public async Task D38_D74_other_conditions_are_other_types_and_the_energy_is_that_of_the_collision()
    {
        await using (var db = database.NewContext())
        {
            foreach (var (run, field, energy, dataset) in new[] { (1, 3.8, 6799.0, "/A/1"), (2, 3.801, 6800.0, "/A/1"), (3, 0.0, 6799.0, "/A/1"), (4, 3.8, 450.0, "/A/1"), (5, 3.8, 6799.0, "/A/2") })
            {
                var made = ReportSamples.Add(db, run, RunType.Collisions, Reconstruction.Express, 1, 10, ReportSamples.Day, true, sara.UserId);
                made.DatasetName = dataset;
                (made.RunReconstruction!.Run!.BFieldTesla, made.RunReconstruction.Run.EnergyGev, made.RunReconstruction.Run.FillTypeParty1) = (field, energy, "PROTON");
            }

            await db.SaveChangesAsync(Token);
        }

        var headlines = (await ReadAsync()).Sections.Single(section => section.Key == "runs-checked").Blocks.OfType<Heading>().Select(heading => heading.Text);

        Assert.Equal(
            [
                "Type 1: express collisions 0 T PROTON 13.6 TeV /A/1", "Type 2: express collisions 3.8 T PROTON 0.9 TeV /A/1",
                "Type 3: express collisions 3.8 T PROTON 13.6 TeV /A/1", "Type 4: express collisions 3.8 T PROTON 13.6 TeV /A/2",
            ],
            headlines);
    }

    [Fact]
    public async Task D73_low_statistics_is_visible_and_what_is_unknown_says_so()
    {
        await using (var db = database.NewContext())
        {
            var made = ReportSamples.Add(db, 7, RunType.Collisions, Reconstruction.Prompt, null, null, ReportSamples.Day, false, sara.UserId);
            (made.StripLowStatistics, made.Comment) = (true, "Ünïcode | and\r\na second line");
            made.RunReconstruction!.Run!.BFieldTesla = null;
            await db.SaveChangesAsync(Token);
        }

        var text = PlainText.Render((await ReadAsync()).With(new Dictionary<string, string>()));

        Assert.Contains("Type 1: prompt collisions ? T ? 13 TeV (dataset unknown)\n", text, StringComparison.Ordinal);
        Assert.Contains("| 7   | -             | -            | unknown         | bad      | bad   | lowstat | Ünïcode | and ", text, StringComparison.Ordinal);
        Assert.Contains("a second line", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\r", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task D71_D75_comment_trends_and_links_belong_to_day_and_person_and_survive_one_certification_more()
    {
        await Given.DailyAsync(sara.UserId);
        await using var db = database.NewContext();
        var desk = ReportSamples.Desk(db, TimeProvider.System);
        var made = Assert.IsType<ReportResult.Done>(await desk.DailyAsync(ReportSamples.Day, sara.UserId, sara, Token));
        await desk.TypeAsync(made.ReportId, await VersionAsync(made.ReportId), new Dictionary<string, string> { [DailyNotes.Comment] = "Kept", [DailyNotes.Hdqm] = "Flat", [DailyNotes.Links] = "https://a" }, sara, Token);
        await using (var other = database.NewContext())
        {
            ReportSamples.Add(other, 300_099, RunType.Collisions, Reconstruction.Express, 1, 1, ReportSamples.Day, true, sara.UserId);
            await other.SaveChangesAsync(Token);
        }

        await desk.RegenerateAsync(made.ReportId, await VersionAsync(made.ReportId), sara, Token);

        var text = PlainText.Render((await db.ReportRevisions.AsNoTracking().SingleAsync(Token)).Document());
        Assert.Contains("300099", text, StringComparison.Ordinal);
        Assert.Contains("=============HDQM Trends==================\nFlat\n", text, StringComparison.Ordinal);
        Assert.Contains("=============Special Comments=============\nKept\n=============Link to the Prompt Feedback plots============\nhttps://a\n", text, StringComparison.Ordinal);
    }

    private async Task<uint> VersionAsync(int report)
    {
        await using var db = database.NewContext();
        return await db.ReportRevisions.Where(revision => revision.ReportId == report).OrderByDescending(revision => revision.Number).Select(revision => revision.Version).FirstAsync(Token);
    }

    private async Task<ReportDocument> ReadAsync()
    {
        await using var db = database.NewContext();
        return await ReportSamples.Writer(db).DailyAsync(ReportSamples.Day, sara.UserId, Token);
    }
}
