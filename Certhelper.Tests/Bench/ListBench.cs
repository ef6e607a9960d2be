using System.Diagnostics;
using System.Globalization;
using Certhelper.Core.People;
using Certhelper.Tests.Web.Infrastructure;
using Npgsql;

namespace Certhelper.Tests.Bench;

/// <summary>What pages cost with 100,000 certifications, against the same pages with 1,000.</summary>
[Trait("kind", "bench")]
public sealed class ListBench(ITestOutputHelper output)
{
    private const int Few = 1_000;
    private const int Many = 100_000;
    private const int Rounds = 40;
    private const double LargestRatio = 1.5;

    /// <summary>Of a list; the page of a run, which asks outside services too, may take <see cref="MostStatementsOfRun"/>.</summary>
    private const int MostStatements = 6;
    private const int MostStatementsOfRun = 10;

    /// <summary>Of a leader's page.</summary>
    private const int MostStatementsOfLeaders = 10;

    /// <summary>Days of about 150 certifications, however many are stored.</summary>
    private const string SomeDays = "from=2018-01-15&to=2018-01-18";

    /// <summary>How often a page is measured before it is called slow: the machine does other things too.</summary>
    private const int Attempts = 3;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A page: its name, and its address in a database of so many pages of certifications and of runs.</summary>
    private static readonly (string Name, Func<Shape, string> Address)[] Pages =
    [
        ("certifications, first page", _ => "/certifications"),
        ("certifications, middle page", of => $"/certifications?page={of.CertificationPages / 2}"),
        ("certifications, last page", of => $"/certifications?page={of.CertificationPages}"),
        ("certifications, text search", _ => $"/certifications?text={BenchData.RareWord}"),
        ("certifications, common text", _ => "/certifications?text=HV+off"),
        ("certifications, filtered", _ => "/certifications?type=collisions&reconstruction=prompt&strip=bad&bfield=3.8"),
        ("certifications, sorted by luminosity", _ => "/certifications?sort=-recorded_lumi_inv_pb"),
        ("certifications, all columns", _ => "/certifications?columns=all&size=25"),
        ("runs, first page", _ => "/runs?columns=standard"),
        ("runs, middle page", of => $"/runs?page={of.RunPages / 2}"),
        ("runs, filtered and sorted", _ => "/runs?express=bad&type=collisions&sort=-lumisections"),
        ("references", _ => "/references"),
        ("run page", _ => $"/runs/{BenchData.FirstRun + 100}"),
        ("my shift", _ => "/"),
        ("leader, certified runs of days", _ => "/leader?" + SomeDays),
        ("leader, overview of days", _ => "/leader/overview?" + SomeDays),
        ("leader, Run Registry of days", _ => "/leader/registry?" + SomeDays),
        ("leader, deleted of days", _ => "/leader/deleted?" + SomeDays),
        ("API certifications", _ => "/api/v1/certifications?size=25"),
        ("API certifications, deep", of => $"/api/v1/certifications?size=25&page={of.CertificationPages / 2}"),
        ("API runs", _ => "/api/v1/runs?size=25"),
        ("API open runs", _ => "/api/v1/open-runs?certified=no"),
    ];

    private sealed record Shape(int CertificationPages, int RunPages);

    private sealed record Cost(double FirstMs, double P50Ms, double P95Ms, int FirstStatements, int Statements);

