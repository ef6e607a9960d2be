using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.People;

/// <summary>A person with the roles that hold now: those of CERN SSO and those granted by hand.</summary>
public sealed record KnownPerson(int Id, string Login, string Name, IReadOnlyList<Role> Roles, bool IsActive)
{
    /// <summary>Whether the person may come in and do this.</summary>
    public bool May(Permission permission) => IsActive && PermissionTable.Allows(Roles, permission);
}

/// <summary>Reads people with the roles that hold now, which no other place works out.</summary>
public static class KnownPeople
{
    /// <summary>Everybody who has ever signed in, by name; one statement.</summary>
    public static Task<List<KnownPerson>> PeopleAsync(this CerthelperDbContext db, DateTimeOffset now, CancellationToken cancellationToken) =>
        ReadAsync(db.Users.OrderBy(user => user.Name).ThenBy(user => user.Id), now, cancellationToken);

    /// <summary>One of them; null for nobody.</summary>
    public static async Task<KnownPerson?> PersonAsync(this CerthelperDbContext db, int id, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await ReadAsync(db.Users.Where(user => user.Id == id), now, cancellationToken)).SingleOrDefault();

    /// <summary>The roles together, each once.</summary>
    public static IReadOnlyList<Role> Together(IEnumerable<Role> fromSso, IEnumerable<Role> granted) => [.. fromSso.Concat(granted).Append(Role.Guest).Distinct().Order()];

    private static async Task<List<KnownPerson>> ReadAsync(IQueryable<User> users, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await users.AsNoTracking()
            .Select(user => new
            {
                user.Id,
                user.Login,
                user.Name,
                user.Roles,
                user.DeactivatedAt,
                Granted = user.Grants.Where(grant => grant.WithdrawnAt == null && grant.EndsAt > now).Select(grant => grant.Role).ToList(),
            })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new KnownPerson(row.Id, row.Login, row.Name, Together(row.Roles, row.Granted), row.DeactivatedAt is null))];
    }
}
