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
        // A run's page shows deleted ones too, which the index above does not hold.
        builder.HasIndex(item => new { item.RunReconstructionId, item.DeletedAt });
        builder.HasIndex(item => item.Date);
        builder.HasIndex(item => new { item.OwnerId, item.Date });
        builder.HasIndex(item => new { item.OwnerId, item.UpdatedAt });
        builder.HasIndex(item => item.UpdatedAt);
        builder.HasIndex(item => item.DeletedAt).HasFilter("deleted_at IS NOT NULL");
        // Most certifications are good, complete and have their maps: only the others are worth an index.
        builder.HasIndex(item => item.Pixel).HasFilter("pixel <> 'Good'");
        builder.HasIndex(item => item.Strip).HasFilter("strip <> 'Good'");
        builder.HasIndex(item => item.Tracking).HasFilter("tracking <> 'Good'");
        builder.HasIndex(item => item.TrackerMap).HasFilter("tracker_map = 'Missing'");
        builder.HasIndex(item => item.FactsComplete).HasFilter("NOT facts_complete");
        // Three letters at a time, so that any part of a text is found, whatever it is written with.
        builder.HasIndex(item => item.Comment).HasMethod("gin").HasOperators("gin_trgm_ops");
        builder.HasIndex(item => item.DatasetName).HasMethod("gin").HasOperators("gin_trgm_ops");
        builder.HasOne(item => item.RunReconstruction).WithMany(item => item.Certifications)
            .HasForeignKey(item => item.RunReconstructionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.Owner).WithMany().HasForeignKey(item => item.OwnerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.Reference).WithMany().HasForeignKey(item => item.ReferenceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.BadReason).WithMany().HasForeignKey(item => item.BadReasonId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(item => item.Problems).WithMany()
            .UsingEntity(
                "certification_problems",
                right => right.HasOne(typeof(ComponentProblem)).WithMany().HasForeignKey("problem_id").OnDelete(DeleteBehavior.Restrict),
                left => left.HasOne(typeof(TrackerCertification)).WithMany().HasForeignKey("certification_id").OnDelete(DeleteBehavior.Cascade));
        builder.Property(item => item.Confirmed).AsJson().HasDefaultValueSql("'[]'");
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

internal sealed class ComponentProblemConfiguration : IEntityTypeConfiguration<ComponentProblem>
{
    public void Configure(EntityTypeBuilder<ComponentProblem> builder)
    {
        builder.Property(item => item.Name).HasMaxLength(60);
        builder.HasIndex(item => new { item.Component, item.Name }).IsUnique();
        builder.Property(item => item.Version).IsRowVersion();
    }
}

internal sealed class CertificationDraftConfiguration : IEntityTypeConfiguration<CertificationDraft>
{
    public void Configure(EntityTypeBuilder<CertificationDraft> builder)
    {
        builder.Property(item => item.Fields).AsJson();
        builder.HasIndex(item => new { item.OwnerId, item.RunNumber, item.Reconstruction }).IsUnique();
        builder.HasIndex(item => new { item.RunNumber, item.Reconstruction });
        builder.HasOne(item => item.Owner).WithMany().HasForeignKey(item => item.OwnerId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class LeaseConfiguration : IEntityTypeConfiguration<Lease>
{
    public void Configure(EntityTypeBuilder<Lease> builder)
    {
        builder.HasIndex(item => new { item.RunNumber, item.Reconstruction }).IsUnique();
        builder.HasOne(item => item.Holder).WithMany().HasForeignKey(item => item.HolderId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CertificationEvidenceConfiguration : IEntityTypeConfiguration<CertificationEvidence>
{
    public void Configure(EntityTypeBuilder<CertificationEvidence> builder)
    {
        builder.Property(item => item.Facts).AsJson();
        builder.Property(item => item.Datasets).AsJson();
        builder.HasIndex(item => new { item.CertificationId, item.RevisionNumber }).IsUnique();
        builder.HasOne<TrackerCertification>().WithMany(item => item.Evidence).HasForeignKey(item => item.CertificationId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RemovedCertificationConfiguration : IEntityTypeConfiguration<RemovedCertification>
{
    public void Configure(EntityTypeBuilder<RemovedCertification> builder)
    {
        builder.Property(item => item.Why).HasMaxLength(2_000);
        builder.Property(item => item.Body).HasColumnType("jsonb").Metadata.SetMaxLength(null);
        builder.HasIndex(item => item.RunNumber);
        builder.HasOne(item => item.RemovedBy).WithMany().HasForeignKey(item => item.RemovedById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class BadReasonConfiguration : IEntityTypeConfiguration<BadReason>
{
    public void Configure(EntityTypeBuilder<BadReason> builder)
    {
        builder.Property(item => item.Name).HasMaxLength(60);
        builder.HasIndex(item => item.Name).IsUnique();
        builder.Property(item => item.Version).IsRowVersion();
        builder.HasOne(item => item.AddedBy).WithMany().HasForeignKey(item => item.AddedById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ReferenceConfiguration : IEntityTypeConfiguration<Reference>
{
    public void Configure(EntityTypeBuilder<Reference> builder)
    {
        builder.Property(item => item.Version).IsRowVersion();
        builder.Property(item => item.Validity).AsJson().HasDefaultValueSql("'{}'");
        builder.HasOne(item => item.RunReconstruction).WithOne(item => item.Reference)
            .HasForeignKey<Reference>(item => item.RunReconstructionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.PromotedBy).WithMany().HasForeignKey(item => item.PromotedById).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.RetiredBy).WithMany().HasForeignKey(item => item.RetiredById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ReferenceEventConfiguration : IEntityTypeConfiguration<ReferenceEvent>
{
    public void Configure(EntityTypeBuilder<ReferenceEvent> builder)
    {
        builder.Property(item => item.Validity).AsJson();
        builder.HasIndex(item => new { item.ReferenceId, item.At });
        builder.HasOne<Reference>().WithMany(item => item.Events).HasForeignKey(item => item.ReferenceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.By).WithMany().HasForeignKey(item => item.ById).OnDelete(DeleteBehavior.Restrict);
    }
}
