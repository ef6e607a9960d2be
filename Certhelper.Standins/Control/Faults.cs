using System.Collections.Concurrent;

namespace Certhelper.Standins.Control;

/// <summary>The fault that each service has at the moment.</summary>
internal sealed class Faults(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Active> _active = new(StringComparer.Ordinal);

    private sealed record Active(Fault Fault, DateTimeOffset? Until)
    {
        private int _used;

        public bool Use() => Fault.Times is null || Interlocked.Increment(ref _used) <= Fault.Times;
    }

    public void Begin(string service, Fault fault) => _active[service] =
        new Active(fault, fault.ForSeconds is { } seconds ? time.GetUtcNow().AddSeconds(seconds) : null);

    public void End(string service) => _active.TryRemove(service, out _);

    public void EndAll() => _active.Clear();

    /// <summary>The service's fault; null when it is well.</summary>
    public Fault? Of(string service)
    {
        if (!_active.TryGetValue(service, out var active)) return null;
        if (active.Until is not { } until || time.GetUtcNow() < until) return active.Fault;
        _active.TryRemove(new KeyValuePair<string, Active>(service, active));
        return null;
    }

    /// <summary>The fault that strikes this request, counted as used.</summary>
    public Fault? Strike(string service, string pathAndQuery)
    {
        if (Of(service) is not { } fault || !_active.TryGetValue(service, out var active)) return null;
        if (fault.PathContains is { } part && !pathAndQuery.Contains(part, StringComparison.OrdinalIgnoreCase)) return null;
        if (active.Use()) return fault;
        _active.TryRemove(new KeyValuePair<string, Active>(service, active));
        return null;
    }
}
