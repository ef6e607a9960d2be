using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web.Infrastructure;

/// <summary>A certification for a test of the leader's pages: the run with its facts, and the verdict for a day.</summary>
/// <param name="Good">Whether all three components are good; else all are bad.</param>
/// <param name="InvPb">Recorded luminosity, pb⁻¹; null when unknown.</param>
internal sealed record CertifiedDay(
    int Run, RunType? Type, Reconstruction Reconstruction, double? InvPb, int? Lumisections, DateOnly Day, bool Good, bool MapMissing = false);

/// <summary>Rows for the leader's pages.</summary>
internal static class LeaderSamples
{
    /// <summary>The weekly data set of nineteen certifications, from Monday 2018-05-14 to Sunday.</summary>
    public static IReadOnlyList<CertifiedDay> Nineteen { get; } =
    [
        Of(1, RunType.Cosmics, Reconstruction.Express, 0.1234, 72, 0, true),
        Of(2, RunType.Collisions, Reconstruction.Prompt, 1.234, 5432, 0, false),
        Of(3, RunType.Cosmics, Reconstruction.Prompt, 0, 25, 0, false),
        Of(4, RunType.Collisions, Reconstruction.Express, 423.24, 2, 1, true),
        Of(5, RunType.Collisions, Reconstruction.Express, 0, 72, 1, true),
        Of(6, RunType.Cosmics, Reconstruction.Express, 0, 12, 3, true),
        Of(7, RunType.Cosmics, Reconstruction.Express, 0, 72, 3, false),
        Of(8, RunType.Cosmics, Reconstruction.Express, 0, 42, 0, false),
        Of(9, RunType.Collisions, Reconstruction.Express, 124.123, 72, 4, true),
        Of(10, RunType.Cosmics, Reconstruction.Express, 0, 1242, 0, true),
        Of(11, RunType.Cosmics, Reconstruction.Express, 0, 72, 6, true),
        Of(12, RunType.Collisions, Reconstruction.Express, 999, 142, 6, true),
        Of(13, RunType.Collisions, Reconstruction.Prompt, 0, 72, 6, false),
        Of(14, RunType.Collisions, Reconstruction.Prompt, 123132.32, 4522, 6, false),
        Of(15, RunType.Collisions, Reconstruction.Express, 0, 72, 6, true),
        Of(16, RunType.Collisions, Reconstruction.Express, -1, 71232, 0, true),
        Of(17, RunType.Cosmics, Reconstruction.Express, 0, 712, 3, true),
        Of(18, RunType.Collisions, Reconstruction.Express, 5213, 142, 0, true),
        Of(19, RunType.Collisions, Reconstruction.Express, 154543, 72, 4, true),
    ];

    /// <summary>Good collisions in express, one certification for each of some runs in a row.</summary>
    public static CertifiedDay[] Runs(int first, int count, DateOnly day) =>
        [.. Enumerable.Range(first, count).Select(run => new CertifiedDay(run, RunType.Collisions, Reconstruction.Express, 1, 10, day, true))];

    /// <summary>Keeps certifications; runs that are there already stay as they are.</summary>
    public static async Task<IReadOnlyList<int>> KeepAsync(TestDatabase database, User owner, params IReadOnlyList<CertifiedDay> days)
    {
        await using var db = database.NewContext();
        return await KeepAsync(db, owner.Id, days);
    }

    public static async Task<IReadOnlyList<int>> KeepAsync(CerthelperDbContext db, int owner, IReadOnlyList<CertifiedDay> days)
    {
        var now = TimeProvider.System.GetUtcNow();
        var numbers = days.Select(day => day.Run).ToArray();
        var known = await db.Runs.Where(run => numbers.Contains(run.RunNumber)).Select(run => run.RunNumber).ToListAsync();
        foreach (var day in days.DistinctBy(day => day.Run).Where(day => !known.Contains(day.Run)))
        {
            db.Runs.Add(new Run
            {
                RunNumber = day.Run,
                Type = day.Type,
                RecordedLumiInvPb = day.InvPb,
                Lumisections = day.Lumisections,
                FetchedAt = now,
                StartTime = ExperimentDay.StartOf(day.Day).AddHours(1),
                EndTime = ExperimentDay.StartOf(day.Day).AddHours(3),
            });
        }

        List<TrackerCertification> items = [];
        foreach (var day in days)
        {
            var verdict = day.Good ? ComponentVerdict.Good : ComponentVerdict.Bad;
            var item = new TrackerCertification
            {
                RunReconstruction = new RunReconstruction { RunNumber = day.Run, Reconstruction = day.Reconstruction },
                OwnerId = owner,
                Pixel = verdict,
                Strip = verdict,
                Tracking = verdict,
                TrackerMap = day.MapMissing ? TrackerMapState.Missing : TrackerMapState.Exists,
                Date = day.Day,
                FactsComplete = true,
                CreatedAt = now,
                UpdatedAt = now,
            };
            item.Revisions.Add(new CertificationRevision { Number = 1, Kind = RevisionKind.Created, At = now, ById = owner, Changes = [] });
            items.Add(item);
        }

        db.Certifications.AddRange(items);
        await db.SaveChangesAsync();
        return [.. items.Select(item => item.Id)];
    }

    /// <summary>A dataset with the same verdict for all components.</summary>
    public static async Task DatasetAsync(TestDatabase database, int run, string name, string state, string status, DateTimeOffset? fetched = null)
    {
        await using var db = database.NewContext();
        var now = TimeProvider.System.GetUtcNow();
        db.RegistryDatasets.Add(new RegistryDataset
        {
            RunNumber = run,
            Name = name,
            Reconstruction = Reconstructions.FromDatasetName(name),
            TrackerState = state,
            RunClass = "Collisions24",
            Summary = new[] { "tracker-pixel", "tracker-strip", "tracker-track" }.ToDictionary(part => part, _ => new Dictionary<string, int> { [status] = 120 }),
            FirstSeenAt = now,
            FetchedAt = fetched ?? now,
        });
        await db.SaveChangesAsync();
    }

    private static CertifiedDay Of(int run, RunType type, Reconstruction reconstruction, double invPb, int lumisections, int day, bool good) =>
        new(run, type, reconstruction, invPb, lumisections, new DateOnly(2018, 5, 14).AddDays(day), good);
}
