using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.People;

/// <summary>Ends sessions before their time.</summary>
public sealed class SessionRoom(CerthelperDbContext db, TimeProvider time)
{
    /// <summary>No session lasts longer than that, however much it is used.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Ends what a key of <see cref="SessionKeys"/> names, as far as it began before now.</summary>
    public Task EndAsync(string key, CancellationToken cancellationToken) => EndAsync(key, time.GetUtcNow(), cancellationToken);

    /// <summary>The same, as far as it began before a moment.</summary>
    public Task EndAsync(string key, DateTimeOffset endedAt, CancellationToken cancellationToken)
    {
        var forgetAt = endedAt + Longest + TimeSpan.FromHours(1);
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO ended_sessions (key, ended_at, forget_at) VALUES ({Texts.Fit(key, EndedSession.LongestKey)}, {endedAt}, {forgetAt})
            ON CONFLICT (key) DO UPDATE SET ended_at = GREATEST(ended_sessions.ended_at, {endedAt}), forget_at = GREATEST(ended_sessions.forget_at, {forgetAt})
            """,
            cancellationToken);
    }

    /// <summary>Forgets those whose cookies have ended by themselves.</summary>
    public Task ForgetOldAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return db.EndedSessions.Where(item => item.ForgetAt < now).ExecuteDeleteAsync(cancellationToken);
    }
}
