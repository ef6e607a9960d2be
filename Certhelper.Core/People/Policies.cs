using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Certhelper.Core.People;

/// <summary>Makes one policy of each permission; its name is the permission's name.</summary>
public static class Policies
{
    /// <summary>Registers the policies. What declares none needs a signed-in person.</summary>
    public static void AddPermissionPolicies(this IServiceCollection services)
    {
        services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
        var authorization = services.AddAuthorizationBuilder();
        foreach (var permission in Enum.GetValues<Permission>())
            authorization.AddPolicy(permission.ToString(), policy => policy
                .RequireAuthenticatedUser()
                .AddRequirements(new PermissionRequirement(permission)));
        authorization.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    private sealed class PermissionHandler : AuthorizationHandler<PermissionRequirement>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
        {
            if (context.User.May(requirement.Permission)) context.Succeed(requirement);
            return Task.CompletedTask;
        }
    }
}

/// <summary>Asks the permission table.</summary>
public sealed record PermissionRequirement(Permission Permission) : IAuthorizationRequirement;
