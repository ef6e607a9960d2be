using Certhelper.Core.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Certhelper.Web.Executions;

/// <summary>Live output. It keeps nothing: a watcher says which line it has last, to whatever replica it comes.</summary>
[Authorize(Policy = nameof(Permission.RunScripts))]
internal sealed class ExecutionsHub(ExecutionFeeds feeds) : Hub
{
    public const string Path = "/hubs/executions";

    /// <summary>Everything that follows a line, until the execution has ended.</summary>
    [Authorize(Policy = nameof(Permission.RunScripts))]
    public IAsyncEnumerable<ExecutionPortion> Follow(long executionId, long afterLine, CancellationToken cancellationToken) =>
        feeds.FollowAsync(executionId, afterLine, known: -1, cancellationToken);

    /// <summary>Next to nothing, there and back: how long the way takes.</summary>
    [Authorize(Policy = nameof(Permission.RunScripts))]
    public string Ping() => Context.ConnectionId;
}
