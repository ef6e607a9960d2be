using Certhelper.Core.Lists;
using Certhelper.Core.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Certhelper.Core.Storage.Configurations;

internal sealed class ReportConfiguration : IEntityTypeConfiguration<Report>
{
    public void Configure(EntityTypeBuilder<Report> builder)
    {
        builder.Ignore(item => item.Period);
        builder.Property(item => item.Filter).HasMaxLength(CertificationFilter.LongestText);
        builder.HasIndex(item => new { item.Kind, item.From, item.To, item.PersonId, item.Filter }).IsUnique().AreNullsDistinct(false);
        builder.HasIndex(item => new { item.To, item.Id });
        builder.HasOne(item => item.Person).WithMany().HasForeignKey(item => item.PersonId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.CreatedBy).WithMany().HasForeignKey(item => item.CreatedById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ReportRevisionConfiguration : IEntityTypeConfiguration<ReportRevision>
{
    public void Configure(EntityTypeBuilder<ReportRevision> builder)
    {
        builder.Property(item => item.Version).IsRowVersion();
        // Not jsonb: the names of the kinds of blocks come first, and stay there.
        builder.Property(item => item.Content).HasColumnType("json").Metadata.SetMaxLength(null);
        builder.Property(item => item.Notes).AsJson();
        builder.HasIndex(item => new { item.ReportId, item.Number }).IsUnique();
        builder.HasOne(item => item.Report).WithMany(item => item.Revisions).HasForeignKey(item => item.ReportId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.MadeBy).WithMany().HasForeignKey(item => item.MadeById).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.TypedBy).WithMany().HasForeignKey(item => item.TypedById).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.FrozenBy).WithMany().HasForeignKey(item => item.FrozenById).OnDelete(DeleteBehavior.Restrict);
    }
}
