using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Tests.Infrastructure;

namespace Certhelper.Tests.Plots;

/// <summary>
/// Made-up certifications with all that makes numbers wrong: runs in several reconstructions, low statistics, excluded components,
/// unknown luminosities and ends, deleted ones, the weeks of both changes of the clocks and of the year.
/// </summary>
internal static class PlotSamples
{
    public static DateOnly[] Days { get; } =
    [
        new(2024, 3, 30), new(2024, 3, 31), new(2024, 4, 1), new(2024, 10, 26), new(2024, 10, 27), new(2024, 10, 28),
        new(2024, 12, 30), new(2024, 12, 31), new(2025, 1, 1), new(2025, 1, 5), new(2025, 1, 6),
    ];

    public static async Task KeepAsync(TestDatabase database, User owner, int first = 500_001, int runs = 132)
    {
        await using var db = database.NewContext();
        await KeepAsync(db, owner.Id, first, runs);
    }

    public static async Task KeepAsync(CerthelperDbContext db, int owner, int first = 500_001, int runs = 132)
    {
        var problems = Enum.GetValues<Component>().SelectMany(component => Enumerable.Range(1, 2).Select(number => new ComponentProblem
        {
            Component = component,
            Name = $"Plot problem {component} {number} {first}",
            Description = "Made up.",
        })).ToArray();
        db.ComponentProblems.AddRange(problems);
        for (var at = 0; at < runs; at++)
        {
            var day = Days[at % Days.Length];
            // 22:30 UTC in summer is past midnight at the experiment; in the night of the change an hour is missing or doubled.
            var end = at % 13 == 5 ? (DateTimeOffset?)null : ExperimentDay.StartOf(day).AddMinutes(at * 37 % 1500);
            var run = new Run
            {
                RunNumber = first + at,
                Type = (at % 7) switch { 3 => RunType.Cosmics, 6 => null, _ => RunType.Collisions },
                RecordedLumiInvPb = at % 9 == 4 ? null : at % 17 == 2 ? -1 : 0.1 + at * 1.37,
                Era = at % 11 == 7 ? null : day.Year == 2024 ? "2024" + "IJ"[at % 2] : "2025A",
                EndTime = end,
                FetchedAt = TimeProvider.System.GetUtcNow(),
            };
            db.Runs.Add(run);
            for (var reconstruction = 0; reconstruction < 1 + at % 3; reconstruction++)
            {
                var seed = at * 5 + reconstruction * 3;
                var made = end?.AddMinutes(seed * 71 % 60_000 - 20).AddSeconds(seed % 60) ?? ExperimentDay.StartOf(day);
                var item = new TrackerCertification
                {
                    RunReconstruction = new RunReconstruction { RunNumber = run.RunNumber, Run = run, Reconstruction = Reconstructions.Certifiable[reconstruction] },
                    OwnerId = owner,
                    Pixel = (ComponentVerdict)(seed % 3),
                    PixelLowStatistics = seed % 8 == 1,
                    Strip = (ComponentVerdict)(seed % 4 == 0 ? 1 : 0),
                    StripLowStatistics = seed % 10 == 0,
                    Tracking = (ComponentVerdict)(seed % 6 == 5 ? 2 : 0),
                    TrackingLowStatistics = seed % 12 == 5,
                    TrackerMap = TrackerMapState.Exists,
                    Date = day,
                    CreatedAt = made,
                    UpdatedAt = made,
                    DeletedAt = seed % 14 == 3 ? made.AddHours(1) : null,
                };
                for (var problem = 0; problem < seed % 4; problem++) item.Problems.Add(problems[(seed + problem) % problems.Length]);
                db.Certifications.Add(item);
            }
        }

        await db.SaveChangesAsync();
    }
}
