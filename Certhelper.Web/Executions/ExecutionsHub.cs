using System.Runtime.CompilerServices;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Certhelper.Web.Executions;

/// <summary>Live output. It keeps nothing: a watcher says which line it has last, to whatever replica it comes.</summary>
[Authorize(Policy = nameof(Permission.RunScripts))]
internal sealed class ExecutionsHub(ExecutionFeeds feeds, CerthelperDbContext db, TimeProvider time) : Hub
{
    public const string Path = "/hubs/executions";

    // A connection lives for hours; the right to it may not.
    private static readonly TimeSpan RightHolds = TimeSpan.FromSeconds(10);

    /// <summary>Everything that follows a line, until the execution has ended or the watcher may not watch any more.</summary>
    [Authorize(Policy = nameof(Permission.RunScripts))]
    public async IAsyncEnumerable<ExecutionPortion> Follow(long executionId, long afterLine, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        await foreach (var portion in feeds.FollowAsync(executionId, afterLine, known: -1, cancellationToken))
        {
            if (time.GetUtcNow() - asked > RightHolds)
            {
                if (!await MayAsync(cancellationToken)) yield break;
                asked = time.GetUtcNow();
            }

            yield return portion;
        }
    }

    /// <summary>Next to nothing, there and back: how long the way takes.</summary>
    [Authorize(Policy = nameof(Permission.RunScripts))]
    public string Ping() => Context.ConnectionId;

    private async Task<bool> MayAsync(CancellationToken cancellationToken) =>
        Context.User?.UserId() is { } id && await db.PersonAsync(id, time.GetUtcNow(), cancellationToken) is { } person && person.May(Permission.RunScripts);
}
