namespace Certhelper.Core.People;

/// <summary>What a person is here. CERN SSO says it in <c>cern_roles</c>; a person may have several.</summary>
public enum Role
{
    /// <summary>Signed in, without a role: reads.</summary>
    Guest,
    Shifter,
    ShiftLeader,
    Expert,
    Admin,

    /// <summary>Keeps the machinery running; sees the dashboards.</summary>
    Ops,
}

/// <summary>Names of roles on pages and in tokens.</summary>
public static class Roles
{
    /// <summary>The name that people read.</summary>
    public static string Title(this Role role) => role switch
    {
        Role.Guest => "Guest",
        Role.Shifter => "Shifter",
        Role.ShiftLeader => "Shift leader",
        Role.Expert => "Expert",
        Role.Admin => "Administrator",
        Role.Ops => "Operations",
    };

    /// <summary>
    /// The roles that token roles grant. Names match exactly, ignoring case; an unknown name grants nothing; nobody is
    /// less than a guest.
    /// </summary>
    public static IReadOnlyList<Role> FromToken(IEnumerable<string> tokenRoles) =>
    [
        .. tokenRoles
            .Select(name => name.Trim().ToLowerInvariant() switch
            {
                "shifter" => Role.Shifter,
                "shiftleader" => Role.ShiftLeader,
                "expert" => Role.Expert,
                "admin" => Role.Admin,
                "ops" => Role.Ops,
                _ => Role.Guest,
            })
            .Append(Role.Guest)
            .Distinct()
            .Order(),
    ];
}
