using Certhelper.Core.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Certhelper.Core.Storage.Configurations;

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.Property(user => user.Login).HasMaxLength(100);
        builder.HasIndex(user => user.Login).IsUnique();
        builder.PrimitiveCollection(user => user.Roles).ElementType().HasConversion<string>();
        builder.Property(user => user.BannerSeen).HasMaxLength(40);
        builder.Property(user => user.RightsVersion).IsConcurrencyToken();
        builder.Property(user => user.SearchWords).HasColumnType("text").HasComputedColumnSql("name || ' ' || login || ' ' || coalesce(email, '')", stored: true)
            .Metadata.SetMaxLength(null);
        builder.HasIndex(user => user.SearchWords).HasMethod("gin").HasOperators("gin_trgm_ops");
        builder.HasIndex(user => user.LastSeenAt);
        builder.HasIndex(user => new { user.Name, user.Id });
    }
}

internal sealed class RoleGrantConfiguration : IEntityTypeConfiguration<RoleGrant>
{
    public void Configure(EntityTypeBuilder<RoleGrant> builder)
    {
        builder.HasIndex(item => new { item.UserId, item.EndsAt });
        builder.HasOne(item => item.User).WithMany(user => user.Grants).HasForeignKey(item => item.UserId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.GrantedBy).WithMany().HasForeignKey(item => item.GrantedById).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(item => item.WithdrawnBy).WithMany().HasForeignKey(item => item.WithdrawnById).OnDelete(DeleteBehavior.Restrict);
    }
}
