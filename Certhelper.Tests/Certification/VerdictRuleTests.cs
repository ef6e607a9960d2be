using Certhelper.Core.Certification;
using Certhelper.Core.Runs;
using Certhelper.Tests.Oms;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Certification;

public sealed class VerdictRuleTests
{
    // The original's sample of one shifter's day: pixel/strip/tracking as g good, b bad, x excluded, L low statistics.
    private const string ExpressCollisions = "300001 b/x/x, 300005 g/x/b, 300010 x/b/x, 300011 x/L/b, 300018 x/L/b";
    private const string PromptCollisions =
        "300002 g/x/b, 300006 x/x/b, 300013 g/L/x, 300014 x/g/x, 300015 L/L/L, 300016 x/g/b, 300019 x/g/x, 300020 x/L/b, 300022 x/x/L, 300025 g/x/L";
    private const string ExpressCosmics = "300003 L/L/g, 300004 x/b/b, 300009 L/g/L, 300021 g/b/x, 300023 g/g/b";
    private const string PromptCosmics = "300000 g/L/b, 300007 L/L/L, 300008 L/b/g, 300012 b/b/b, 300017 x/g/b, 300024 L/L/x";

    [Theory]
    [InlineData(RunType.Collisions, ExpressCollisions, "")]
    [InlineData(RunType.Collisions, PromptCollisions, "300015")]
    [InlineData(RunType.Cosmics, ExpressCosmics, "300003,300009")]
    [InlineData(RunType.Cosmics, PromptCosmics, "300007")]
    public void The_sample_day_has_the_good_runs_that_the_original_found(RunType type, string rows, string good) => Assert.Equal(
        good, string.Join(',', Read(rows, type).Where(VerdictRule.IsGood).Select(item => item.RunReconstruction!.RunNumber)));

    [Theory]
    [InlineData(RunType.Collisions, "1 b/g/g", false)]
    [InlineData(RunType.Collisions, "1 x/g/g", false)]
    [InlineData(RunType.Cosmics, "1 b/g/g", true)]
    [InlineData(RunType.Cosmics, "1 x/g/g", true)]
    [InlineData(null, "1 b/g/g", false)]
    [InlineData(null, "1 g/g/g", true)]
    [InlineData(RunType.Cosmics, "1 g/x/g", false)]
    public void Pixel_counts_except_for_cosmics_and_an_undecided_run_is_judged_strictly(RunType? type, string row, bool good) =>
        Assert.Equal(good, VerdictRule.IsGood(Read(row, type).Single()));

    [Fact]
    public async Task PostgreSQL_and_memory_agree_on_every_combination()
    {
        var token = TestContext.Current.CancellationToken;
        await using var house = await SourceHouse.CreateAsync();
        var sara = await house.PersonAsync("sara", "shifter");
        await using var db = house.Database.NewContext();
        var number = 1;
        foreach (var type in new RunType?[] { RunType.Collisions, RunType.Cosmics, null })
        {
            foreach (var row in from pixel in "gbxL" from strip in "gbxL" from tracking in "gbxL" select $"{pixel}/{strip}/{tracking}")
            {
                var item = Read($"{number++} {row}", type).Single();
                item.OwnerId = sara.UserId;
                db.Certifications.Add(item);
            }
        }

        await db.SaveChangesAsync(token);

        var bySql = await db.Certifications.Where(VerdictRule.Good).Select(item => item.Id).ToListAsync(token);
        var byMemory = (await db.Certifications.Include(item => item.RunReconstruction!.Run).ToListAsync(token))
            .Where(VerdictRule.IsGood).Select(item => item.Id);

        Assert.Equal(3 * 64, number - 1);
        Assert.Equal(byMemory.Order(), bySql.Order());
    }

    private static IEnumerable<TrackerCertification> Read(string rows, RunType? type) => rows.Split(", ").Select(row =>
    {
        var parts = row.Split(' ', '/');
        var run = new Run { RunNumber = int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), Type = type };
        return new TrackerCertification
        {
            RunReconstruction = new RunReconstruction { RunNumber = run.RunNumber, Run = run, Reconstruction = Reconstruction.Express },
            Pixel = Verdict(parts[1]),
            PixelLowStatistics = parts[1] == "L",
            Strip = Verdict(parts[2]),
            StripLowStatistics = parts[2] == "L",
            Tracking = Verdict(parts[3]),
            TrackingLowStatistics = parts[3] == "L",
            TrackerMap = TrackerMapState.Exists,
            Date = new DateOnly(2018, 5, 14),
        };
    });

    private static ComponentVerdict Verdict(string letter) => letter switch
    {
        "g" => ComponentVerdict.Good,
        "x" => ComponentVerdict.Excluded,
        _ => ComponentVerdict.Bad,
    };
}
