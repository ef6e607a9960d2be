using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.References;
using Certhelper.Core.Reports;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Tests.Infrastructure;

namespace Certhelper.Tests.Reports;

/// <summary>The data sets that the numbers of reports are known for.</summary>
internal sealed class ReportSamples(TestDatabase database)
{
    public static readonly DateOnly Day = new(2018, 5, 14);

    private static readonly DateTimeOffset Then = new(2018, 5, 14, 10, 0, 0, TimeSpan.Zero);

    /// <summary>Reports of this database.</summary>
    public static ReportWriter Writer(CerthelperDbContext db) => new(db, new ReportData(db));

    public static ReportDesk Desk(CerthelperDbContext db, TimeProvider time) => new(db, Writer(db), time);

    public async Task<Actor> PersonAsync(string login, string name, params Role[] roles)
    {
        await using var db = database.NewContext();
        var user = new User { Login = login, Name = name, Roles = [Role.Guest, .. roles], FirstSeenAt = Then, LastSignInAt = Then };
        db.Users.Add(user);
        await db.SaveChangesAsync();
        return new Actor(user.Id, login, name, user.Roles);
    }

    /// <summary>One shifter, one day, 26 certifications.</summary>
    public async Task DailyAsync(int owner)
    {
        await using var db = database.NewContext();
        var references = new Dictionary<(RunType, Reconstruction), Reference>
        {
            [(RunType.Collisions, Reconstruction.Express)] = Reference(db, 300100, Reconstruction.Express, owner),
            [(RunType.Collisions, Reconstruction.Prompt)] = Reference(db, 300150, Reconstruction.Prompt, owner),
            [(RunType.Cosmics, Reconstruction.Express)] = Reference(db, 300200, Reconstruction.Express, owner),
            [(RunType.Cosmics, Reconstruction.Prompt)] = Reference(db, 300250, Reconstruction.Prompt, owner),
        };
        await db.SaveChangesAsync();
        foreach (var (type, reconstruction, dataset, rows) in DailyRows)
        {
            foreach (var row in rows.Split('·', StringSplitOptions.TrimEntries))
            {
                var words = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                var collisions = type == RunType.Collisions;
                var verdicts = words[^1].Split('/');
                db.Certifications.Add(new TrackerCertification
                {
                    RunReconstruction = new RunReconstruction
                    {
                        Run = new Run
                        {
                            RunNumber = int.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture),
                            Type = type,
                            BFieldTesla = 3.8,
                            EnergyGev = collisions ? 6500 : 0,
                            FillTypeParty1 = collisions ? "Proton-Proton" : "Cosmics",
                            Lumisections = int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture),
                            RecordedLumiInvPb = collisions ? double.Parse(words[2], System.Globalization.CultureInfo.InvariantCulture) : 0,
                        },
                        RunNumber = int.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture),
                        Reconstruction = reconstruction,
                    },
                    DatasetName = dataset,
                    OwnerId = owner,
                    ReferenceId = references[(type, reconstruction)].Id,
                    Pixel = Verdict(verdicts[0]),
                    PixelLowStatistics = verdicts[0] == "L",
                    Strip = Verdict(verdicts[1]),
                    StripLowStatistics = verdicts[1] == "L",
                    Tracking = Verdict(verdicts[2]),
                    TrackingLowStatistics = verdicts[2] == "L",
                    TrackerMap = words[^2] == "exists" ? TrackerMapState.Exists : TrackerMapState.Missing,
                    Date = Day,
                    Comment = words[0] == "300001" ? "Pixel barrel layer 1 has a hole that the reference does not have; see the ELOG of the night." : null,
                    CreatedAt = Then,
                    UpdatedAt = Then,
                });
            }
        }

        await db.SaveChangesAsync();
    }

    /// <summary>19 certifications of a week.</summary>
    public async Task WeekAsync(int owner)
    {
        await using var db = database.NewContext();
        foreach (var row in WeekRows.Split('·', StringSplitOptions.TrimEntries))
        {
            var words = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Add(
                db, int.Parse(words[0].TrimEnd(':'), System.Globalization.CultureInfo.InvariantCulture), Enum.Parse<RunType>(words[1], true), Enum.Parse<Reconstruction>(words[2], true),
                double.Parse(words[3], System.Globalization.CultureInfo.InvariantCulture), int.Parse(words[4], System.Globalization.CultureInfo.InvariantCulture),
                new DateOnly(2018, 5, int.Parse(words[5], System.Globalization.CultureInfo.InvariantCulture)), words[6] == "good", owner);
        }

        await db.SaveChangesAsync();
    }

    /// <summary>A run with a verdict of all components; known runs and fills are taken again.</summary>
    public static TrackerCertification Add(
        CerthelperDbContext db, int run, RunType type, Reconstruction reconstruction, double? lumi, int? lumisections, DateOnly day, bool good, int owner, int? fill = null)
    {
        var known = db.Runs.Local.FirstOrDefault(item => item.RunNumber == run);
        if (known is null)
        {
            known = new Run { RunNumber = run, Type = type, RecordedLumiInvPb = lumi, Lumisections = lumisections, FillNumber = fill, BFieldTesla = 3.8, EnergyGev = 6500 };
            db.Runs.Add(known);
        }

        var verdict = good ? ComponentVerdict.Good : ComponentVerdict.Bad;
        var made = new TrackerCertification
        {
            RunReconstruction = new RunReconstruction { RunNumber = run, Run = known, Reconstruction = reconstruction },
            OwnerId = owner,
            Pixel = verdict,
            Strip = verdict,
            Tracking = verdict,
            TrackerMap = TrackerMapState.Exists,
            Date = day,
            CreatedAt = Then,
            UpdatedAt = Then,
        };
        db.Certifications.Add(made);
        return made;
    }

    private static Reference Reference(CerthelperDbContext db, int run, Reconstruction reconstruction, int by)
    {
        var reference = new Reference
        {
            RunReconstruction = new RunReconstruction { RunNumber = run, Run = new Run { RunNumber = run }, Reconstruction = reconstruction },
            PromotedAt = Then,
            PromotedById = by,
        };
        db.References.Add(reference);
        return reference;
    }

    private static ComponentVerdict Verdict(string letter) => letter switch
    {
        "g" => ComponentVerdict.Good,
        "b" => ComponentVerdict.Bad,
        _ => ComponentVerdict.Excluded,
    };

    private static readonly (RunType, Reconstruction, string, string)[] DailyRows =
    [
        (RunType.Collisions, Reconstruction.Express, "/StreamExpress/Run2018A-Express-v1/DQMIO",
            "300001 997 632.57 exists b/x/x · 300005 981 510.75 exists g/x/b · 300010 378 786.43 missing x/b/x · 300011 826 621.59 missing x/L/b · 300018 242 983.49 exists x/L/b"),
        (RunType.Collisions, Reconstruction.Prompt, "/ZeroBias/Run2018D-PromptReco-v2/DQMIO",
            "300002 873 273.88 exists g/x/b · 300006 399 954.85 missing x/x/b · 300013 642 138.83 missing g/L/x · 300014 164 836.49 exists x/g/x · 300015 265 432.73 missing L/L/L · "
            + "300016 188 391.13 exists x/g/b · 300019 520 433.99 missing x/g/x · 300020 793 572.98 exists x/L/b · 300022 74 874.62 missing x/x/L · 300025 834 840.18 exists g/x/L"),
        (RunType.Cosmics, Reconstruction.Express, "/StreamExpressCosmics/Run2018D-Express-v1/DQMIO",
            "300003 574 missing L/L/g · 300004 441 missing x/b/b · 300009 134 exists L/g/L · 300021 367 missing g/b/x · 300023 207 exists g/g/b"),
        (RunType.Cosmics, Reconstruction.Prompt, "/Cosmics/Run2018D-PromptReco-v2/DQMIO",
            "300000 856 exists g/L/b · 300007 341 missing L/L/L · 300008 356 missing L/b/g · 300012 365 exists b/b/b · 300017 142 missing x/g/b · 300024 372 missing L/L/x"),
    ];

    private const string WeekRows =
        "1 cosmics express 0.1234 72 14 good · 2 collisions prompt 1.234 5432 14 bad · 3 cosmics prompt 0 25 14 bad · 4 collisions express 423.24 2 15 good · "
        + "5 collisions express 0 72 14 good · 6 cosmics express 0 12 17 good · 7 cosmics express 0 72 17 bad · 8 cosmics express 0 42 14 bad · 9 collisions express 124.123 72 18 good · "
        + "10 cosmics express 0 1242 14 good · 11 cosmics express 0 72 20 good · 12 collisions express 999 142 20 good · 13 collisions prompt 0 72 20 bad · "
        + "14 collisions prompt 123132.32 4522 20 bad · 15 collisions express 0 72 20 good · 16 collisions express -1 71232 14 good · 17 cosmics express 0 712 17 good · "
        + "18 collisions express 5213 142 14 good · 19 collisions express 154543 72 18 good";
}
