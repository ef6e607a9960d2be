namespace Certhelper.AppHost.LocalEngine;

/// <summary>Who is in which state, and waiting for a change of it.</summary>
internal sealed class StateBoard
{
    private readonly Lock access = new();
    private readonly Dictionary<string, Entry> entries = new(StringComparer.OrdinalIgnoreCase);
    private TaskCompletionSource changed = NewSource();

    public ResourceState this[string resource]
    {
        get
        {
            lock (access) return Find(resource).State;
        }
    }

    public void Add(string resource)
    {
        lock (access) entries[resource] = new Entry(ResourceState.Waiting, null);
    }

    /// <param name="reason">Why, in one line; for failures.</param>
    public void Set(string resource, ResourceState state, string? reason = null)
    {
        TaskCompletionSource told;
        lock (access)
        {
            entries[resource] = new Entry(state, reason);
            told = changed;
            changed = NewSource();
        }

        told.SetResult();
    }

    /// <summary>Waits until the resource is in one of the states.</summary>
    /// <exception cref="DistributedApplicationException">It failed, and failure is not what is waited for.</exception>
    public async Task WaitAsync(string resource, Func<ResourceState, bool> wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task change;
            lock (access)
            {
                var entry = Find(resource);
                if (wanted(entry.State)) return;
                if (entry.State == ResourceState.Failed) throw new DistributedApplicationException(entry.Reason ?? $"{resource} failed.");
                change = changed.Task;
            }

            await change.WaitAsync(cancellationToken);
        }
    }

    private Entry Find(string resource) =>
        entries.GetValueOrDefault(resource) ?? throw new ArgumentException($"There is no resource named {resource}.", nameof(resource));

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record Entry(ResourceState State, string? Reason);
}
