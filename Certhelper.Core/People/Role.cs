namespace Certhelper.Core.People;

/// <summary>What a person is here. CERN SSO says it, see <see cref="RoleNames"/>, or an administrator grants it; a person may have several.</summary>
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

/// <summary>Names of roles on pages.</summary>
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
}
