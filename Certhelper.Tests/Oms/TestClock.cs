namespace Certhelper.Tests.Oms;

/// <summary>
/// A calendar that stands still until a test moves it. Pauses take real time, so that repetitions and timeouts of HTTP
/// go on as in life.
/// </summary>
internal sealed class TestClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;
}
