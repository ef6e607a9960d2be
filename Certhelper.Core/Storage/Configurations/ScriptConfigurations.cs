using Certhelper.Core.Scripts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Certhelper.Core.Storage.Configurations;

internal sealed class ScriptConfiguration : IEntityTypeConfiguration<Script>
{
    public void Configure(EntityTypeBuilder<Script> builder)
    {
        builder.Property(item => item.Key).HasMaxLength(40);
        builder.Property(item => item.Title).HasMaxLength(DefinitionRules.TitleLength);
        builder.Property(item => item.RowVersion).IsRowVersion();
        builder.HasIndex(item => item.Key).IsUnique();
    }
}

internal sealed class ScriptVersionConfiguration : IEntityTypeConfiguration<ScriptVersion>
{
    public void Configure(EntityTypeBuilder<ScriptVersion> builder)
    {
        builder.Property(item => item.Definition).AsJson();
        builder.HasIndex(item => new { item.ScriptId, item.Number }).IsUnique();
        builder.HasOne(item => item.Script).WithMany(item => item.Versions).HasForeignKey(item => item.ScriptId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.CreatedBy).WithMany().HasForeignKey(item => item.CreatedById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class HostKeyConfiguration : IEntityTypeConfiguration<HostKey>
{
    public void Configure(EntityTypeBuilder<HostKey> builder)
    {
        builder.Property(item => item.Version).IsRowVersion();
        builder.Property(item => item.Host).HasMaxLength(100);
        builder.Property(item => item.Algorithm).HasMaxLength(100);
        builder.Property(item => item.Fingerprint).HasMaxLength(100);
        builder.HasIndex(item => new { item.Host, item.Port, item.Fingerprint }).IsUnique();
        builder.HasIndex(item => new { item.Host, item.Port }, "ix_host_keys_one_approved").IsUnique().HasFilter("state = 'Approved'");
        builder.HasOne(item => item.DecidedBy).WithMany().HasForeignKey(item => item.DecidedById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ExecutionConfiguration : IEntityTypeConfiguration<Execution>
{
    public void Configure(EntityTypeBuilder<Execution> builder)
    {
        builder.Property(item => item.Arguments).AsJson();
        builder.Property(item => item.Words).AsJson();
        builder.Property(item => item.SideKey).HasMaxLength(1_100);
        builder.Property(item => item.Trouble).HasMaxLength(1_000);
        builder.Property(item => item.Tail).HasMaxLength(4_000);
        builder.Property(item => item.Side).HasDefaultValue(1);
        // The dispatcher looks here every second.
        builder.HasIndex(item => item.Id, "ix_executions_open").HasFilter("ended_at IS NULL");
        builder.HasIndex(item => new { item.ScriptId, item.Id });
        builder.HasIndex(item => new { item.StartedById, item.Id });
        builder.HasIndex(item => new { item.State, item.Id });
        builder.HasIndex(item => item.Runs).HasMethod("gin");
        builder.HasOne(item => item.Script).WithMany().HasForeignKey(item => item.ScriptId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.ScriptVersion).WithMany().HasForeignKey(item => item.ScriptVersionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.StartedBy).WithMany().HasForeignKey(item => item.StartedById).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.StopRequestedBy).WithMany().HasForeignKey(item => item.StopRequestedById).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Execution>().WithMany().HasForeignKey(item => item.AgainOfId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ExecutionLineConfiguration : IEntityTypeConfiguration<ExecutionLine>
{
    public void Configure(EntityTypeBuilder<ExecutionLine> builder)
    {
        builder.HasKey(item => new { item.ExecutionId, item.Number });
        builder.Property(item => item.Text).HasColumnType("text").Metadata.SetMaxLength(null);
        builder.HasOne<Execution>().WithMany().HasForeignKey(item => item.ExecutionId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ExecutionEventConfiguration : IEntityTypeConfiguration<ExecutionEvent>
{
    public void Configure(EntityTypeBuilder<ExecutionEvent> builder)
    {
        builder.Property(item => item.Text).HasMaxLength(1_000);
        builder.HasIndex(item => new { item.ExecutionId, item.Id });
        builder.HasOne<Execution>().WithMany(item => item.Events).HasForeignKey(item => item.ExecutionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.By).WithMany().HasForeignKey(item => item.ById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ExecutionFileConfiguration : IEntityTypeConfiguration<ExecutionFile>
{
    public void Configure(EntityTypeBuilder<ExecutionFile> builder)
    {
        builder.Property(item => item.Name).HasMaxLength(255);
        builder.Property(item => item.Folder).HasMaxLength(1_000);
        builder.Property(item => item.Hash).HasMaxLength(64);
        builder.Property(item => item.MediaType).HasMaxLength(100);
        builder.Property(item => item.MapType).HasMaxLength(60);
        builder.HasIndex(item => new { item.ExecutionId, item.Folder, item.Name }).IsUnique();
        // Maps that are shown: by run, and the newest runs first.
        builder.HasIndex(item => new { item.RunNumber, item.MapType, item.Name }).HasFilter("map_type IS NOT NULL AND NOT superseded");
        builder.HasIndex(item => item.Hash);
        builder.HasOne(item => item.Execution).WithMany(item => item.Files).HasForeignKey(item => item.ExecutionId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class StoredFileConfiguration : IEntityTypeConfiguration<StoredFile>
{
    public void Configure(EntityTypeBuilder<StoredFile> builder)
    {
        builder.HasKey(item => item.Hash);
        builder.Property(item => item.Hash).HasMaxLength(64);
    }
}

internal sealed class StoredFilePartConfiguration : IEntityTypeConfiguration<StoredFilePart>
{
    public void Configure(EntityTypeBuilder<StoredFilePart> builder)
    {
        builder.HasKey(item => new { item.Hash, item.Number });
        builder.Property(item => item.Hash).HasMaxLength(64);
        builder.HasOne<StoredFile>().WithMany().HasForeignKey(item => item.Hash).OnDelete(DeleteBehavior.Restrict);
    }
}