    [Fact]
    public async Task Pages_of_a_hundred_thousand_certifications_against_pages_of_a_thousand()
    {
        await using var few = await SiteOfAsync(Few);
        await using var many = await SiteOfAsync(Many);
        var smallShape = new Shape(Few / 25, Few * 6 / 10 / 25);
        var largeShape = new Shape(Many / 25 * 99 / 100, Many * 6 / 10 / 25 * 9 / 10);
        var small = await few.SignedInAsAsync(Role.ShiftLeader);
        var large = await many.SignedInAsAsync(Role.ShiftLeader);

        // Both applications are warmed up by pages that are not measured.
        foreach (var visitor in new[] { small, large })
        {
            for (var i = 0; i < 10; i++)
            {
                foreach (var (_, address) in Pages) await visitor.GetAsync(address(visitor == small ? smallShape : largeShape) + (address(smallShape).Contains('?', StringComparison.Ordinal) ? "&" : "?") + "to=2017-01-01");
            }
        }

        output.WriteLine($"{"page",-38} {"first",8} {"p50",8} {"p95",8}   {"p50",8} {"p95",8}   {"ratio",6}  statements");
        output.WriteLine($"{"",-38} {"at 100,000, ms",-26}   {"at 1,000, ms",-17}");
        List<string> wrong = [];
        foreach (var (name, address) in Pages)
        {
            var (one, other) = await MeasureAsync((few, small, address(smallShape)), (many, large, address(largeShape)));
            for (var attempt = 1; attempt < Attempts && other.P95Ms / one.P95Ms > LargestRatio; attempt++)
            {
                var first = other;
                (one, other) = await MeasureAsync((few, small, address(smallShape)), (many, large, address(largeShape)));
                other = other with { FirstMs = first.FirstMs, FirstStatements = first.FirstStatements };
            }

            var ratio = other.P95Ms / one.P95Ms;
            var most = name == "run page" ? MostStatementsOfRun
                : name.StartsWith("leader", StringComparison.Ordinal) ? MostStatementsOfLeaders : MostStatements;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-38} {other.FirstMs,8:0.0} {other.P50Ms,8:0.0} {other.P95Ms,8:0.0}   {one.P50Ms,8:0.0} {one.P95Ms,8:0.0}   {ratio,6:0.00}  {other.Statements} (first {other.FirstStatements})"));
            if (ratio > LargestRatio) wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: {ratio:0.00} times as slow"));
            if (Math.Max(other.Statements, other.FirstStatements) > most) wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: {other.FirstStatements} statements"));
        }

        Assert.Empty(wrong);
    }

    // Turn by turn, so that what else the machine does meets both alike.
    private static async Task<(Cost Small, Cost Large)> MeasureAsync((WebSite Site, Visitor Visitor, string Address) small, (WebSite Site, Visitor Visitor, string Address) large)
    {
        var (firstSmall, statementsSmall) = await VisitAsync(small);
        var (firstLarge, statementsLarge) = await VisitAsync(large);
        List<double> smallTimes = [], largeTimes = [];
        int againSmall = 0, againLarge = 0;
        for (var i = 0; i < Rounds; i++)
        {
            (var time, againSmall) = await VisitAsync(small);
            smallTimes.Add(time);
            (time, againLarge) = await VisitAsync(large);
            largeTimes.Add(time);
        }

        return (
            new Cost(firstSmall, At(smallTimes, 0.5), At(smallTimes, 0.95), statementsSmall, againSmall),
            new Cost(firstLarge, At(largeTimes, 0.5), At(largeTimes, 0.95), statementsLarge, againLarge));
    }

    private static async Task<(double Ms, int Statements)> VisitAsync((WebSite Site, Visitor Visitor, string Address) at)
    {
        var before = at.Site.Commands.Count;
        var clock = Stopwatch.StartNew();
        var page = await at.Visitor.SendForBytesAsync(at.Address);
        var time = clock.Elapsed.TotalMilliseconds;
        Assert.True(page, at.Address + " did not answer 200");
        return (time, at.Site.Commands.Count - before);
    }

    private static double At(List<double> times, double part)
    {
        times.Sort();
        return times[Math.Min(times.Count - 1, (int)Math.Ceiling(part * times.Count) - 1)];
    }

    private static async Task<WebSite> SiteOfAsync(int certifications)
    {
        var site = new WebSite();
        await site.InitializeAsync();
        site.Outside.Weather = Weather.KnowsNothing;
        await using var connection = new NpgsqlConnection(site.Database.ConnectionString);
        await connection.OpenAsync(Token);
        await new BenchData(connection, certifications).WriteAsync(Token);
        return site;
    }
}
