using System.Globalization;
using Certhelper.Core.Reports;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Jobs.Reports;

/// <summary>
/// Makes a scheduled report and sends it. What is done is noted with it, so that whoever goes on after a killed process does
/// not do it again: the report is made in the same transaction that notes it. A letter can be sent twice when the process
/// ends between the server's answer and our note; both carry the same id, and mail programs show one.
/// </summary>
public sealed class ScheduledMaker(CerthelperDbContext db, ScheduledReports reports, PostOffice post, TimeProvider time)
{
    private const int LongestLog = 19_000;

    /// <summary>Carries on with all that waits and may begin.</summary>
    /// <returns>How many were done, and how many failed.</returns>
    public async Task<(int Done, int Failed)> PassAsync(Action<int, int, string> progress, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var open = await db.ScheduledMakings.AsNoTracking().Where(row => row.EndedAt == null && row.NotBefore <= now).OrderBy(row => row.DueAt).Select(row => row.Id).ToListAsync(cancellationToken);
        var (done, failed) = (0, 0);
        foreach (var id in open)
        {
            progress(done + failed, open.Count, string.Create(CultureInfo.InvariantCulture, $"making {id}"));
            if (await MakeAsync(id, cancellationToken)) done++;
            else failed++;
        }

        return (done, failed);
    }

    private async Task<bool> MakeAsync(long id, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var making = await db.ScheduledMakings.Include(row => row.Schedule).ThenInclude(row => row!.Owner).SingleAsync(row => row.Id == id, cancellationToken);
        making.Attempts++;
        making.State = MakingState.Running;
        making.StartedAt = time.GetUtcNow();
        Note(making, making.Attempts == 1 ? "begun" : string.Create(CultureInfo.InvariantCulture, $"attempt {making.Attempts}"));
        await db.SaveChangesAsync(cancellationToken);
        try
        {
            if (making.ReportId is null) await MakeReportAsync(making, cancellationToken);
            if (making.SentAt is null && making.Schedule!.Recipients.Count > 0) await SendAsync(making, cancellationToken);
            making.State = MakingState.Done;
            making.EndedAt = time.GetUtcNow();
            Note(making, "done");
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            await FailAsync(id, exception, cancellationToken);
            return false;
        }
    }

    private async Task MakeReportAsync(ScheduledMaking making, CancellationToken cancellationToken)
    {
        var schedule = making.Schedule!;
        var period = ScheduleRules.Of(schedule.Period, making.DueAt);
        await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var (report, number) = await reports.MakeAsync(schedule, period, cancellationToken);
            // Whoever makes reports forgets what this context knew.
            db.ChangeTracker.Clear();
            db.Attach(making);
            (making.ReportId, making.Revision) = (report, number);
            Note(making, string.Create(CultureInfo.InvariantCulture, $"report {report}, revision {number}, is made for {period.From:yyyy-MM-dd} to {period.To:yyyy-MM-dd}"));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        });
    }

    private async Task SendAsync(ScheduledMaking making, CancellationToken cancellationToken)
    {
        var schedule = making.Schedule!;
        var letter = await reports.LetterAsync(making, schedule, cancellationToken);
        await post.SendAsync(letter, cancellationToken);
        making.SentAt = time.GetUtcNow();
        Note(making, $"sent to {string.Join(", ", schedule.Recipients)} with {string.Join(", ", letter.Files.Select(file => file.FileName))}");
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task FailAsync(long id, Exception exception, CancellationToken cancellationToken)
    {
        // What was begun and not saved is forgotten.
        db.ChangeTracker.Clear();
        var making = await db.ScheduledMakings.SingleAsync(row => row.Id == id, cancellationToken);
        Note(making, exception is PostException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}");
        if (ScheduleRules.Pause(making.Attempts) is { } pause)
        {
            making.State = MakingState.Waiting;
            making.NotBefore = time.GetUtcNow() + pause;
            Note(making, string.Create(CultureInfo.InvariantCulture, $"it is tried again in {pause.TotalMinutes:0} min"));
        }
        else
        {
            making.State = MakingState.Failed;
            making.EndedAt = time.GetUtcNow();
            Note(making, "given up");
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private void Note(ScheduledMaking making, string what)
    {
        if (making.Log.Length < LongestLog)
            making.Log += string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-dd HH:mm:ss}  {(what.Length > 900 ? what[..900] + "…" : what)}\n");
    }
}
