namespace Certhelper.AppHost.LocalEngine;

/// <summary>
/// When a process that died is started again: three times, each time after a longer pause. A process that was healthy for
/// a while has earned a new count.
/// </summary>
internal sealed class RestartPolicy(TimeProvider time)
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)];
    /// <summary>How often in a row a process is started again.</summary>
    public static int Limit => Pauses.Length;

    private static readonly TimeSpan Earned = TimeSpan.FromSeconds(10);

    private int restarts;
    private long? healthySince;

    public int Restarts => restarts;

    public void Healthy() => healthySince = time.GetTimestamp();

    /// <summary>How long to wait before the next start; null when there is none.</summary>
    public TimeSpan? AfterDeath()
    {
        if (healthySince is { } since && time.GetElapsedTime(since) >= Earned) restarts = 0;
        healthySince = null;
        return restarts < Pauses.Length ? Pauses[restarts++] : null;
    }
}
