namespace Certhelper.Core.People;

/// <summary>A role that an administrator gave by hand, for a time. Ends by itself; never deleted.</summary>
public sealed class RoleGrant
{
    public int Id { get; init; }

    public int UserId { get; init; }

    public User? User { get; init; }

    public required Role Role { get; init; }

    public required string Why { get; init; }

    public required int GrantedById { get; init; }

    public User? GrantedBy { get; init; }

    public required DateTimeOffset GrantedAt { get; init; }

    /// <summary>From then on it gives nothing.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Taken back before its end; null when it was not.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }

    public int? WithdrawnById { get; set; }

    public User? WithdrawnBy { get; set; }

    public string? WithdrawnBecause { get; set; }

    /// <summary>Whether it gives its role at a moment.</summary>
    public bool Holds(DateTimeOffset now) => WithdrawnAt is null && EndsAt > now;
}
