using Certhelper.Tests.Infrastructure;

[assembly: AssemblyFixture(typeof(StackFixture))]

namespace Certhelper.Tests.Infrastructure;

/// <summary>One stack for all tests of a run that need one and leave it as it was; it boots when the first of them asks.</summary>
public sealed class StackFixture : IAsyncDisposable
{
    private readonly Lazy<Task<Stack>> stack = new(() => Stack.StartAsync());

    public Task<Stack> StartedAsync() => stack.Value;

    public async ValueTask DisposeAsync()
    {
        if (!stack.IsValueCreated) return;
        // A stack that did not start has told so to every test that asked, and has cleaned up.
        if (stack.Value.IsCompletedSuccessfully) await (await stack.Value).DisposeAsync();
    }
}
