using Certhelper.Core.Certification;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Certhelper.Core.Administration;

/// <summary>Registers what administrators may set while the site runs.</summary>
public static class AdministrationServices
{
    public static void AddAdministration(this IServiceCollection services)
    {
        services.AddSingleton<SiteBoard>();
        services.AddHostedService<SiteWatch>();
        services.AddSingleton<LimitBook>();
        // Who asks for the limits of rules gets those that hold now.
        services.AddSingleton<IOptions<CertificationOptions>>(provider => provider.GetRequiredService<LimitBook>());
        services.AddScoped<SettingsDesk>();
        services.AddScoped<ChoiceDesk>();
    }
}
