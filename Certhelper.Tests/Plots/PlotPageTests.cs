using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Certhelper.Core.People;
using Certhelper.Core.Plots;
using Certhelper.Core.Runs;
using Certhelper.Tests.Web.Infrastructure;
using CsvHelper;
using CsvHelper.Configuration;

namespace Certhelper.Tests.Plots;

/// <summary>The page of plots and its files: the numbers are those of a person with psql.</summary>
public sealed partial class PlotPageTests(PlotSite fixture) : IClassFixture<PlotSite>
{
    private readonly WebSite site = fixture.Site;
    private readonly Visitor guest = fixture.Guest;

    public static TheoryData<string, string, string, string> Periods => new()
    {
        { "2024-03-25", "2024-03-31", "day", "date::text" },
        { "2024-10-21", "2024-10-30", "day", "date::text" },
        { "2024-12-30", "2025-01-06", "day", "date::text" },
        { "2024-03-30", "2025-01-06", "week", "date_trunc('week', date)::date::text" },
        { "2024-03-30", "2025-01-06", "month", "to_char(date, 'YYYY-MM')" },
    };

    [Theory]
    [MemberData(nameof(Periods))]
    public async Task Luminosity_is_that_of_an_independent_query_for_each_step_and_summed_up(string from, string to, string by, string step)
    {
        var expected = await AskAsync(PlotsBySql.Luminosity(step), from, to);

        var rows = await CsvAsync(PlotKinds.Luminosity, from, to, by);
        var sums = await CsvAsync(PlotKinds.LuminositySoFar, from, to, by);

        Assert.NotEmpty(expected);
        Assert.All(rows, row => Same(expected.GetValueOrDefault(row[0], [0, 0, 0]), row[1..]));
        Assert.Empty(expected.Keys.Except(rows.Select(row => row[0])));
        Same([expected.Values.Sum(row => row[0]), expected.Values.Sum(row => row[1])], sums[^1][1..]);
    }

    [Theory]
    [MemberData(nameof(Periods))]
    public async Task Certifications_and_problems_are_those_of_an_independent_query(string from, string to, string by, string step)
    {
        foreach (var (kind, sql) in new[] { (PlotKinds.Certifications, PlotsBySql.Certifications(step)), (PlotKinds.Problems, PlotsBySql.Problems(step)) })
        {
            var expected = await AskAsync(sql, from, to);
            var (heads, rows) = await CsvWithHeadsAsync(kind, from, to, by);

            var found = rows.SelectMany(row => row.Skip(1).Select((cell, at) => (
                Key: $"{row[0]} {heads[at + 1].Replace(" (certifications)", "", StringComparison.Ordinal).Replace("ReReco UL", "ReRecoUl", StringComparison.Ordinal)}", Value: double.Parse(cell, CultureInfo.InvariantCulture))))
                .Where(pair => pair.Value != 0).ToDictionary(pair => pair.Key, pair => pair.Value);

            Assert.NotEmpty(expected);
            Assert.Equal(expected.ToDictionary(pair => pair.Key, pair => pair.Value[0]!.Value).OrderBy(pair => pair.Key, StringComparer.Ordinal), found.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Periods))]
    public async Task Health_is_that_of_an_independent_query_and_nothing_where_nothing_was_certified(string from, string to, string by, string step)
    {
        var expected = await AskAsync(PlotsBySql.Health(step), from, to);

        var rows = await CsvAsync(PlotKinds.Health, from, to, by);

        Assert.NotEmpty(expected);
        Assert.All(rows, row => Same(expected.GetValueOrDefault(row[0], [0, null, null, null]), [row[1], row[2], row[4], row[6]]));
        Assert.Contains(rows, row => row[2].Length == 0);
    }

    [Theory]
    [MemberData(nameof(Periods))]
    public async Task Eras_and_times_to_certification_are_those_of_an_independent_query(string from, string to, string by, string step)
    {
        Assert.NotEmpty(step);
        var eras = await AskAsync(PlotsBySql.Eras, from, to);
        var waits = await AskAsync(PlotsBySql.Waits, from, to);
        var median = (await AskAsync(PlotsBySql.Median, from, to))["median"][0];

        var foundEras = await CsvAsync(PlotKinds.Eras, from, to, by);
        var foundWaits = await CsvAsync(PlotKinds.TimeToCertification, from, to, by);

        Assert.Equal(eras.Count, foundEras.Count);
        Assert.All(foundEras, row => Same(eras[row[0]], row[1..]));
        Assert.All(foundWaits.Where(row => row[0] != "all with a known end"), row => Same([waits.GetValueOrDefault(row[0], [0])[0]], [row[1]]));
        Same([waits.Where(pair => pair.Key != "end of run not known").Sum(pair => pair.Value[0]), median], foundWaits.Single(row => row[0] == "all with a known end")[1..]);
    }

