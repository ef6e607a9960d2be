using System.Security.Claims;

namespace Certhelper.Core.People;

/// <summary>The person who does something, as the session says. Desks ask it what it may do.</summary>
public sealed record Actor(int UserId, string Login, string Name, IReadOnlyList<Role> Roles)
{
    /// <summary>Whether the permission table allows it.</summary>
    public bool May(Permission permission) => PermissionTable.Allows(Roles, permission);

    /// <summary>The person of a session; null when signed out or when the session lacks what it must hold.</summary>
    public static Actor? From(ClaimsPrincipal principal)
    {
        if (principal.Identity?.IsAuthenticated != true || principal.UserId() is not { } id) return null;
        var login = principal.FindFirstValue(Session.LoginClaim);
        if (string.IsNullOrEmpty(login)) return null;
        return new Actor(id, login, principal.FindFirstValue(Session.NameClaim) ?? login, principal.Roles());
    }
}
