using Certhelper.Core.Certification;
using Certhelper.Core.Runs;
using Certhelper.Tests.Oms;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Certification;

public sealed class VerdictRuleTests
{
    // Run, then pixel/strip/tracking as g(ood), b(ad), x (excluded), L(ow statistics): the certified runs of one shift.
    private const string Collisions = "300001 b/x/x · 300005 g/x/b · 300010 x/b/x · 300011 x/L/b · 300018 x/L/b · 300002 g/x/b · 300006 x/x/b · "
        + "300013 g/L/x · 300014 x/g/x · 300015 L/L/L · 300016 x/g/b · 300019 x/g/x · 300020 x/L/b · 300022 x/x/L · 300025 g/x/L";

    private const string Cosmics = "300003 L/L/g · 300004 x/b/b · 300009 L/g/L · 300021 g/b/x · 300023 g/g/b · 300000 g/L/b · 300007 L/L/L · "
        + "300008 L/b/g · 300012 b/b/b · 300017 x/g/b · 300024 L/L/x";

    [Fact]
    public void The_certified_runs_of_a_shift_are_good_and_bad_as_reported()
    {
        Assert.Equal([300015], Good(Collisions, RunType.Collisions));
        Assert.Equal([300003, 300009, 300007], Good(Cosmics, RunType.Cosmics));
    }

    [Fact]
    public void Pixel_does_not_count_for_cosmics_only()
    {
        Assert.Empty(Good("1 b/g/g", RunType.Collisions));
        Assert.Equal([1], Good("1 b/g/g", RunType.Cosmics));
    }

    [Fact]
    public void A_run_of_undecided_type_is_judged_strictly()
    {
        Assert.Empty(Good("1 x/g/g", null));
        Assert.Equal([1], Good("1 g/g/g", null));
    }

    [Fact]
    public async Task PostgreSQL_judges_as_the_rule_does()
    {
        var token = TestContext.Current.CancellationToken;
        await using var house = await SourceHouse.CreateAsync();
        var actor = await house.PersonAsync("sara", "shifter");
        await using var db = house.Database.NewContext();
        var user = await db.Users.SingleAsync(row => row.Id == actor.UserId, token);
        foreach (var item in Read(Collisions, RunType.Collisions).Concat(Read(Cosmics, RunType.Cosmics)))
        {
            item.Owner = user;
            db.Add(item);
        }

        await db.SaveChangesAsync(token);

        var good = await db.Certifications.Where(VerdictRule.Good).Select(item => item.RunReconstruction!.RunNumber).Order().ToListAsync(token);

        Assert.Equal([300003, 300007, 300009, 300015], good);
    }

    private static int[] Good(string table, RunType? type) =>
        [.. Read(table, type).Where(VerdictRule.IsGood).Select(item => item.RunReconstruction!.RunNumber)];

    private static IEnumerable<TrackerCertification> Read(string table, RunType? type) => table.Split(" · ").Select(row =>
    {
        var number = int.Parse(row.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        var flags = row.Split(' ')[1].Split('/');
        return new TrackerCertification
        {
            RunReconstruction = new RunReconstruction
            {
                RunNumber = number,
                Reconstruction = Reconstruction.Express,
                Run = new Run { RunNumber = number, Type = type },
            },
            Pixel = Verdict(flags[0]),
            PixelLowStatistics = flags[0] == "L",
            Strip = Verdict(flags[1]),
            StripLowStatistics = flags[1] == "L",
            Tracking = Verdict(flags[2]),
            TrackingLowStatistics = flags[2] == "L",
            TrackerMap = TrackerMapState.Exists,
            Date = new DateOnly(2018, 5, 14),
        };
    });

    private static ComponentVerdict Verdict(string letter) => letter switch
    {
        "g" => ComponentVerdict.Good,
        "x" => ComponentVerdict.Excluded,
        // A component with low statistics has been flagged bad; the mark is what saves it.
        _ => ComponentVerdict.Bad,
    };
}
