using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Certification;

/// <summary>How adding a bad reason ended.</summary>
public abstract record BadReasonResult
{
    private BadReasonResult()
    {
    }

    /// <param name="Reason">As it is in the list.</param>
    /// <param name="IsNew">Whether this put it there; if not, one of the same name was there already.</param>
    public sealed record Listed(BadReason Reason, bool IsNew) : BadReasonResult;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : BadReasonResult;

    public sealed record Refused : BadReasonResult;
}

/// <summary>Keeps the list of reasons why runs are bad.</summary>
public sealed class BadReasonDesk(CerthelperDbContext db, TimeProvider time)
{
    /// <summary>Longest name, characters.</summary>
    public const int NameLength = 60;

    // Any number, so long as nobody else locks it: additions wait for each other, for "Noise" and "noise" are one reason.
    private const long AddingLock = 0x4261_6452;

    /// <summary>Adds a reason; one whose name is there already, in capitals or not, is found instead.</summary>
    public async Task<BadReasonResult> AddAsync(string? name, string? description, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.AddBadReasons)) return new BadReasonResult.Refused();
        var wantedName = string.Join(' ', (name ?? "").Replace('\0', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var says = (description ?? "").Replace("\0", "", StringComparison.Ordinal).Trim();
        List<FieldError> errors = [];
        if (wantedName.Length == 0) errors.Add(new FieldError("Name", "Give it a short name."));
        else if (wantedName.Length > NameLength) errors.Add(new FieldError("Name", "The name is longer than 60 characters."));
        if (says.Length == 0) errors.Add(new FieldError("Description", "Say what it means."));
        else if (says.Length > Texts.Width) errors.Add(new FieldError("Description", "The description is longer than 500 characters."));

        // Somebody who names a reason that is there need not describe it again.
        var nameIsGood = errors.TrueForAll(error => error.Field != "Name");
        if (errors.Count > 0)
        {
            return nameIsGood && await FindAsync(wantedName, cancellationToken) is { } present
                ? Found(present)
                : new BadReasonResult.Invalid(errors);
        }

        return await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({AddingLock})", cancellationToken);
            if (await FindAsync(wantedName, cancellationToken) is { } present) return Found(present);
            var reason = new BadReason { Name = wantedName, Description = says, AddedById = actor.UserId, AddedAt = time.GetUtcNow() };
            db.BadReasons.Add(reason);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return new BadReasonResult.Listed(reason, IsNew: true);
        });
    }

    private static BadReasonResult Found(BadReason present) => present.RetiredAt is null
        ? new BadReasonResult.Listed(present, IsNew: false)
        : new BadReasonResult.Invalid([new FieldError("Name", "This reason is retired; an administrator can bring it back.")]);

    // The list is short, and people keep it so.
    private async Task<BadReason?> FindAsync(string name, CancellationToken cancellationToken) =>
        (await db.BadReasons.AsNoTracking().ToListAsync(cancellationToken))
            .Find(reason => string.Equals(reason.Name, name, StringComparison.OrdinalIgnoreCase));
}
