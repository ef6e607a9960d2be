using Certhelper.Core.Certification;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Certhelper.Core.Administration;

/// <summary>Registers what administrators may set while the site runs.</summary>
public static class AdministrationServices
{
    /// <summary>What is switched and limited, and who keeps it fresh. Each part that asks for it may say so: it is registered once.</summary>
    public static void AddAdministration(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SiteBoard>();
        services.AddHostedService<SiteWatch>();
        services.TryAddSingleton<LimitBook>();
        // Who asks for the limits of rules gets those that hold now.
        services.TryAddSingleton<IOptions<CertificationOptions>>(provider => provider.GetRequiredService<LimitBook>());
        services.TryAddScoped<SettingsDesk>();
        services.TryAddScoped<ChoiceDesk>();
    }
}
