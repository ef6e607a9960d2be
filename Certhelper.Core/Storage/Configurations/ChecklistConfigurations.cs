using Certhelper.Core.Certification;
using Certhelper.Core.Checklists;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Certhelper.Core.Storage.Configurations;

internal sealed class ChecklistConfiguration : IEntityTypeConfiguration<Checklist>
{
    public void Configure(EntityTypeBuilder<Checklist> builder)
    {
        builder.Property(item => item.Key).HasMaxLength(30);
        builder.Property(item => item.RowVersion).IsRowVersion();
        builder.HasIndex(item => item.Key).IsUnique();
    }
}

internal sealed class ChecklistVersionConfiguration : IEntityTypeConfiguration<ChecklistVersion>
{
    public void Configure(EntityTypeBuilder<ChecklistVersion> builder)
    {
        builder.Property(item => item.Content).AsJson();
        builder.HasIndex(item => new { item.ChecklistId, item.Number }).IsUnique();
        builder.HasOne(item => item.Checklist).WithMany(item => item.Versions)
            .HasForeignKey(item => item.ChecklistId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.CreatedBy).WithMany().HasForeignKey(item => item.CreatedById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ChecklistAnswerConfiguration : IEntityTypeConfiguration<ChecklistAnswer>
{
    public void Configure(EntityTypeBuilder<ChecklistAnswer> builder)
    {
        builder.Property(item => item.ItemKey).HasMaxLength(60);
        builder.HasIndex(item => new { item.CertificationId, item.ChecklistVersionId, item.ItemKey }).IsUnique();
        builder.HasOne<TrackerCertification>().WithMany(item => item.Answers)
            .HasForeignKey(item => item.CertificationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.ChecklistVersion).WithMany().HasForeignKey(item => item.ChecklistVersionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.By).WithMany().HasForeignKey(item => item.ById).OnDelete(DeleteBehavior.Restrict);
    }
}
