using Microsoft.Extensions.DependencyInjection;

namespace Certhelper.Core.People;

/// <summary>Registers who is who and who may what.</summary>
public static class PeopleServices
{
    /// <summary>Names of roles (checked at start) and the desks about people.</summary>
    public static void AddPeople(this IServiceCollection services)
    {
        services.AddOptions<RoleNames>().BindConfiguration(RoleNames.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RoleBook>();
        services.AddScoped<PeopleDesk>();
        services.AddScoped<RightsDesk>();
        services.AddScoped<SessionPerson>();
    }
}
