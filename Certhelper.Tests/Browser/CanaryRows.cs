using Certhelper.Core.Certification;
using Certhelper.Core.Checklists;
using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Core.Runs;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Certhelper.Tests.Infrastructure;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Browser;

/// <summary>A row where a new installation has none, so that the text of every table is on some page.</summary>
internal static class CanaryRows
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static async Task WriteAsync(Stack stack, string login, CancellationToken cancellationToken)
    {
        var options = await stack.OptionsAsync();
        await using var db = new CerthelperDbContext(options);
        var me = await db.Users.SingleAsync(user => user.Login == login, cancellationToken);
        var item = await db.Certifications.Where(row => !db.ChecklistAnswers.Any(answer => answer.CertificationId == row.Id)).OrderByDescending(row => row.Id).FirstAsync(cancellationToken);
        var checklist = await db.ChecklistVersions.OrderBy(row => row.Id).FirstAsync(cancellationToken);
        db.FactChanges.Add(new FactChange { CertificationId = item.Id, Fact = "Lumisections", Old = "1", New = "2", DetectedAt = Now, ChangedAt = Now });
        foreach (var list in new[] { "certifications", "runs" })
            db.SavedFilters.Add(new SavedFilter { OwnerId = me.Id, List = list, Name = list, Query = "type=cosmics", Shared = true, CreatedAt = Now });
        db.RoleGrants.Add(new RoleGrant { UserId = me.Id, Role = Role.Shifter, Why = "because", GrantedById = me.Id, GrantedAt = Now, EndsAt = Now.AddDays(2) });
        db.RemovedCertifications.Add(new RemovedCertification
        {
            CertificationId = 1,
            RunNumber = 500_001,
            Reconstruction = Reconstruction.Express,
            Owner = "somebody",
            RemovedAt = Now,
            RemovedById = me.Id,
            Why = "because",
            Body = "{}",
        });
        db.ChecklistAnswers.Add(new ChecklistAnswer
        {
            CertificationId = item.Id,
            ChecklistVersionId = checklist.Id,
            ItemKey = checklist.Content.Groups[0].Items[0].Key,
            NotApplicableBecause = "because",
            ById = me.Id,
            At = Now,
        });
        var schedule = new ReportSchedule
        {
            Name = "Weekly",
            Kind = ReportKind.Weekly,
            Period = SchedulePeriod.LastWeek,
            Formats = ["text"],
            Cron = "0 8 * * 1",
            TimeZone = "Europe/Zurich",
            Recipients = ["somebody@example.org"],
            Paused = true,
            OwnerId = me.Id,
            UpdatedById = me.Id,
            CreatedAt = Now,
            UpdatedAt = Now,
        };
        db.ReportSchedules.Add(schedule);
        // A host that shows another key than it had: its name has to be typed.
        foreach (var (state, letter) in new[] { (HostKeyState.Approved, 'a'), (HostKeyState.Pending, 'b') })
            db.HostKeys.Add(new HostKey { Host = "host.example.org", Port = 22, Algorithm = "ssh-ed25519", Fingerprint = "SHA256:" + new string(letter, 43), State = state, FirstSeenAt = Now, LastSeenAt = Now });
        await db.SaveChangesAsync(cancellationToken);
        db.ScheduledMakings.Add(new ScheduledMaking { ScheduleId = schedule.Id, DueAt = Now, State = MakingState.Done, StartedAt = Now, EndedAt = Now, Log = "made" });
        await db.SaveChangesAsync(cancellationToken);

        var samples = new ExecutionSamples(await stack.ConnectionStringAsync(), () => new CerthelperDbContext(options));
        var execution = await samples.RunningAsync(me.Id, runs: 386_885);
        await samples.WriteAsync(execution, 0, ["a line"], "a line");
        await samples.EndAsync(execution, ExecutionState.Failed, 1, "trouble");
        await new MapSamples(() => new CerthelperDbContext(options)).FileAsync(execution, 386_885, null, "notes.txt", "text/plain", "text"u8.ToArray());
    }
}
