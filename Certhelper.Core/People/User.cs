namespace Certhelper.Core.People;

/// <summary>A person who has signed in at least once. Never deleted: certifications keep their author.</summary>
public sealed class User
{
    public int Id { get; init; }

    /// <summary>CERN login name (<c>cern_upn</c>), lower case.</summary>
    public required string Login { get; init; }

    public required string Name { get; set; }

    public string? Email { get; set; }

    /// <summary>Name, login and address in one, kept by the database: what a search looks through.</summary>
    public string SearchWords { get; private set; } = "";

    public int? CernPersonId { get; set; }

    /// <summary>As CERN SSO said last; what administrators granted is in <see cref="Grants"/>.</summary>
    public List<Role> Roles { get; set; } = [];

    /// <summary>When CERN SSO was asked last for the roles of a session that goes on.</summary>
    public DateTimeOffset? RolesAskedAt { get; set; }

    public List<RoleGrant> Grants { get; } = [];

    /// <summary>May not come in since then; null for everybody else.</summary>
    public DateTimeOffset? DeactivatedAt { get; set; }

    /// <summary>Why the person was shut out, or let in again, last.</summary>
    public string? StateBecause { get; set; }

    /// <summary>Counts what administrators did to the person's rights, so that two of them at once do not undo each other unseen.</summary>
    public int RightsVersion { get; set; }

    public DateTimeOffset FirstSeenAt { get; init; }

    public DateTimeOffset LastSignInAt { get; set; }

    /// <summary>To some minutes.</summary>
    public DateTimeOffset? LastSeenAt { get; set; }

    /// <summary>The banner that the person has put away.</summary>
    public string? BannerSeen { get; set; }
}
