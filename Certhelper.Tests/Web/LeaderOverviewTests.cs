using System.Globalization;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Tests.Web.Infrastructure;
using Npgsql;

namespace Certhelper.Tests.Web;

/// <summary>The numbers of the overview, against a script of its own that knows nothing of the application.</summary>
public sealed class LeaderOverviewTests
{
    private const string Script = """
        WITH chosen AS (
          SELECT c.*, rr.run_number, lower(rr.reconstruction) AS reconstruction, coalesce(lower(r.type), 'undecided') AS type,
                 r.recorded_lumi_inv_pb AS lumi, coalesce(r.lumisections, 0) AS ls,
                 (c.strip = 'Good' OR c.strip_low_statistics) AND (c.tracking = 'Good' OR c.tracking_low_statistics)
                   AND (coalesce(r.type, '') = 'Cosmics' OR c.pixel = 'Good' OR c.pixel_low_statistics) AS good
          FROM certifications c
          JOIN run_reconstructions rr ON rr.id = c.run_reconstruction_id
          JOIN runs r ON r.run_number = rr.run_number
          WHERE c.deleted_at IS NULL AND c.date BETWEEN @from AND @to)
        SELECT type, reconstruction, count(*), count(DISTINCT run_number), count(*) FILTER (WHERE NOT good), count(*) FILTER (WHERE tracker_map = 'Missing'),
               coalesce(sum(lumi), 0), sum(ls)
        FROM chosen GROUP BY type, reconstruction
        UNION ALL
        SELECT 'all', NULL, (SELECT count(*) FROM chosen), count(*), (SELECT count(*) FROM chosen WHERE NOT good),
               (SELECT count(*) FROM chosen WHERE tracker_map = 'Missing'), coalesce(sum(lumi), 0), sum(ls)
        FROM (SELECT DISTINCT ON (run_number) run_number, lumi, ls FROM chosen) AS runs
        """;

    private sealed record Line(string Type, string? Reconstruction, long Certifications, long Runs, long Bad, long Missing, double InvPb, long Lumisections);

    [Fact]
    public async Task The_weekly_data_set_gives_the_known_numbers()
    {
        await using var site = await SiteAsync();
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        await LeaderSamples.KeepAsync(site.Database, lena.User!, LeaderSamples.Nineteen);

        var page = await lena.GetAsync("/leader/overview?from=2018-05-14&to=2018-05-20");
        var monday = await lena.GetAsync("/leader/overview?from=2018-05-14&to=2018-05-14");

        Assert.Equal("Week 20", page.Find("h1").TextContent);
        Assert.Equal(
            [
                new("collisions", "express", 8, 8, 0, 0, 161301.363, 71806), new("collisions", "prompt", 3, 3, 3, 0, 123133.554, 10026),
                new("cosmics", "express", 7, 7, 2, 0, 0.1234, 2224), new("cosmics", "prompt", 1, 1, 1, 0, 0, 25),
                new("all", null, 19, 19, 6, 0, 284435.0404, 84081),
            ],
            Lines(page));
        Assert.Equal(
            [("collisions", "express", 2L, 5212.0), ("collisions", "prompt", 1, 1.234), ("cosmics", "express", 3, 0.1234), ("cosmics", "prompt", 1, 0)],
            Lines(monday).SkipLast(1).Select(line => (line.Type, line.Reconstruction!, line.Certifications, line.InvPb)));
    }

    [Theory]
    [InlineData("2024-03-25", "2024-03-31")]
    [InlineData("2024-10-21", "2024-10-27")]
    [InlineData("2024-12-30", "2025-01-05")]
    [InlineData("2024-12-01", "2025-01-31")]
    [InlineData("2024-10-26", "2024-10-28")]
    [InlineData("2024-12-31", "2024-12-31")]
    public async Task On_edges_of_weeks_clock_changes_and_the_turn_of_the_year_the_page_says_what_the_script_says(string from, string to)
    {
        await using var site = await SiteAsync();
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        await FillAsync(site, lena.User!);

        var page = await lena.GetAsync($"/leader/overview?from={from}&to={to}");

        var expected = await ScriptAsync(site, Day(from), Day(to));
        Assert.NotEmpty(expected);
        Assert.Equal(expected.OrderBy(Order), Lines(page).OrderBy(Order));
    }

