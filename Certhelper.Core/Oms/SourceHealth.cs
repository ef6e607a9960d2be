using System.Data.Common;
using Certhelper.Core.Administration;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Certhelper.Core.Oms;

/// <summary>
/// Notes how outside services answered, for the health of sources on every page. A note that cannot be written never
/// fails the work it belongs to.
/// </summary>
public sealed partial class SourceHealth(CerthelperDbContext db, SiteBoard board, TimeProvider time, ILogger<SourceHealth> logger)
{
    /// <summary>The source answered.</summary>
    public Task GoodAsync(string source, CancellationToken cancellationToken) => NoteAsync(
        now => new SourceContact { Source = source, LastGoodAt = now },
        now => db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO source_contacts (source, last_good_at) VALUES ({source}, {now})
            ON CONFLICT (source) DO UPDATE SET last_good_at = excluded.last_good_at
            """,
            cancellationToken));

    /// <summary>The source failed; the exception's sentence is what people read.</summary>
    public Task FailedAsync(OutsideServiceException failure, CancellationToken cancellationToken)
    {
        Log.SourceFailed(logger, failure.Service, failure.Message, failure.InnerException?.Message);
        var words = Texts.Fit(failure.Message, 2_000);
        return NoteAsync(
            now => new SourceContact { Source = failure.Service, LastFailureAt = now, LastFailure = words },
            now => db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO source_contacts (source, last_failure_at, last_failure) VALUES ({failure.Service}, {now}, {words})
                ON CONFLICT (source) DO UPDATE SET last_failure_at = excluded.last_failure_at, last_failure = excluded.last_failure
                """,
                cancellationToken));
    }

    private async Task NoteAsync(Func<DateTimeOffset, SourceContact> contact, Func<DateTimeOffset, Task> write)
    {
        var now = time.GetUtcNow();
        var noted = contact(now);
        board.Note(noted);
        try
        {
            await write(now);
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or TimeoutException)
        {
            Log.NoteFailed(logger, noted.Source, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Source} could not be asked: {Problem} ({Cause})")]
        public static partial void SourceFailed(ILogger logger, string source, string problem, string? cause);

        [LoggerMessage(LogLevel.Warning, "The health of {Source} could not be noted")]
        public static partial void NoteFailed(ILogger logger, string source, Exception exception);
    }
}
