using Certhelper.Core.Certification;
using Certhelper.Core.Checklists;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Certhelper.Core.Storage.Configurations;

internal sealed class FactChangeConfiguration : IEntityTypeConfiguration<FactChange>
{
    public void Configure(EntityTypeBuilder<FactChange> builder)
    {
        builder.Ignore(item => item.IsUndecided);
        builder.Property(item => item.Version).IsRowVersion();
        builder.Property(item => item.Why).HasMaxLength(2_000);
        builder.HasIndex(item => new { item.CertificationId, item.Fact }, "ix_fact_changes_one_undecided").IsUnique()
            .HasFilter("state IN ('Open', 'Reopened')");
        builder.HasIndex(item => item.CertificationId);
        builder.HasOne<TrackerCertification>().WithMany().HasForeignKey(item => item.CertificationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.DecidedBy).WithMany().HasForeignKey(item => item.DecidedById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class WeeklyAnswerConfiguration : IEntityTypeConfiguration<WeeklyAnswer>
{
    public void Configure(EntityTypeBuilder<WeeklyAnswer> builder)
    {
        builder.Property(item => item.ItemKey).HasMaxLength(60);
        builder.HasIndex(item => new { item.Monday, item.Id });
        builder.HasOne(item => item.ChecklistVersion).WithMany().HasForeignKey(item => item.ChecklistVersionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.By).WithMany().HasForeignKey(item => item.ById).OnDelete(DeleteBehavior.Restrict);
    }
}
