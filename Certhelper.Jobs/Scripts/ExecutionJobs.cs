using Hangfire;

namespace Certhelper.Jobs.Scripts;

/// <summary>Executions as Hangfire calls them. A job that comes too often or too late finds nothing to do.</summary>
[AutomaticRetry(Attempts = 0)]
public sealed class ExecutionJobs
{
    /// <summary>Queue of executions, which has workers of its own: they are long.</summary>
    public const string Queue = "scripts";

    private readonly ExecutionRunner runner;

    internal ExecutionJobs(ExecutionRunner runner) => this.runner = runner;

    [JobDisplayName("Execution {0}")]
    public Task FollowAsync(long id, CancellationToken cancellationToken) => runner.RunAsync(id, cancellationToken);
}
