using System.Collections.Concurrent;

namespace Certhelper.Standins.Sso;

/// <summary>Authorization codes that were exchanged; a second exchange is refused. Codes live five minutes, so old ones are dropped.</summary>
internal sealed class UsedCodes(TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);

    public bool Use(string code)
    {
        var now = time.GetUtcNow();
        foreach (var (old, when) in _used)
        {
            if (now - when > Remembered) _used.TryRemove(old, out _);
        }

        return _used.TryAdd(code, now);
    }
}
