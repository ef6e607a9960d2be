using Certhelper.Core.Certification;
using Certhelper.Core.Oms;
using Certhelper.Core.People;
using Certhelper.Core.References;
using Certhelper.Core.Reports;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Core.Scripts;
using Certhelper.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web.Infrastructure;

/// <summary>Rows that tests start from.</summary>
internal sealed class Samples(TestDatabase database)
{
    private static int lastRun = 380_000;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>A run number that no other test uses.</summary>
    public static int NextRun() => Interlocked.Increment(ref lastRun);

    public async Task<User> PersonAsync(string login, string name, params Role[] roles)
    {
        await using var db = database.NewContext();
        var user = new User { Login = login, Name = name, Roles = [Role.Guest, .. roles.Except([Role.Guest])], FirstSeenAt = Now, LastSignInAt = Now };
        db.Users.Add(user);
        await db.SaveChangesAsync();
        return user;
    }

    /// <summary>A collisions run of which OMS has told everything, with an open express dataset that was just asked for.</summary>
    public async Task<int> RunAsync(RunType type = RunType.Collisions, int? number = null)
    {
        await using var db = database.NewContext();
        var run = number ?? NextRun();
        var fill = new Fill { FillNumber = 9_000_000 + run, FetchedAt = Now, PeakPileup = 61.2, BunchesColliding = 2340 };
        db.Runs.Add(new Run
        {
            RunNumber = run,
            Fill = fill,
            Type = type,
            Era = "2024I",
            HltKey = "/cdaq/physics/Run2024/v1",
            StableBeam = true,
            StartTime = Now.AddHours(-5),
            EndTime = Now.AddHours(-3),
            DurationSeconds = 7200,
            Lumisections = 308,
            BFieldTesla = 3.8,
            EnergyGev = 6799,
            RecordedLumiInvPb = 102.5,
            DeliveredLumiInvPb = 110,
            FetchedAt = Now,
            Origins = new() { ["Era"] = new FactOrigin(FactSource.Oms, Now), ["RecordedLumiInvPb"] = new FactOrigin(FactSource.Oms, Now) },
        });
        db.RegistryDatasets.Add(new RegistryDataset
        {
            RunNumber = run,
            Name = "/Express/Collisions2024/DQM",
            Reconstruction = Reconstruction.Express,
            TrackerState = RegistryDataset.Open,
            FirstSeenAt = Now.AddHours(-3),
            FetchedAt = Now,
        });
        await db.SaveChangesAsync();
        return run;
    }

    public async Task<int> CertificationAsync(
        User owner, int? runNumber = null, Reconstruction reconstruction = Reconstruction.Express, ComponentVerdict strip = ComponentVerdict.Good)
    {
        var run = runNumber ?? await RunAsync();
        await using var db = database.NewContext();
        var item = new TrackerCertification
        {
            RunReconstruction = await db.RunReconstructions.SingleOrDefaultAsync(of => of.RunNumber == run && of.Reconstruction == reconstruction)
                ?? new RunReconstruction { RunNumber = run, Reconstruction = reconstruction },
            OwnerId = owner.Id,
            Pixel = ComponentVerdict.Good,
            Strip = strip,
            Tracking = ComponentVerdict.Good,
            TrackerMap = TrackerMapState.Exists,
            BadReasonId = strip == ComponentVerdict.Bad ? (await db.BadReasons.FirstAsync()).Id : null,
            Date = DateOnly.FromDateTime(Now.UtcDateTime),
            Comment = "As usual.",
            FactsComplete = true,
            CreatedAt = Now,
            UpdatedAt = Now,
        };
        item.Revisions.Add(new CertificationRevision { Number = 1, Kind = RevisionKind.Created, At = Now, ById = owner.Id, Changes = [new FieldChange("Pixel", null, "good")] });
        db.Certifications.Add(item);
        await db.SaveChangesAsync();
        return item.Id;
    }

    public async Task<int> ReferenceAsync(User by)
    {
        var certification = await CertificationAsync(by);
        await using var db = database.NewContext();
        var of = await db.Certifications.Where(item => item.Id == certification).Select(item => item.RunReconstructionId).SingleAsync();
        var reference = new Reference { RunReconstructionId = of, PromotedAt = Now, PromotedById = by.Id };
        db.References.Add(reference);
        await db.SaveChangesAsync();
        return reference.Id;
    }

    /// <summary>The report of a week without certifications.</summary>
    public async Task<int> WeeklyReportAsync(User by)
    {
        await using var db = database.NewContext();
        var actor = new Actor(by.Id, by.Login, by.Name, [Role.ShiftLeader]);
        var made = await new ReportDesk(db, new ReportWriter(db, new ReportData(db)), TimeProvider.System)
            .WeeklyAsync(new Period(new DateOnly(2001, 1, 1), new DateOnly(2001, 1, 7)), actor, CancellationToken.None);
        return ((ReportResult.Done)made).ReportId;
    }

    /// <summary>A key that waits to be approved.</summary>
    public async Task<int> HostKeyAsync()
    {
        await using var db = database.NewContext();
        var key = new HostKey { Host = "vocms066", Port = 22, Algorithm = "ssh-ed25519", Fingerprint = "SHA256:sample", State = HostKeyState.Pending, FirstSeenAt = Now, LastSeenAt = Now };
        db.HostKeys.Add(key);
        await db.SaveChangesAsync();
        return key.Id;
    }

    /// <summary>A dataset that the registry has named just now.</summary>
    public async Task DatasetAsync(int run, string name, string? state = RegistryDataset.Open, DateTimeOffset? firstSeen = null, DateTimeOffset? changed = null)
    {
        await using var db = database.NewContext();
        db.RegistryDatasets.Add(new RegistryDataset
        {
            RunNumber = run,
            Name = name,
            Reconstruction = Reconstructions.FromDatasetName(name),
            TrackerState = state,
            FirstSeenAt = firstSeen ?? Now.AddHours(-1),
            ChangedAt = changed,
            FetchedAt = Now,
        });
        await db.SaveChangesAsync();
    }

    public async Task DeletedAsync(int certificationId)
    {
        await using var db = database.NewContext();
        await db.Certifications.Where(item => item.Id == certificationId).ExecuteUpdateAsync(set => set.SetProperty(item => item.DeletedAt, Now));
    }

    public async Task SourceAsync(string source, DateTimeOffset? good, DateTimeOffset? failed, string? problem)
    {
        await using var db = database.NewContext();
        await db.SourceContacts.Where(contact => contact.Source == source).ExecuteDeleteAsync();
        db.SourceContacts.Add(new SourceContact { Source = source, LastGoodAt = good, LastFailureAt = failed, LastFailure = problem });
        await db.SaveChangesAsync();
    }
}