    [Fact]
    public async Task Named_weeks_hold_seven_days_and_neighbours_share_none()
    {
        await using var site = await SiteAsync();
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        await FillAsync(site, lena.User!);
        var whole = (await ScriptAsync(site, Day("2024-10-14"), Day("2024-11-03"))).Single(line => line.Type == "all").Certifications;
        var sum = 0L;
        var address = "/leader/overview?from=2024-10-14&to=2024-10-20";

        foreach (var _ in Enumerable.Range(0, 3))
        {
            var page = await lena.GetAsync(address);
            sum += Lines(page).Single(line => line.Type == "all").Certifications;
            address = page.Find(".period-steps a[rel=next]").GetAttribute("href")!;
        }

        Assert.Equal(whole, sum);
    }

    [Fact]
    public async Task Shifters_problems_and_reasons_are_counted_and_lead_to_their_runs()
    {
        await using var site = await SiteAsync();
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var ids = await LeaderSamples.KeepAsync(site.Database, sara.User!, Days("2024-10-08", 4));
        await LeaderSamples.KeepAsync(site.Database, lena.User!, Days("2024-10-09", 1));
        await ExecuteAsync(site, $"""
            INSERT INTO certification_problems (certification_id, problem_id) SELECT {ids[0]}, id FROM component_problems ORDER BY id LIMIT 2;
            INSERT INTO certification_problems (certification_id, problem_id) SELECT {ids[1]}, id FROM component_problems ORDER BY id LIMIT 1;
            UPDATE certifications SET bad_reason_id = (SELECT id FROM bad_reasons ORDER BY id LIMIT 1) WHERE id IN ({ids[0]}, {ids[1]}, {ids[2]})
            """);

        var page = await lena.GetAsync("/leader/overview?from=2024-10-07&to=2024-10-13");

        Assert.Equal([$"{sara.User!.Name} 4 4 0", $"{lena.User!.Name} 1 1 0"], Rows(page, "#shifters-title"));
        Assert.Equal(["2", "1"], page.Document.QuerySelectorAll("section[aria-labelledby=problems-title] .rows strong").Select(item => item.TextContent));
        Assert.Equal("3", page.Find("section[aria-labelledby=reasons-title] .rows strong").TextContent);
        var ofSara = await lena.GetAsync(page.Find("section[aria-labelledby=shifters-title] tbody a").GetAttribute("href")!);
        Assert.Equal(4, ofSara.Document.QuerySelectorAll("#list tbody tr").Length);
        var withProblem = await lena.GetAsync(page.Find("section[aria-labelledby=problems-title] .rows a").GetAttribute("href")!);
        Assert.Equal(2, withProblem.Document.QuerySelectorAll("#list tbody tr").Length);
    }

    [Fact]
    public async Task D41_missing_maps_are_marked_and_progress_counts_open_datasets_of_the_periods_runs()
    {
        await using var site = await SiteAsync();
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var day = Day("2024-10-08");
        await LeaderSamples.KeepAsync(site.Database, lena.User!, [new(500_001, RunType.Collisions, Reconstruction.Express, 1, 10, day, true, MapMissing: true)]);
        foreach (var (run, name, state) in new[]
        {
            (500_001, "/Express/Collisions2024/DQM", "SIGNOFF"), (500_001, "/PromptReco/Collisions2024I/DQM", "OPEN"), (500_001, "/PromptReco/Special2024I/DQM", "OPEN"),
        }) await LeaderSamples.DatasetAsync(site.Database, run, name, state, "GOOD");
        await ExecuteAsync(site, "INSERT INTO runs (run_number, start_time, origins, components, components_out) VALUES (500002, '2024-10-13T21:59:00Z', '{}', '{}', '{}'), (500003, '2024-10-13T22:01:00Z', '{}', '{}', '{}')");
        await LeaderSamples.DatasetAsync(site.Database, 500_002, "/Express/Collisions2024/DQM", "OPEN", "GOOD");
        await LeaderSamples.DatasetAsync(site.Database, 500_003, "/Express/Collisions2024/DQM", "OPEN", "GOOD");

        var page = await lena.GetAsync("/leader/overview?from=2024-10-07&to=2024-10-13");

        Assert.Equal("1", page.Find("tr[data-type=collisions] .worry").TextContent);
        Assert.Equal(["Express 1 of 2 1", "Prompt 0 of 1 1"], Rows(page, "#progress-title"));
        Assert.Equal(["500001 prompt", "500002 express"], page.Document.QuerySelectorAll("section[aria-labelledby=progress-title] .run-chips li").Select(item => item.TextContent.Trim()));
    }

