using Microsoft.Extensions.Caching.Memory;

namespace Certhelper.Web.Lists;

/// <summary>
/// Keeps what a list holds, in its order, and what it amounts to, by filter and state of the data. The state is asked from
/// the database at every request, so that no replica shows what another has changed; only the work is saved, never the truth.
/// </summary>
public sealed class ListCache : IDisposable
{
    // 400 kB for 100,000 rows in one order.
    private const long MostBytes = 64_000_000;
    // The state of the data cannot tell every change of a name or of a fact that nobody fetched: those are seen after this.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = MostBytes });

    public void Dispose() => kept.Dispose();

    internal async Task<T> GetAsync<T>(string key, Func<Task<T>> make, Func<T, long> size)
        where T : class
    {
        if (kept.TryGetValue(key, out T? found)) return found!;
        var made = await make();
        kept.Set(key, made, new MemoryCacheEntryOptions { Size = size(made) + (2 * key.Length) + 200, AbsoluteExpirationRelativeToNow = Longest });
        return made;
    }
}
