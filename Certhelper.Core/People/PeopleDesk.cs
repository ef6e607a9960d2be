using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.People;

/// <summary>What CERN SSO says about a person who signs in. Token roles are empty when their claim is missing.</summary>
public sealed record SignInClaims(string Login, string Name, string? Email, int? CernPersonId, IReadOnlyList<string> TokenRoles);

/// <summary>Keeps the people who have signed in.</summary>
public sealed class PeopleDesk(CerthelperDbContext db, RoleBook book, TimeProvider time)
{
    /// <summary>Longer than asking takes.</summary>
    private static readonly TimeSpan AskingLasts = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Makes or updates the person's row. Roles become exactly what the token says: raised and lowered at every sign-in.
    /// Who is deactivated is written down too, and not let in by whoever asks.
    /// </summary>
    /// <exception cref="ArgumentException">The claims hold no login name.</exception>
    public async Task<User> SignedInAsync(SignInClaims claims, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(claims.Login);
        var login = Texts.Fit(claims.Login.Trim().ToLowerInvariant(), 100);
        var now = time.GetUtcNow();

        // Two first sign-ins of one person at the same moment: the one that loses the race finds the row then.
        return await db.RepeatOnRaceAsync(async () =>
        {
            var user = await db.Users.SingleOrDefaultAsync(row => row.Login == login, cancellationToken);
            if (user is null)
            {
                user = new User { Login = login, Name = login, FirstSeenAt = now };
                db.Users.Add(user);
            }

            user.Name = string.IsNullOrWhiteSpace(claims.Name) ? login : Texts.Fit(claims.Name.Trim());
            user.Email = Texts.FitOrNull(claims.Email);
            user.CernPersonId = claims.CernPersonId;
            user.Roles = [.. book.Read(claims.TokenRoles)];
            user.LastSignInAt = now;
            await db.SaveChangesAsync(cancellationToken);
            return user;
        });
    }

    /// <summary>Takes over the roles that CERN SSO says now, without a sign-in.</summary>
    public async Task RolesAreAsync(int userId, IReadOnlyList<string> tokenRoles, CancellationToken cancellationToken)
    {
        List<Role> roles = [.. book.Read(tokenRoles)];
        await db.RepeatOnRaceAsync(async () =>
        {
            var user = await db.Users.SingleAsync(row => row.Id == userId, cancellationToken);
            if (!user.Roles.SequenceEqual(roles)) user.Roles = roles;
            return await db.SaveChangesAsync(cancellationToken);
        });
        db.ChangeTracker.Clear();
    }

    /// <summary>
    /// Whether the caller is the one that asks CERN SSO for a person's roles now: of several requests at once only one does, in
    /// all replicas.
    /// </summary>
    public async Task<bool> MayAskForRolesAsync(int userId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var before = now - AskingLasts;
        return await db.Users.Where(user => user.Id == userId && (user.RolesAskedAt == null || user.RolesAskedAt < before))
            .ExecuteUpdateAsync(set => set.SetProperty(user => user.RolesAskedAt, now), cancellationToken) == 1;
    }
}
