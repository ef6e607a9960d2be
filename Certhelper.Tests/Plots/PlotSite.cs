using Certhelper.Core.People;
using Certhelper.Tests.Web.Infrastructure;

namespace Certhelper.Tests.Plots;

/// <summary>A site with the made-up certifications of the plots, and somebody who may only look.</summary>
public sealed class PlotSite : IAsyncLifetime
{
    public WebSite Site { get; } = new();

    public Visitor Guest { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Site.InitializeAsync();
        Guest = await Site.SignedInAsAsync(Role.Guest);
        await PlotSamples.KeepAsync(Site.Database, Guest.User!);
    }

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
