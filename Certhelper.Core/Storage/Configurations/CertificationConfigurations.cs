using Certhelper.Core.Certification;
using Certhelper.Core.References;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Certhelper.Core.Storage.Configurations;

internal sealed class TrackerCertificationConfiguration : IEntityTypeConfiguration<TrackerCertification>
{
    /// <summary>Name of the index that allows one living certification per run reconstruction.</summary>
    public const string OneLivingIndex = "ix_certifications_one_living";

    public void Configure(EntityTypeBuilder<TrackerCertification> builder)
    {
        builder.Property(item => item.Version).IsRowVersion();
        builder.Property(item => item.Comment).HasMaxLength(10_000);
        builder.HasIndex(item => item.RunReconstructionId, OneLivingIndex).IsUnique().HasFilter("deleted_at IS NULL");
        builder.HasIndex(item => item.Date);
        builder.HasIndex(item => new { item.OwnerId, item.Date });
        builder.HasIndex(item => item.UpdatedAt);
        builder.HasOne(item => item.RunReconstruction).WithMany(item => item.Certifications)
            .HasForeignKey(item => item.RunReconstructionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.Owner).WithMany().HasForeignKey(item => item.OwnerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.Reference).WithMany().HasForeignKey(item => item.ReferenceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.BadReason).WithMany().HasForeignKey(item => item.BadReasonId).OnDelete(DeleteBehavior.Restrict);
        builder.HasQueryFilter(Filters.Living, item => item.DeletedAt == null);
    }
}

/// <summary>Names of query filters, for the few places that look behind one.</summary>
public static class Filters
{
    /// <summary>Hides deleted certifications.</summary>
    public const string Living = "living";
}

internal sealed class CertificationRevisionConfiguration : IEntityTypeConfiguration<CertificationRevision>
{
    public void Configure(EntityTypeBuilder<CertificationRevision> builder)
    {
        builder.HasIndex(item => new { item.CertificationId, item.Number }).IsUnique();
        builder.Property(item => item.Changes).AsJson();
        builder.Property(item => item.Why).HasMaxLength(2_000);
        builder.HasOne<TrackerCertification>().WithMany(item => item.Revisions)
            .HasForeignKey(item => item.CertificationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.By).WithMany().HasForeignKey(item => item.ById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class BadReasonConfiguration : IEntityTypeConfiguration<BadReason>
{
    public void Configure(EntityTypeBuilder<BadReason> builder)
    {
        builder.Property(item => item.Name).HasMaxLength(60);
        builder.HasIndex(item => item.Name).IsUnique();
    }
}

internal sealed class ReferenceConfiguration : IEntityTypeConfiguration<Reference>
{
    public void Configure(EntityTypeBuilder<Reference> builder)
    {
        builder.Property(item => item.Version).IsRowVersion();
        builder.HasOne(item => item.RunReconstruction).WithOne(item => item.Reference)
            .HasForeignKey<Reference>(item => item.RunReconstructionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.PromotedBy).WithMany().HasForeignKey(item => item.PromotedById).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.RetiredBy).WithMany().HasForeignKey(item => item.RetiredById).OnDelete(DeleteBehavior.Restrict);
    }
}
