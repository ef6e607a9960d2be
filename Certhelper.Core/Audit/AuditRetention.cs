using System.Globalization;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Certhelper.Core.Audit;

/// <summary>Deletes what is older than the configuration wants: the one thing that ever takes entries away.</summary>
public sealed class AuditRetention(CerthelperDbContext db, IOptions<AuditOptions> options, TimeProvider time)
{
    public const string Name = "old-audit";

    /// <summary>Few enough to hold up nobody.</summary>
    internal int BatchSize { get; init; } = 2_000;

    /// <returns>How many entries were deleted, in words.</returns>
    public async Task<string> PassAsync(CancellationToken cancellationToken)
    {
        List<string> told = [];
        foreach (var group in Enum.GetValues<AuditClass>())
        {
            if (options.Value.DaysOf(group) is not (> 0 and var days)) continue;
            var oldest = time.GetUtcNow().AddDays(-days);
            if (await ForgetAsync(group, oldest, cancellationToken) is > 0 and var count)
                told.Add(string.Create(CultureInfo.InvariantCulture, $"{count} of {group} from before {oldest.UtcDateTime:yyyy-MM-dd}"));
        }

        if (told.Count == 0) return "Nothing is old enough.";
        var words = string.Join(", ", told);
        await db.AuditAsync(cancellationToken, new AuditNote(AuditEvent.Forgotten, nameof(AuditEntry), Details: words));
        return words + " deleted.";
    }

    private async Task<int> ForgetAsync(AuditClass group, DateTimeOffset oldest, CancellationToken cancellationToken)
    {
        var events = AuditEvents.Of(group).Select(happened => happened.ToString()).ToArray();
        for (var all = 0; ;)
        {
            var deleted = await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                // The database refuses it to everybody who does not say so, see AuditGuard.
                await db.Database.ExecuteSqlAsync($"SET LOCAL certhelper.audit_retention = 'on'", cancellationToken);
                var count = await db.Database.ExecuteSqlAsync(
                    $"""
                    DELETE FROM audit_entries WHERE id IN (
                        SELECT id FROM audit_entries WHERE at < {oldest} AND event = ANY({events}) ORDER BY at LIMIT {BatchSize})
                    """,
                    cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return count;
            });
            all += deleted;
            if (deleted < BatchSize) return all;
        }
    }
}
