using Certhelper.Core.Certification;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.People;

/// <summary>How changing a person's rights ended.</summary>
public abstract record RightsResult
{
    private RightsResult()
    {
    }

    public sealed record Done(string Name) : RightsResult;

    /// <summary>It was so already; nothing was changed.</summary>
    public sealed record AlreadySo(string Words) : RightsResult;

    /// <summary>Another administrator changed this person's rights since they were shown; nothing was changed.</summary>
    public sealed record Overtaken : RightsResult;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : RightsResult;

    public sealed record Refused : RightsResult;

    public sealed record NotFound : RightsResult;
}

/// <summary>
/// What administrators do about people: grant a role for a time, take it back, shut somebody out, let him in again. Nobody does any
/// of it to himself, and nobody is ever deleted: certifications keep their author. Each takes the <see cref="User.RightsVersion"/>
/// that the administrator saw, and does nothing when another one was quicker.
/// </summary>
public sealed class RightsDesk(CerthelperDbContext db, TimeProvider time)
{
    /// <summary>Longest grant; who needs a role for longer belongs in its e-group.</summary>
    public static readonly TimeSpan LongestGrant = TimeSpan.FromDays(366);

    /// <summary>Grants a role until a day has ended, in Geneva.</summary>
    public async Task<RightsResult> GrantAsync(int userId, int version, Role? role, DateOnly? until, string? why, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManagePeople)) return new RightsResult.Refused();
        if (await FindAsync(userId, cancellationToken) is not { } user) return new RightsResult.NotFound();
        var now = time.GetUtcNow();
        var errors = Why(why);
        if (userId == actor.UserId) errors.Add(new FieldError("", "Nobody grants a role to himself: ask another administrator."));
        if (role is not { } wanted || !Enum.IsDefined(wanted) || wanted == Role.Guest) errors.Add(new FieldError("Role", "Choose the role."));
        var endsAt = until is { } day && day < DateOnly.MaxValue ? ExperimentDay.StartOf(day.AddDays(1)) : (DateTimeOffset?)null;
        if (endsAt is not { } end || end <= now) errors.Add(new FieldError("Until", "Say the last day on which it holds; it lies before no today."));
        else if (end - now > LongestGrant) errors.Add(new FieldError("Until", "At most a year: who needs it for longer belongs in the e-group."));
        if (errors.Count > 0) return new RightsResult.Invalid(errors);
        if (user.Grants.Any(grant => grant.Role == role && grant.Holds(now)))
            return new RightsResult.AlreadySo($"{user.Name} has this role by a grant already. Withdraw that first to give another end.");

        db.RoleGrants.Add(new RoleGrant { UserId = userId, Role = role!.Value, Why = why!.Trim(), GrantedById = actor.UserId, GrantedAt = now, EndsAt = endsAt!.Value });
        return await SaveAsync(user, version, cancellationToken);
    }

    /// <summary>Takes a grant back; it stays in the history.</summary>
    public async Task<RightsResult> WithdrawAsync(int userId, int version, int grantId, string? why, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManagePeople)) return new RightsResult.Refused();
        if (await FindAsync(userId, cancellationToken) is not { } user || user.Grants.Find(item => item.Id == grantId) is not { } grant) return new RightsResult.NotFound();
        if (Why(why) is { Count: > 0 } errors) return new RightsResult.Invalid(errors);
        var now = time.GetUtcNow();
        if (!grant.Holds(now)) return new RightsResult.AlreadySo("This grant has ended already.");
        (grant.WithdrawnAt, grant.WithdrawnById, grant.WithdrawnBecause) = (now, actor.UserId, why!.Trim());
        return await SaveAsync(user, version, cancellationToken);
    }

    /// <summary>Shuts a person out of all sessions, or lets him in again.</summary>
    public async Task<RightsResult> DeactivateAsync(int userId, int version, bool deactivate, string? why, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManagePeople)) return new RightsResult.Refused();
        if (await FindAsync(userId, cancellationToken) is not { } user) return new RightsResult.NotFound();
        var errors = Why(why);
        if (userId == actor.UserId) errors.Add(new FieldError("", "Nobody shuts himself out: sign out, or ask another administrator."));
        if (errors.Count > 0) return new RightsResult.Invalid(errors);
        if (user.DeactivatedAt is not null == deactivate) return new RightsResult.AlreadySo(deactivate ? $"{user.Name} is deactivated already." : $"{user.Name} is active already.");
        (user.DeactivatedAt, user.StateBecause) = (deactivate ? time.GetUtcNow() : null, why!.Trim());
        return await SaveAsync(user, version, cancellationToken);
    }

    /// <summary>
    /// The person's row is written with every change of what belongs to it: two grants at once would meet nowhere else.
    /// </summary>
    private async Task<RightsResult> SaveAsync(User user, int version, CancellationToken cancellationToken)
    {
        if (user.RightsVersion != version) return new RightsResult.Overtaken();
        user.RightsVersion++;
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new RightsResult.Overtaken();
        }

        return new RightsResult.Done(user.Name);
    }

    private static List<FieldError> Why(string? why) => string.IsNullOrWhiteSpace(why)
        ? [new FieldError("Why", "Say why; it stays in the history.")]
        : why.Trim().Length > Texts.Width ? [new FieldError("Why", "At most 500 characters.")]
        : why.Contains('\0', StringComparison.Ordinal) ? [new FieldError("Why", "The text holds letters that cannot be kept.")] : [];

    private Task<User?> FindAsync(int id, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        return db.Users.Include(user => user.Grants).SingleOrDefaultAsync(user => user.Id == id, cancellationToken);
    }
}