    private static async Task<WebSite> SiteAsync()
    {
        var site = new WebSite();
        await site.InitializeAsync();
        return site;
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static CertifiedDay[] Days(string day, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new CertifiedDay(Samples.NextRun() + 200_000, RunType.Collisions, Reconstruction.Express, 1, 10, Day(day), true))];

    /// <summary>Some certifications for each day of March 2024 to February 2025: types, reconstructions, units and verdicts as they come.</summary>
    private static async Task FillAsync(WebSite site, User owner)
    {
        Reconstruction[] reconstructions = [Reconstruction.Express, Reconstruction.Prompt, Reconstruction.ReReco, Reconstruction.ReRecoUl];
        (double Value, string Unit)[] luminosities = [(0.266922, "{\\mu}b^{-1}"), (12.345, "pb^{-1}"), (431, "nb^{-1}"), (1.02, "fb^{-1}")];
        List<CertifiedDay> days = [];
        var run = 600_000;
        for (var day = Day("2024-03-20"); day < Day("2025-02-05"); day = day.AddDays(day.Month is > 4 and < 10 ? 20 : 1))
        {
            for (var i = 0; i < 2; i++, run++)
            {
                var (value, unit) = luminosities[run % luminosities.Length];
                double? inversePicobarn = run % 11 == 0 ? null : LuminosityUnits.ToInversePicobarn(value, unit);
                RunType? type = (run % 7) switch { 0 => RunType.Cosmics, 1 => null, _ => RunType.Collisions };
                foreach (var reconstruction in reconstructions.Take(1 + (run % 4)))
                    days.Add(new CertifiedDay(run, type, reconstruction, inversePicobarn, run % 13 == 0 ? null : run % 900, day, (run + (int)reconstruction) % 3 != 0, run % 5 == 0));
            }
        }

        var ids = await LeaderSamples.KeepAsync(site.Database, owner, days);
        await ExecuteAsync(site, $"UPDATE certifications SET deleted_at = now() WHERE id % 9 = 0; UPDATE certifications SET strip_low_statistics = true WHERE id % 4 = 0");
        Assert.True(ids.Count > 500);
    }

    private static async Task<List<Line>> ScriptAsync(WebSite site, DateOnly from, DateOnly to)
    {
        await using var connection = new NpgsqlConnection(site.Database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(Script, connection) { Parameters = { new("from", from), new("to", to) } };
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<Line> lines = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            lines.Add(new Line(
                reader.GetString(0), await reader.IsDBNullAsync(1, TestContext.Current.CancellationToken) ? null : reader.GetString(1),
                reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), Rounded(reader.GetDouble(6)), Convert.ToInt64(reader.GetValue(7), CultureInfo.InvariantCulture)));
        }

        return lines;
    }

    private static List<Line> Lines(WebPage page) =>
    [
        .. page.Document.QuerySelectorAll("table.figures tbody tr").Select(row =>
        {
            string Cell(string head) => row.QuerySelector($"[data-head='{head}']")!.TextContent.Trim();
            long Whole(string head) => long.Parse(Cell(head), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
            var exact = row.QuerySelector("[data-head=Recorded] .number")!.GetAttribute("title")!;
            return new Line(
                row.GetAttribute("data-type")!, row.GetAttribute("data-reconstruction"), Whole("Certifications"), Whole("Runs"), Whole("Bad"), Whole("Maps missing"),
                Rounded(double.Parse(exact.Split(' ')[0], CultureInfo.InvariantCulture)), Whole("Lumisections"));
        }),
    ];

    // Sums of doubles in another order differ in their last digits.
    private static double Rounded(double value) => Math.Round(value, 6);

    private static string Order(Line line) => $"{line.Type} {line.Reconstruction}";

    private static IEnumerable<string> Rows(WebPage page, string title) => page.Find(title).Closest("section")!.QuerySelectorAll("tbody tr")
        .Select(row => string.Join(' ', row.QuerySelectorAll("th, td").Select(cell => cell.TextContent.Trim())));

    private static async Task ExecuteAsync(WebSite site, string sql)
    {
        await using var connection = new NpgsqlConnection(site.Database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
