using Microsoft.Extensions.Time.Testing;

namespace Certhelper.Tests.Standins;

/// <summary>Stand-ins whose clock only the test moves; every test begins with all services well and all facts as they were.</summary>
public sealed class FakeTimeServer : IAsyncLifetime
{
    public FakeTimeServer() => Server = new StandinsServer { Time = Time };

    public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    public StandinsServer Server { get; }

    public async Task ResetAsync() => (await Server.ControlAsync(HttpMethod.Delete, "")).Dispose();

    public ValueTask InitializeAsync() => Server.InitializeAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
