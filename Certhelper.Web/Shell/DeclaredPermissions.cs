using Certhelper.Core.People;
using Microsoft.AspNetCore.Authorization;

namespace Certhelper.Web.Shell;

/// <summary>Reads what an endpoint has declared that it needs.</summary>
public static class DeclaredPermissions
{
    /// <summary>All of them are needed. Empty for an open endpoint, and for one that declares nothing.</summary>
    public static IReadOnlyList<Permission> Of(Endpoint? endpoint) =>
    [
        .. (endpoint?.Metadata.GetOrderedMetadata<IAuthorizeData>() ?? [])
            .Select(data => Enum.TryParse<Permission>(data.Policy, out var permission) ? permission : (Permission?)null)
            .OfType<Permission>()
            .Distinct(),
    ];
}

/// <summary>Roles in sentences.</summary>
public static class RoleWords
{
    /// <summary><c>Shifter, Shift leader or Expert</c>.</summary>
    public static string OneOf(IReadOnlyList<Role> roles) => roles.Count == 1
        ? roles[0].Title()
        : string.Join(", ", roles.SkipLast(1).Select(role => role.Title())) + " or " + roles[^1].Title();

    /// <summary>The roles of a person; being a guest is worth a word only when it is all.</summary>
    public static string Yours(IReadOnlyList<Role> roles) =>
        string.Join(", ", roles.Where(role => role != Role.Guest).Select(role => role.Title()).DefaultIfEmpty(roles.Count == 0 ? "none, you are signed out" : Role.Guest.Title()));
}

/// <summary>Tells the refusal page what a page found missing that its address alone does not say.</summary>
public static class Refusals
{
    private static readonly object Key = new();

    public static void Refuse(this HttpContext context, Permission permission) => context.Items[Key] = permission;

    public static Permission? Refused(this HttpContext context) => context.Items[Key] as Permission?;
}