    [Fact]
    public async Task The_page_shows_each_plot_with_its_table_its_points_and_its_files()
    {
        var page = await guest.GetAsync("/plots?from=2024-10-21&to=2024-10-30");

        Assert.Equal(PlotKinds.All, page.Document.QuerySelectorAll("section.plot").Select(plot => plot.Id));
        foreach (var plot in page.Document.QuerySelectorAll("section.plot"))
        {
            Assert.Single(plot.QuerySelectorAll("svg > title"));
            Assert.Single(plot.QuerySelectorAll("svg > desc"));
            Assert.NotEmpty(plot.QuerySelectorAll("details tbody tr"));
            Assert.Single(plot.QuerySelectorAll("svg [tabindex='0']"));
            Assert.All(plot.QuerySelectorAll("[data-point]"), point => Assert.Equal(point.GetAttribute("aria-label"), point.QuerySelector("title")!.TextContent));
            foreach (var link in plot.QuerySelectorAll(".plot-files a"))
                Assert.Equal(HttpStatusCode.OK, (await guest.GetAsync(link.GetAttribute("href")!)).Status);
        }

        Assert.DoesNotMatch(InlineStyle(), page.Find(".plots").InnerHtml);
        Assert.Contains("once for each reconstruction", page.Words, StringComparison.Ordinal);
        Assert.Contains("Recorded luminosity (pb⁻¹)", page.Find("#luminosity svg").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cosmics_and_one_reconstruction_are_a_choice_in_the_address()
    {
        var page = await guest.GetAsync("/plots?from=2024-03-30&to=2025-01-06&type=cosmics&reconstruction=express");

        Assert.Equal(["Cosmics", "Express", "Per week"], page.Document.QuerySelectorAll(".plot-choices [aria-current]").Select(link => link.TextContent));
        Assert.Contains("cosmics have no luminosity", page.Find("#luminosity").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Express good", "Express bad"], page.Document.QuerySelectorAll("#certifications thead th").Skip(1).Select(head => head.TextContent.Replace(" (certifications)", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Files_are_drawings_pictures_and_tables_of_the_same_address()
    {
        const string address = "from=2024-10-21&to=2024-10-30";
        foreach (var kind in PlotKinds.All)
        {
            var svg = await guest.GetAsync($"/plots/{kind}.svg?{address}");
            Assert.Equal("image/svg+xml", svg.Response.Content.Headers.ContentType!.MediaType);
            var root = XDocument.Parse(svg.Text).Root!;
            Assert.Equal("svg", root.Name.LocalName);
            Assert.DoesNotContain(root.DescendantsAndSelf().Attributes(), attribute => attribute.Name == "style" || attribute.Name == "class");
            var png = await guest.GetAsync($"/plots/{kind}.png?{address}");
            var bytes = await png.Response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            Assert.Equal(new byte[] { 0x89, 0x50, 0x4E, 0x47 }, bytes[..4]);
            Assert.Equal(1920, bytes[18] * 256 + bytes[19]);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync($"/plots/nothing.svg?{address}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync($"/plots/health.exe?{address}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await guest.GetAsync("/plots/health.csv?from=2024-02-30&to=2024-03-01")).Status);
    }

    [Fact]
    public async Task Nothing_certified_says_what_to_do_and_a_guest_sees_no_tabs_of_the_leader()
    {
        var empty = await guest.GetAsync("/plots?from=2001-01-01&to=2001-01-07");
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var tabs = await lena.GetAsync("/leader?from=2024-10-21&to=2024-10-30&type=cosmics");

        Assert.NotNull(empty.Document.QuerySelector(".empty h2"));
        Assert.Null(empty.Document.QuerySelector(".tabs"));
        Assert.NotNull(empty.Document.QuerySelector("#rail a[href='/plots']"));
        Assert.Equal("/plots?when=this-week", (await guest.GetAsync("/plots")).Location);
        Assert.Contains(tabs.Document.QuerySelectorAll(".tabs a"), link => link.GetAttribute("href") == "/plots?from=2024-10-21&to=2024-10-30&type=cosmics");
    }

    [Fact]
    public async Task The_database_is_asked_at_most_six_times_and_as_often_for_much_as_for_little()
    {
        await using var own = new WebSite();
        await own.InitializeAsync();
        var leader = await own.SignedInAsAsync(Role.ShiftLeader);
        await PlotSamples.KeepAsync(own.Database, leader.User!, runs: 11);
        const string address = "/plots?from=2024-03-01&to=2025-01-31";
        await leader.GetAsync("/admin/permissions");
        var few = await CostAsync(address);
        await PlotSamples.KeepAsync(own.Database, leader.User!, 600_001, 400);

        var many = await CostAsync(address);
        var file = await CostAsync(address.Replace("/plots", "/plots/health.svg", StringComparison.Ordinal));

        TestContext.Current.TestOutputHelper!.WriteLine($"page: {few} and {many}, file: {file} statements");
        Assert.Equal(few, many);
        Assert.InRange(many, 3, 6);
        Assert.InRange(file, 3, 6);

        async Task<int> CostAsync(string path)
        {
            var before = own.Commands.Count;
            Assert.Equal(HttpStatusCode.OK, (await leader.GetAsync(path)).Status);
            return own.Commands.Count - before;
        }
    }

    [Theory]
    [InlineData(1, 5.0)]
    [InlineData(2, 7.5)]
    [InlineData(3, 10.0)]
    public void The_median_is_the_middle_or_between_the_two_in_the_middle(int later, double expected) =>
        Assert.Equal(expected, WaitingPlot.Median([new(1, 1), new(5, 1), new(10, later)]));

    [Theory]
    [InlineData(-10, 0.5)]
    [InlineData(30, 1.5)]
    [InlineData(90, 2.5)]
    [InlineData(36 * 60, 7.5)]
    [InlineData(40 * 24 * 60, 12.5)]
    public void The_line_of_the_median_stands_in_its_bin(double minutes, double expected) => Assert.Equal(expected, WaitingPlot.PlaceOf(minutes));

    [Fact]
    public async Task A_file_has_its_title_in_the_drawing_and_times_have_a_line_at_the_median_here_and_on_the_page()
    {
        const string address = "from=2024-10-21&to=2024-10-30";
        var page = await guest.GetAsync($"/plots?{address}");
        foreach (var kind in PlotKinds.All)
        {
            var texts = XDocument.Parse((await guest.GetAsync($"/plots/{kind}.svg?{address}")).Text).Descendants().Where(item => item.Name.LocalName == "text").Select(item => item.Value).ToList();
            var title = page.Find($"#{kind} h2").TextContent;

            Assert.Equal(title, texts[0]);
            Assert.DoesNotContain(title, page.Document.QuerySelectorAll($"#{kind} svg text").Select(item => item.TextContent));
            if (kind != PlotKinds.TimeToCertification) continue;
            var median = title[title.IndexOf("median", StringComparison.Ordinal)..];
            Assert.Contains(median, texts);
            Assert.Contains(median, page.Document.QuerySelectorAll($"#{kind} svg text").Select(item => item.TextContent));
        }
    }

    private static void Same(double?[] expected, string[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var at = 0; at < expected.Length; at++)
        {
            if (expected[at] is { } value) Assert.Equal(value, double.Parse(found[at], CultureInfo.InvariantCulture), 1e-6);
            else Assert.Equal("", found[at]);
        }
    }

    private Task<Dictionary<string, double?[]>> AskAsync(string sql, string from, string to) => PlotsBySql.ReadAsync(
        site.Database, sql, DateOnly.Parse(from, CultureInfo.InvariantCulture), DateOnly.Parse(to, CultureInfo.InvariantCulture));

    private async Task<List<string[]>> CsvAsync(string kind, string from, string to, string by) => (await CsvWithHeadsAsync(kind, from, to, by)).Rows;

    private async Task<(string[] Heads, List<string[]> Rows)> CsvWithHeadsAsync(string kind, string from, string to, string by)
    {
        var page = await guest.GetAsync($"/plots/{kind}.csv?from={from}&to={to}&by={by}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        using var text = new StringReader(page.Text);
        using var csv = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture));
        List<string[]> rows = [];
        while (await csv.ReadAsync()) rows.Add(csv.Record!);
        return (rows[0], rows[1..]);
    }

    [GeneratedRegex("\\sstyle=|<script")]
    private static partial Regex InlineStyle();
}
