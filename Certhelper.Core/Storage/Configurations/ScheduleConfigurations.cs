using Certhelper.Core.Lists;
using Certhelper.Core.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Certhelper.Core.Storage.Configurations;

internal sealed class ReportScheduleConfiguration : IEntityTypeConfiguration<ReportSchedule>
{
    public void Configure(EntityTypeBuilder<ReportSchedule> builder)
    {
        builder.Property(item => item.Version).IsRowVersion();
        builder.Property(item => item.Name).HasMaxLength(ScheduleDesk.LongestName);
        builder.Property(item => item.Cron).HasMaxLength(200);
        builder.Property(item => item.TimeZone).HasMaxLength(100);
        builder.Property(item => item.Filter).HasMaxLength(CertificationFilter.LongestText);
        builder.Property(item => item.Formats).AsJson();
        builder.Property(item => item.Recipients).AsJson();
        // The clock looks here every minute.
        builder.HasIndex(item => item.NextAt, "ix_report_schedules_due").HasFilter("next_at IS NOT NULL");
        builder.HasOne(item => item.Person).WithMany().HasForeignKey(item => item.PersonId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.Owner).WithMany().HasForeignKey(item => item.OwnerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.UpdatedBy).WithMany().HasForeignKey(item => item.UpdatedById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ScheduledMakingConfiguration : IEntityTypeConfiguration<ScheduledMaking>
{
    public void Configure(EntityTypeBuilder<ScheduledMaking> builder)
    {
        builder.Property(item => item.Log).HasMaxLength(20_000);
        builder.HasIndex(item => new { item.ScheduleId, item.DueAt }).IsUnique();
        builder.HasIndex(item => item.NotBefore, "ix_scheduled_makings_open").HasFilter("ended_at IS NULL");
        builder.HasOne(item => item.Schedule).WithMany().HasForeignKey(item => item.ScheduleId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.AskedBy).WithMany().HasForeignKey(item => item.AskedById).OnDelete(DeleteBehavior.Restrict);
    }
}
