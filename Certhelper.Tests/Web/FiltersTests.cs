using System.Globalization;
using System.Net;
using Certhelper.Core.Certification;
using Certhelper.Core.Lists;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>Every filter alone does what it says: what a list holds is read from its export, which holds exactly that.</summary>
public sealed class FiltersTests : IAsyncLifetime
{
    private readonly WebSite site = new();
    private Visitor lena = null!;
    private int collisions;
    private int cosmics;
    private int problem;
    private int reason;

    /// <summary>Two certifications: a good one of a usual run, and one that differs in everything.</summary>
    public async ValueTask InitializeAsync()
    {
        await site.InitializeAsync();
        lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var odd = await site.Given.PersonAsync("odd.person", "Odd Person", Role.Shifter);
        collisions = await site.Given.RunAsync();
        cosmics = await site.Given.RunAsync(RunType.Cosmics);
        await site.Given.CertificationAsync(lena.User!, collisions);
        await using var db = site.Database.NewContext();
        var run = await db.Runs.Include(item => item.Fill).SingleAsync(item => item.RunNumber == cosmics);
        run.BFieldTesla = 0.019;
        run.EnergyGev = 450;
        run.Era = "Commissioning2024";
        run.FillTypeRuntime = "COSMICS";
        run.StartTime = new DateTimeOffset(2024, 3, 1, 23, 30, 0, TimeSpan.Zero);
        var usual = await db.Runs.SingleAsync(item => item.RunNumber == collisions);
        usual.FillTypeRuntime = "PROTONS";
        var flaw = await db.ComponentProblems.FirstAsync(item => item.Component == Component.Strip);
        var why = await db.BadReasons.FirstAsync();
        (problem, reason) = (flaw.Id, why.Id);
        var certification = new TrackerCertification
        {
            RunReconstruction = new RunReconstruction { RunNumber = cosmics, Reconstruction = Reconstruction.Prompt },
            OwnerId = odd.Id,
            Pixel = ComponentVerdict.Excluded,
            Strip = ComponentVerdict.Bad,
            Tracking = ComponentVerdict.Bad,
            TrackingLowStatistics = true,
            TrackerMap = TrackerMapState.Missing,
            BadReason = why,
            Date = new DateOnly(2024, 3, 2),
            Comment = "100% of TIB HV_trip at 12:30, =SUM(A1)",
            DatasetName = "/PromptReco/Cosmics24/DQM",
            FactsComplete = false,
            CreatedAt = TimeProvider.System.GetUtcNow(),
            UpdatedAt = TimeProvider.System.GetUtcNow(),
        };
        certification.Problems.Add(flaw);
        db.Certifications.Add(certification);
        await db.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync() => await site.DisposeAsync();

    [Theory]
    [InlineData("dataset=promptreco")]
    [InlineData("problem={problem}")]
    [InlineData("reason={reason}")]
    public async Task D67_a_dataset_or_a_problem_alone_filters(string query) => await OnlyTheOddOneAsync(query);

    [Theory]
    [InlineData("type=cosmics")]
    [InlineData("bfield=0.0")]
    [InlineData("bfield=..1")]
    [InlineData("filltype=COSMICS")]
    [InlineData("energy=450")]
    [InlineData("energy=400..500")]
    [InlineData("era=Commissioning2024")]
    public async Task D84_run_type_field_beam_and_energy_filter(string query) => await OnlyTheOddOneAsync(query);

    [Theory]
    [InlineData("runs={cosmics}")]
    [InlineData("fill={fill}")]
    [InlineData("from=2024-03-02&to=2024-03-02")]
    [InlineData("to=2024-12-31")]
    [InlineData("reconstruction=prompt")]
    [InlineData("reconstruction=prompt,rereco")]
    [InlineData("verdict=bad")]
    [InlineData("pixel=excluded")]
    [InlineData("strip=bad")]
    [InlineData("strip=bad&strip=excluded")]
    [InlineData("tracking=low-statistics")]
    [InlineData("shifter=odd.person")]
    [InlineData("map=missing")]
    [InlineData("facts=incomplete")]
    [InlineData("text=tib+hv_TRIP")]
    [InlineData("text=100%25")]
    public async Task Any_filter_alone_filters(string query) => await OnlyTheOddOneAsync(query);

    [Fact]
    public async Task D85_without_dates_the_list_is_the_whole_list()
    {
        var page = await lena.GetAsync("/certifications");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(2, (await RunsAsync("")).Count);
    }

    [Fact]
    public async Task Low_statistics_is_a_state_of_its_own() => Assert.Empty(await RunsAsync("tracking=bad"));

    [Theory]
    [InlineData("text=%25")]
    [InlineData("text=_")]
    [InlineData("text=%5C")]
    [InlineData("text='%3B DROP TABLE certifications%3B--")]
    [InlineData("text=%3Cscript%3Ealert(1)%3C/script%3E")]
    [InlineData("text=%00")]
    [InlineData("dataset=%25%25%25")]
    [InlineData("shifter=%27 OR 1=1--")]
    public async Task Hostile_text_is_only_text(string query)
    {
        var page = await lena.GetAsync("/certifications?" + query);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Empty(page.Document.QuerySelectorAll("main script"));
        Assert.True((await RunsAsync(query)).Count <= 2);
        Assert.Equal(2, (await RunsAsync("")).Count);
    }

    [Theory]
    [InlineData("type=Plasma", "Plasma")]
    [InlineData("verdict=excellent", "excellent")]
    [InlineData("pixel=purple", "purple")]
    [InlineData("from=yesterday", "yesterday")]
    [InlineData("from=9999-99-99", "9999-99-99")]
    [InlineData("from=2024-05-02&to=2024-05-01", "before the first")]
    [InlineData("when=some-day", "some-day")]
    [InlineData("runs=express", "express")]
    [InlineData("fill=abc", "abc")]
    [InlineData("bfield=strong", "strong")]
    [InlineData("bfield=NaN", "NaN")]
    [InlineData("energy=1e999", "1e999")]
    [InlineData("problem=hv", "hv")]
    [InlineData("reason=99999999999999", "99999999999999")]
    [InlineData("map=perhaps", "perhaps")]
    [InlineData("reference=maybe", "maybe")]
    public async Task What_a_filter_cannot_understand_is_named_and_never_means_everything(string query, string named)
    {
        var page = await lena.GetAsync("/certifications?" + query);
        var export = await lena.GetAsync("/certifications/export.csv?" + query);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(named, page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Contains("0 certifications", page.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, export.Status);
        Assert.Contains(named, export.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task D68_each_chip_and_clear_take_away_what_they_say()
    {
        var page = await lena.GetAsync($"/certifications?strip=bad,excluded&problem={problem}&sort=-run");
        var chips = page.Document.QuerySelectorAll("a.chip").ToDictionary(
            chip => chip.FirstChild!.TextContent.Trim(), chip => WebUtility.UrlDecode(chip.GetAttribute("href")), StringComparer.Ordinal);

        Assert.Equal($"/certifications?strip=excluded&problem={problem}&sort=-run", chips["Strip bad"]);
        Assert.Equal($"/certifications?strip=bad&problem={problem}&sort=-run", chips["Strip excluded"]);
        Assert.Contains(chips.Keys, words => words.StartsWith("Problem ", StringComparison.Ordinal) && !words.Any(char.IsDigit));
        Assert.Equal("/certifications", chips["Clear all"]);
    }

    [Theory]
    [InlineData("2024-10-27", "this-week", "2024-10-21", "2024-10-27")]
    [InlineData("2024-10-28", "this-week", "2024-10-28", "2024-11-03")]
    [InlineData("2024-10-28", "last-week", "2024-10-21", "2024-10-27")]
    [InlineData("2024-01-01", "yesterday", "2023-12-31", "2023-12-31")]
    public void D86_a_named_range_is_worked_out_from_the_day_on_which_it_is_asked(string today, string name, string from, string to)
    {
        var range = DayRange.Named(name, DateOnly.Parse(today, CultureInfo.InvariantCulture));

        Assert.Equal((from, to), (range.From!.Value.ToString("o", CultureInfo.InvariantCulture), range.To!.Value.ToString("o", CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("3.8", 3.75, 3.85)]
    [InlineData("0", -0.5, 0.5)]
    [InlineData("3.5..3.9", 3.5, 3.9)]
    [InlineData("3.9..3.5", 3.5, 3.9)]
    public void A_number_means_what_rounds_to_it_and_a_range_what_lies_in_it(string text, double from, double to)
    {
        Assert.True(NumberRange.TryParse(text, out var range));

        Assert.Equal(from, range.From!.Value, 9);
        Assert.Equal(to, range.To!.Value, 9);
    }

    [Theory]
    [InlineData("express=good", false)]
    [InlineData("express=certified", false)]
    [InlineData("prompt=bad", true)]
    [InlineData("express=missing", true)]
    [InlineData("type=cosmics", true)]
    [InlineData("bfield=0.0", true)]
    [InlineData("filltype=COSMICS", true)]
    [InlineData("era=Commissioning2024", true)]
    [InlineData("energy=..500", true)]
    [InlineData("to=2024-03-02", true)]
    [InlineData("from=2024-03-03", false)]
    public async Task Any_filter_of_runs_alone_filters(string query, bool odd) =>
        Assert.Equal([odd ? cosmics : collisions], await RunsAsync(query, "/runs"));

    [Fact]
    public async Task Runs_with_open_datasets_are_found_and_lose_it_when_the_registry_says_so()
    {
        await using var db = site.Database.NewContext();
        await db.RegistryDatasets.Where(dataset => dataset.RunNumber == cosmics)
            .ExecuteUpdateAsync(set => set.SetProperty(dataset => dataset.TrackerState, "COMPLETED"), TestContext.Current.CancellationToken);

        Assert.Equal([collisions], await RunsAsync("open=yes", "/runs"));
        Assert.Equal([cosmics], await RunsAsync("open=no", "/runs"));
    }

    [Fact]
    public async Task A_day_of_a_run_is_a_day_at_the_experiment()
    {
        // 23:30 UTC is the next day in Geneva.
        Assert.Equal([cosmics], await RunsAsync("from=2024-03-02&to=2024-03-02", "/runs"));
        Assert.Empty(await RunsAsync("from=2024-03-01&to=2024-03-01", "/runs"));
    }

    [Fact]
    public async Task Deleted_ones_are_for_those_who_may_restore_them()
    {
        await using var db = site.Database.NewContext();
        await site.Given.DeletedAsync(await db.Certifications.Where(item => item.TrackerMap == TrackerMapState.Missing).Select(item => item.Id).SingleAsync(TestContext.Current.CancellationToken));
        var sara = await site.SignedInAsAsync(Role.Shifter);

        Assert.Equal([cosmics], await RunsAsync("deleted=true"));
        Assert.Equal([collisions], await RunsAsync(""));
        Assert.Empty(await RunsAsync("deleted=true&type=collisions"));
        Assert.Contains("for those who may restore them", (await sara.GetAsync("/certifications?deleted=true")).Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await sara.GetAsync("/certifications/export.json?deleted=true")).Status);
    }

    private async Task OnlyTheOddOneAsync(string query)
    {
        var asked = query
            .Replace("{problem}", problem.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{reason}", reason.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{cosmics}", cosmics.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{fill}", (9_000_000 + cosmics).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

        Assert.Equal([cosmics], await RunsAsync(asked));
        Assert.Contains("1 certification ", (await lena.GetAsync("/certifications?" + asked)).Words, StringComparison.Ordinal);
    }

    private async Task<List<int>> RunsAsync(string query, string list = "/certifications")
    {
        var page = await lena.GetAsync($"{list}/export.csv?columns=run&{query}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        return [.. page.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
    }
}
