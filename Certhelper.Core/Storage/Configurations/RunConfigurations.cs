using Certhelper.Core.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Certhelper.Core.Storage.Configurations;

internal sealed class RunConfiguration : IEntityTypeConfiguration<Run>
{
    public void Configure(EntityTypeBuilder<Run> builder)
    {
        builder.HasKey(run => run.RunNumber);
        builder.Property(run => run.RunNumber).ValueGeneratedNever();
        builder.Property(run => run.Version).IsRowVersion();
        builder.Property(run => run.Origins).AsJson();
        builder.Ignore(run => run.HasOmsFacts);
        builder.Ignore(run => run.FactsAreComplete);
        builder.HasOne(run => run.Fill).WithMany().HasForeignKey(run => run.FillNumber).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(run => run.FillNumber);
        builder.HasIndex(run => run.StartTime);
        builder.HasIndex(run => new { run.Type, run.RunNumber });
        builder.HasIndex(run => run.Era);
        builder.HasIndex(run => run.FillTypeRuntime);
        builder.HasIndex(run => run.BFieldTesla);
        builder.HasIndex(run => run.EnergyGev);
        builder.HasIndex(run => run.FetchedAt);
    }
}

internal sealed class FillConfiguration : IEntityTypeConfiguration<Fill>
{
    public void Configure(EntityTypeBuilder<Fill> builder)
    {
        builder.HasKey(fill => fill.FillNumber);
        builder.Property(fill => fill.FillNumber).ValueGeneratedNever();
        builder.Property(fill => fill.Version).IsRowVersion();
        builder.Property(fill => fill.Origins).AsJson();
    }
}

internal sealed class RunReconstructionConfiguration : IEntityTypeConfiguration<RunReconstruction>
{
    public void Configure(EntityTypeBuilder<RunReconstruction> builder)
    {
        builder.HasIndex(item => new { item.RunNumber, item.Reconstruction }).IsUnique();
        builder.HasOne(item => item.Run).WithMany(run => run.Reconstructions)
            .HasForeignKey(item => item.RunNumber).OnDelete(DeleteBehavior.Restrict);
    }
}
