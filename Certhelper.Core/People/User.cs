namespace Certhelper.Core.People;

/// <summary>A person who has signed in at least once. Never deleted: certifications keep their author.</summary>
public sealed class User
{
    public int Id { get; init; }

    /// <summary>CERN login name (<c>cern_upn</c>), lower case.</summary>
    public required string Login { get; init; }

    public required string Name { get; set; }

    public string? Email { get; set; }

    public int? CernPersonId { get; set; }

    /// <summary>As the last sign-in said.</summary>
    public List<Role> Roles { get; set; } = [];

    public DateTimeOffset FirstSeenAt { get; init; }

    public DateTimeOffset LastSignInAt { get; set; }
}
