using System.Data.Common;
using System.Globalization;
using System.Security.Claims;
using Certhelper.Core.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.People;

/// <summary>
/// What a session may is read from the database at each request, in one small statement: who is deactivated is out at once, and a
/// grant holds or ends at once, in every replica of every process, whatever the cookie says.
/// </summary>
public sealed class SessionPerson(CerthelperDbContext db, TimeProvider time)
{
    /// <summary>Item of the ticket with the role that an administrator looks as.</summary>
    private const string ViewingAs = "viewing-as";

    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);

    /// <summary>The person of the cookie as he is now; null when he may not be here.</summary>
    /// <exception cref="Exception">The database does not answer: <see cref="IsDatabaseAway"/>.</exception>
    public async Task<ClaimsPrincipal?> FreshAsync(ClaimsPrincipal cookie, AuthenticationProperties properties, CancellationToken cancellationToken)
    {
        if (cookie.UserId() is not { } id) return null;
        var now = time.GetUtcNow();
        var row = await db.Users.AsNoTracking().Where(user => user.Id == id)
            .Select(user => new
            {
                user.Login,
                user.Name,
                user.Roles,
                user.DeactivatedAt,
                user.LastSeenAt,
                user.BannerSeen,
                Granted = user.Grants.Where(grant => grant.WithdrawnAt == null && grant.EndsAt > now).Select(grant => grant.Role).ToList(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (row is null || row.DeactivatedAt is not null) return null;
        // Two requests may both write it: nothing is lost by that.
        if (row.LastSeenAt is null || now - row.LastSeenAt > SeenEvery)
            await db.Users.Where(user => user.Id == id).ExecuteUpdateAsync(set => set.SetProperty(user => user.LastSeenAt, now), cancellationToken);
        return new ClaimsPrincipal(Identity(id, row.Login, row.Name, KnownPeople.Together(row.Roles, row.Granted), RoleOf(properties), row.BannerSeen));
    }

    /// <summary>
    /// Who the cookie names, with no role at all: for the page that says that the database is away. What somebody may is not known
    /// then, so nothing is allowed.
    /// </summary>
    public static ClaimsPrincipal Unknown(ClaimsPrincipal cookie) => new(Identity(
        cookie.UserId() ?? 0, cookie.FindFirstValue(Session.LoginClaim) ?? "", cookie.FindFirstValue(Session.NameClaim) ?? "", []));

    /// <summary>Whether it failed because the database does not answer.</summary>
    public static bool IsDatabaseAway(Exception exception) =>
        exception is DbException or TimeoutException or InvalidOperationException { InnerException: DbException or TimeoutException };

    /// <summary>The claims that pages need, and no more.</summary>
    public static ClaimsIdentity Identity(int id, string login, string name, IReadOnlyList<Role> roles, Role? viewAs = null, string? bannerSeen = null)
    {
        var identity = new ClaimsIdentity(Session.Scheme, Session.NameClaim, Session.RoleClaim);
        identity.AddClaim(new Claim(Session.LoginClaim, login));
        identity.AddClaim(new Claim(Session.NameClaim, name));
        identity.AddClaim(new Claim(Session.UserIdClaim, id.ToString(CultureInfo.InvariantCulture)));
        if (bannerSeen is not null) identity.AddClaim(new Claim(Session.BannerClaim, bannerSeen));
        // Who is no administrator any more looks with his own eyes again.
        if (viewAs is { } role && PermissionTable.Allows(roles, Permission.ViewAs))
        {
            identity.AddClaim(new Claim(Session.ViewAsClaim, role.ToString()));
            roles = KnownPeople.Together([role], []);
        }

        identity.AddClaims(roles.Select(one => new Claim(Session.RoleClaim, one.ToString())));
        return identity;
    }

    /// <summary>Lets the session look as another role; null for one's own.</summary>
    public static void ViewAs(AuthenticationProperties properties, Role? role) => properties.Items[ViewingAs] = role?.ToString();

    private static Role? RoleOf(AuthenticationProperties properties) =>
        properties.Items.TryGetValue(ViewingAs, out var text) && Enum.TryParse<Role>(text, out var role) && Enum.IsDefined(role) ? role : null;
}
