using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Certhelper.Core.Storage;

/// <summary>Lets <c>dotnet ef</c> make migrations without a running database.</summary>
internal sealed class DesignTimeContextFactory : IDesignTimeDbContextFactory<CerthelperDbContext>
{
    public CerthelperDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<CerthelperDbContext>().UseNpgsql("Host=nowhere");
        StorageSetup.Configure(options);
        return new CerthelperDbContext(options.Options);
    }
}
