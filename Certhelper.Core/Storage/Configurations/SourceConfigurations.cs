using Certhelper.Core.Administration;
using Certhelper.Core.Oms;
using Certhelper.Core.People;
using Certhelper.Core.RunRegistry;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Certhelper.Core.Storage.Configurations;

internal sealed class SettingConfiguration : IEntityTypeConfiguration<Setting>
{
    public void Configure(EntityTypeBuilder<Setting> builder)
    {
        builder.HasKey(item => item.Key);
        builder.Property(item => item.Key).HasMaxLength(60);
        builder.Property(item => item.Value).HasMaxLength(4_000);
        builder.Property(item => item.Version).IsRowVersion();
        builder.HasOne(item => item.UpdatedBy).WithMany().HasForeignKey(item => item.UpdatedById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SavedFilterConfiguration : IEntityTypeConfiguration<SavedFilter>
{
    public void Configure(EntityTypeBuilder<SavedFilter> builder)
    {
        builder.Property(item => item.List).HasMaxLength(30);
        builder.Property(item => item.Name).HasMaxLength(80);
        builder.Property(item => item.Query).HasMaxLength(2_000);
        builder.HasIndex(item => new { item.OwnerId, item.List, item.Name }).IsUnique();
        builder.HasOne(item => item.Owner).WithMany().HasForeignKey(item => item.OwnerId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class DataProtectionKeyConfiguration : IEntityTypeConfiguration<DataProtectionKey>
{
    /// <summary>A key's XML is longer than the usual text column.</summary>
    public void Configure(EntityTypeBuilder<DataProtectionKey> builder) =>
        builder.Property(key => key.Xml).HasColumnType("text").Metadata.SetMaxLength(null);
}

internal sealed class RegistryDatasetConfiguration : IEntityTypeConfiguration<RegistryDataset>
{
    public void Configure(EntityTypeBuilder<RegistryDataset> builder)
    {
        builder.HasIndex(item => new { item.RunNumber, item.Name }).IsUnique();
        builder.HasIndex(item => new { item.TrackerState, item.RunNumber });
        builder.HasIndex(item => item.FetchedAt);
        builder.Property(item => item.Summary).AsJson();
    }
}

internal sealed class OmsSnapshotConfiguration : IEntityTypeConfiguration<OmsSnapshot>
{
    public void Configure(EntityTypeBuilder<OmsSnapshot> builder)
    {
        builder.Property(item => item.Resource).HasMaxLength(30);
        builder.Property(item => item.Body).HasColumnType("jsonb").Metadata.SetMaxLength(null);
        builder.HasIndex(item => new { item.Resource, item.Number, item.FetchedAt });
    }
}

internal sealed class SourceContactConfiguration : IEntityTypeConfiguration<SourceContact>
{
    public void Configure(EntityTypeBuilder<SourceContact> builder)
    {
        builder.HasKey(item => item.Source);
        builder.Property(item => item.Source).HasMaxLength(30);
        builder.Property(item => item.LastFailure).HasMaxLength(2_000);
    }
}

internal sealed class SyncMarkConfiguration : IEntityTypeConfiguration<SyncMark>
{
    public void Configure(EntityTypeBuilder<SyncMark> builder)
    {
        builder.HasKey(item => item.Name);
        builder.Property(item => item.Name).HasMaxLength(60);
        builder.Property(item => item.LastResult).HasMaxLength(2_000);
    }
}
