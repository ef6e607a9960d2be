using Certhelper.Core.Administration;
using Certhelper.Core.Audit;
using Certhelper.Core.Certification;
using Certhelper.Core.Checklists;
using Certhelper.Core.Oms;
using Certhelper.Core.People;
using Certhelper.Core.References;
using Certhelper.Core.Reports;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Core.Scripts;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Storage;

/// <summary>Everything that must last. The key ring is here too, so that every replica reads every other's cookies.</summary>
public sealed class CerthelperDbContext(DbContextOptions<CerthelperDbContext> options)
    : DbContext(options), IDataProtectionKeyContext
{
    public DbSet<Run> Runs => Set<Run>();

    public DbSet<Fill> Fills => Set<Fill>();

    public DbSet<RunReconstruction> RunReconstructions => Set<RunReconstruction>();

    public DbSet<TrackerCertification> Certifications => Set<TrackerCertification>();

    public DbSet<CertificationRevision> CertificationRevisions => Set<CertificationRevision>();

    public DbSet<BadReason> BadReasons => Set<BadReason>();

    public DbSet<ComponentProblem> ComponentProblems => Set<ComponentProblem>();

    public DbSet<CertificationDraft> CertificationDrafts => Set<CertificationDraft>();

    public DbSet<CertificationEvidence> CertificationEvidence => Set<CertificationEvidence>();

    public DbSet<FactChange> FactChanges => Set<FactChange>();

    public DbSet<RemovedCertification> RemovedCertifications => Set<RemovedCertification>();

    public DbSet<Lease> Leases => Set<Lease>();

    public DbSet<Checklist> Checklists => Set<Checklist>();

    public DbSet<ChecklistVersion> ChecklistVersions => Set<ChecklistVersion>();

    public DbSet<ChecklistAnswer> ChecklistAnswers => Set<ChecklistAnswer>();

    public DbSet<WeeklyAnswer> WeeklyAnswers => Set<WeeklyAnswer>();

    public DbSet<SavedFilter> SavedFilters => Set<SavedFilter>();

    public DbSet<ReferenceEvent> ReferenceEvents => Set<ReferenceEvent>();

    public DbSet<Reference> References => Set<Reference>();

    public DbSet<User> Users => Set<User>();

    public DbSet<Setting> Settings => Set<Setting>();

    public DbSet<RoleGrant> RoleGrants => Set<RoleGrant>();

    public DbSet<RegistryDataset> RegistryDatasets => Set<RegistryDataset>();

    public DbSet<OmsSnapshot> OmsSnapshots => Set<OmsSnapshot>();

    public DbSet<SourceContact> SourceContacts => Set<SourceContact>();

    public DbSet<SyncMark> SyncMarks => Set<SyncMark>();

    public DbSet<Script> Scripts => Set<Script>();

    public DbSet<ScriptVersion> ScriptVersions => Set<ScriptVersion>();

    public DbSet<HostKey> HostKeys => Set<HostKey>();

    public DbSet<Execution> Executions => Set<Execution>();

    public DbSet<ExecutionLine> ExecutionLines => Set<ExecutionLine>();

    public DbSet<ExecutionEvent> ExecutionEvents => Set<ExecutionEvent>();

    public DbSet<ExecutionFile> ExecutionFiles => Set<ExecutionFile>();

    public DbSet<StoredFile> StoredFiles => Set<StoredFile>();

    public DbSet<StoredFilePart> StoredFileParts => Set<StoredFilePart>();

    public DbSet<ReportSchedule> ReportSchedules => Set<ReportSchedule>();

    public DbSet<ScheduledMaking> ScheduledMakings => Set<ScheduledMaking>();

    public DbSet<Report> Reports => Set<Report>();

    public DbSet<ReportRevision> ReportRevisions => Set<ReportRevision>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<EndedSession> EndedSessions => Set<EndedSession>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        // Comes with PostgreSQL and is trusted: the owner of the database may add it.
        modelBuilder.HasPostgresExtension("pg_trgm");
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(CerthelperDbContext).Assembly);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // Enums are words in the database, so that a person with psql and a report in SQL read the same.
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(30);
        configurationBuilder.Properties<string>().HaveMaxLength(500);
    }
}
