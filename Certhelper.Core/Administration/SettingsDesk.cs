using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Administration;

/// <summary>How an administrator's change ended.</summary>
public abstract record ChangeResult
{
    private ChangeResult()
    {
    }

    public sealed record Done : ChangeResult;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : ChangeResult;

    /// <summary>Somebody changed it since the page was opened; nothing was saved.</summary>
    /// <param name="ByName">Who; null when that is not kept beside it.</param>
    public sealed record Overtaken(string? ByName = null, DateTimeOffset? At = null) : ChangeResult;

    public sealed record Refused : ChangeResult;

    public sealed record NotFound : ChangeResult;

    /// <summary>Why a change needs a reason, and what is wrong with this one.</summary>
    internal static IEnumerable<FieldError> Reason(string? why)
    {
        if (string.IsNullOrWhiteSpace(why)) yield return new FieldError("Why", "Say why; it stays in the history.");
        else if (why.Trim().Length > Texts.Width) yield return new FieldError("Why", "At most 500 characters.");
        else if (why.Contains('\0', StringComparison.Ordinal)) yield return new FieldError("Why", "The text holds letters that cannot be kept.");
    }
}

/// <summary>Changes what administrators may set while the site runs. Each change has a reason; its history is in the audit.</summary>
public sealed class SettingsDesk(CerthelperDbContext db, SiteBoard board, LimitBook limits, TimeProvider time)
{
    /// <summary>Longest text of a banner, and of the reason of maintenance.</summary>
    public const int TextLength = 1_000;

    public Task<ChangeResult> SwitchAsync(Feature feature, bool on, uint version, string? why, Actor actor, CancellationToken cancellationToken) => Enum.IsDefined(feature)
        ? SaveAsync(SettingKeys.Of(feature), on ? null : SiteState.Off, version, why, [], actor, cancellationToken)
        : Task.FromResult<ChangeResult>(new ChangeResult.NotFound());

    /// <summary>Changes a limit of a rule; null puts it back to what the configuration says.</summary>
    public Task<ChangeResult> LimitAsync(string option, string? value, uint version, string? why, Actor actor, CancellationToken cancellationToken)
    {
        if (!LimitBook.Knows(option)) return Task.FromResult<ChangeResult>(new ChangeResult.NotFound());
        if (value is null) return SaveAsync(SettingKeys.OfLimit(option), null, version, why, [], actor, cancellationToken);
        var problem = limits.Problem(option, value, out var stored);
        return SaveAsync(SettingKeys.OfLimit(option), stored, version, why, problem is null ? [] : [new FieldError("Value", problem)], actor, cancellationToken);
    }

    /// <summary>Puts a banner up; null takes it away.</summary>
    public Task<ChangeResult> BannerAsync(string? text, BannerSeverity severity, DateTimeOffset? from, DateTimeOffset? until, uint version, string? why, Actor actor, CancellationToken cancellationToken)
    {
        if (text is null) return SaveAsync(SettingKeys.Banner, null, version, why, [], actor, cancellationToken);
        List<FieldError> errors = [.. Text(text, "Text", "Write what people are to read."), .. Until(until, from)];
        if (!Enum.IsDefined(severity)) errors.Add(new FieldError("Severity", "Choose how loud it is."));
        var banner = new Banner(text.Trim(), severity, from, until, Guid.NewGuid().ToString("N"));
        return SaveAsync(SettingKeys.Banner, SiteState.Write(banner), version, why, errors, actor, cancellationToken);
    }

    /// <summary>Makes the site read only; null opens it again.</summary>
    public Task<ChangeResult> MaintenanceAsync(string? because, DateTimeOffset? until, uint version, string? why, Actor actor, CancellationToken cancellationToken)
    {
        if (because is null) return SaveAsync(SettingKeys.Maintenance, null, version, why, [], actor, cancellationToken);
        List<FieldError> errors = [.. Text(because, "Because", "Say what is being done: everybody who wants to save something reads it."), .. Until(until, null)];
        return SaveAsync(SettingKeys.Maintenance, SiteState.Write(new Maintenance(because.Trim(), until)), version, why, errors, actor, cancellationToken);
    }

    private static IEnumerable<FieldError> Text(string text, string field, string missing)
    {
        if (string.IsNullOrWhiteSpace(text)) yield return new FieldError(field, missing);
        else if (text.Trim().Length > TextLength) yield return new FieldError(field, FormattableString.Invariant($"At most {TextLength} characters."));
        else if (text.Contains('\0', StringComparison.Ordinal)) yield return new FieldError(field, "The text holds letters that cannot be kept.");
    }

    private IEnumerable<FieldError> Until(DateTimeOffset? until, DateTimeOffset? from)
    {
        if (until <= time.GetUtcNow()) yield return new FieldError("Until", "That is over already.");
        else if (until <= from) yield return new FieldError("Until", "It ends before it begins.");
    }

    private async Task<ChangeResult> SaveAsync(
        string key, string? value, uint version, string? why, IEnumerable<FieldError> errors, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageSettings)) return new ChangeResult.Refused();
        List<FieldError> wrong = [.. errors, .. ChangeResult.Reason(why)];
        if (wrong.Count > 0) return new ChangeResult.Invalid(wrong);
        db.ChangeTracker.Clear();
        var row = await db.Settings.SingleOrDefaultAsync(item => item.Key == key, cancellationToken);
        if ((row?.Version ?? 0) != version) return await OvertakenAsync(key, cancellationToken);
        var now = time.GetUtcNow();
        if (row is null)
        {
            db.Settings.Add(new Setting { Key = key, Value = value, Why = why!.Trim(), UpdatedAt = now, UpdatedById = actor.UserId });
        }
        else
        {
            (row.Value, row.Why, row.UpdatedAt, row.UpdatedById) = (value, why!.Trim(), now, actor.UserId);
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || exception.IsDuplicateIn("settings"))
        {
            db.ChangeTracker.Clear();
            return await OvertakenAsync(key, cancellationToken);
        }

        await board.ReadAsync(cancellationToken);
        return new ChangeResult.Done();
    }

    private async Task<ChangeResult.Overtaken> OvertakenAsync(string key, CancellationToken cancellationToken)
    {
        var other = await db.Settings.AsNoTracking().Include(item => item.UpdatedBy).SingleOrDefaultAsync(item => item.Key == key, cancellationToken);
        return new ChangeResult.Overtaken(other?.UpdatedBy?.Name, other?.UpdatedAt);
    }
}
