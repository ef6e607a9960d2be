using Certhelper.Core.Reports;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Jobs.Reports;

/// <summary>
/// Turns the time into work: a schedule that is due gets one making, however long nobody looked, and its next time. Both in
/// one transaction, and the making is unique for schedule and time: several clocks do no harm.
/// </summary>
public sealed class ScheduleClock(CerthelperDbContext db, TimeProvider time)
{
    /// <summary>Notes all that is due.</summary>
    /// <returns>How many makings were added.</returns>
    public async Task<int> PassAsync(CancellationToken cancellationToken)
    {
        var added = 0;
        while (await TakeOneAsync(cancellationToken) is { } taken) added += taken;
        return added;
    }

    /// <returns>Null when nothing is due.</returns>
    private Task<int?> TakeOneAsync(CancellationToken cancellationToken) => db.Database.CreateExecutionStrategy().ExecuteAsync<int?>(async () =>
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        var due = await db.ReportSchedules.FromSql(
            $"SELECT *, xmin FROM report_schedules WHERE next_at <= {now} ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED").ToListAsync(cancellationToken);
        if (due is not [var schedule]) return null;

        var times = ScheduleTimes.Parse(schedule.Cron, schedule.TimeZone, now, out _);
        var at = schedule.NextAt!.Value;
        // Of times that were missed, the last one is made up.
        while (times?.Next(at) is { } later && later <= now) at = later;
        schedule.NextAt = times?.Next(now);
        await db.SaveChangesAsync(cancellationToken);
        var added = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO scheduled_makings (schedule_id, due_at, state, attempts, not_before, log)
            VALUES ({schedule.Id}, {at}, 'Waiting', 0, {now}, '') ON CONFLICT (schedule_id, due_at) DO NOTHING
            """,
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return added;
    });
}
