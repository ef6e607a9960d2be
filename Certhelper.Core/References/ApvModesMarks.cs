using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.References;

/// <summary>How the search for missing read-out modes stands.</summary>
/// <param name="AskedAt">When somebody asked for it last.</param>
/// <param name="DoneAt">When the job did it last.</param>
/// <param name="Result">What came of that, in words.</param>
public sealed record ApvModesState(DateTimeOffset? AskedAt, DateTimeOffset? DoneAt, string? Result)
{
    /// <summary>Somebody has asked, and no job has answered yet.</summary>
    public bool IsAsked => AskedAt is { } asked && (DoneAt is null || DoneAt < asked);
}

/// <summary>
/// Two marks by which pages and the job talk about read-out modes: one says when somebody asked and when a worker was told,
/// the other what the job did last.
/// </summary>
public static class ApvModesMarks
{
    /// <summary>The job's own mark, and its name.</summary>
    public const string Done = "apv-modes";

    private const string Asked = "apv-modes-asked";

    /// <summary>Reads both marks.</summary>
    public static async Task<ApvModesState> ReadAsync(CerthelperDbContext db, CancellationToken cancellationToken)
    {
        var marks = await db.SyncMarks.AsNoTracking().Where(mark => mark.Name == Asked || mark.Name == Done).ToListAsync(cancellationToken);
        var done = marks.Find(mark => mark.Name == Done);
        return new ApvModesState(marks.Find(mark => mark.Name == Asked)?.Until, done?.LastRunAt, done?.LastResult);
    }

    /// <summary>
    /// Takes what was asked, for one worker: of several replicas that look at the same moment one gets it, and one question
    /// starts one pass.
    /// </summary>
    public static async Task<bool> TakeAsync(CerthelperDbContext db, DateTimeOffset now, CancellationToken cancellationToken) =>
        await db.SyncMarks.Where(mark => mark.Name == Asked && mark.Until != null && (mark.LastRunAt == null || mark.LastRunAt < mark.Until))
            .ExecuteUpdateAsync(set => set.SetProperty(mark => mark.LastRunAt, now), cancellationToken) > 0;

    internal static Task AskAsync(CerthelperDbContext db, DateTimeOffset now, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO sync_marks (name, until) VALUES ({Asked}, {now})
        ON CONFLICT (name) DO UPDATE SET until = excluded.until
        """,
        cancellationToken);
}
