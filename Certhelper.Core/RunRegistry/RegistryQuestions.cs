using System.Globalization;
using Certhelper.Core.Oms;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.RunRegistry;

/// <summary>What somebody asked the job to ask the Run Registry.</summary>
/// <param name="AskedAt">When.</param>
/// <param name="TakenAt">When a worker took it; null before that.</param>
/// <param name="Problem">Why it could not be answered, in words; null unless that happened.</param>
public sealed record RegistryQuestion(DateTimeOffset AskedAt, DateTimeOffset? TakenAt, string? Problem);

/// <summary>
/// Marks by which pages ask a job for fresh datasets of certified runs: one for each range of runs, taken away once it is
/// answered.
/// </summary>
public static class RegistryQuestions
{
    private const string Prefix = "registry-asked:";

    /// <summary>The open question about exactly these runs.</summary>
    public static async Task<RegistryQuestion?> ReadAsync(CerthelperDbContext db, (int From, int To) runs, CancellationToken cancellationToken)
    {
        var name = NameOf(runs);
        var mark = await db.SyncMarks.AsNoTracking().SingleOrDefaultAsync(row => row.Name == name, cancellationToken);
        return mark is { Until: { } asked } ? new RegistryQuestion(asked, mark.LastRunAt, mark.LastResult) : null;
    }

    /// <summary>Asks, or asks again.</summary>
    public static Task AskAsync(CerthelperDbContext db, (int From, int To) runs, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var name = NameOf(runs);
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO sync_marks (name, until) VALUES ({name}, {now})
            ON CONFLICT (name) DO UPDATE SET until = excluded.until, last_result = NULL
            """,
            cancellationToken);
    }

    /// <summary>Takes what was asked since the last look, for one worker: of several replicas one gets it.</summary>
    public static async Task<bool> TakeAsync(CerthelperDbContext db, DateTimeOffset now, CancellationToken cancellationToken) =>
        await db.SyncMarks
            .Where(mark => mark.Name.StartsWith(Prefix) && mark.Until != null && (mark.LastRunAt == null || mark.LastRunAt < mark.Until))
            .ExecuteUpdateAsync(set => set.SetProperty(mark => mark.LastRunAt, now), cancellationToken) > 0;

    /// <summary>All open questions, the oldest first.</summary>
    public static async Task<IReadOnlyList<((int From, int To) Runs, DateTimeOffset AskedAt)>> OpenAsync(CerthelperDbContext db, CancellationToken cancellationToken)
    {
        var marks = await db.SyncMarks.AsNoTracking().Where(mark => mark.Name.StartsWith(Prefix) && mark.Until != null).OrderBy(mark => mark.Until).ToListAsync(cancellationToken);
        return [.. marks.Select(mark => (RunsOf(mark), mark.Until!.Value))];
    }

    /// <summary>Takes an answered question away, unless it was asked again meanwhile.</summary>
    public static Task AnsweredAsync(CerthelperDbContext db, (int From, int To) runs, DateTimeOffset askedAt, CancellationToken cancellationToken)
    {
        var name = NameOf(runs);
        return db.SyncMarks.Where(mark => mark.Name == name && mark.Until == askedAt).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Notes why open questions are not answered.</summary>
    public static Task FailedAsync(CerthelperDbContext db, string problem, CancellationToken cancellationToken) =>
        db.SyncMarks.Where(mark => mark.Name.StartsWith(Prefix)).ExecuteUpdateAsync(set => set.SetProperty(mark => mark.LastResult, problem), cancellationToken);

    private static string NameOf((int From, int To) runs) => FormattableString.Invariant($"{Prefix}{runs.From}-{runs.To}");

    private static (int From, int To) RunsOf(SyncMark mark)
    {
        var ends = mark.Name[Prefix.Length..].Split('-');
        return (int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[1], CultureInfo.InvariantCulture));
    }
}
