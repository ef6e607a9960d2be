using Certhelper.Core.Audit;
using Certhelper.Core.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Certhelper.Core.Storage.Configurations;

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.Property(item => item.By).HasMaxLength(100);
        builder.Property(item => item.Address).HasMaxLength(60);
        builder.Property(item => item.Kind).HasMaxLength(100);
        builder.Property(item => item.Subject).HasMaxLength(200);
        builder.Property(item => item.Details).HasMaxLength(AuditWriter.LongestDetails);
        builder.Property(item => item.Words).HasMaxLength(AuditWriter.LongestWords);
        builder.Property(item => item.Trace).HasMaxLength(40);
        builder.Property(item => item.Changes!).AsJson();
        // No foreign key: an entry outlives what it tells of. One index for each filter, in the order of the list.
        builder.HasIndex(item => new { item.At, item.Id });
        builder.HasIndex(item => new { item.Event, item.At, item.Id });
        builder.HasIndex(item => new { item.By, item.At, item.Id });
        builder.HasIndex(item => new { item.Kind, item.Subject, item.At, item.Id });
        builder.HasIndex(item => item.Words).HasMethod("gin").HasOperators("gin_trgm_ops");
    }
}

internal sealed class EndedSessionConfiguration : IEntityTypeConfiguration<EndedSession>
{
    public void Configure(EntityTypeBuilder<EndedSession> builder)
    {
        builder.HasKey(item => item.Key);
        builder.Property(item => item.Key).HasMaxLength(EndedSession.LongestKey);
        builder.HasIndex(item => item.ForgetAt);
    }
}
