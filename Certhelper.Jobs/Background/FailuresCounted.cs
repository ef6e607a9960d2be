using Certhelper.Core.Metrics;
using Certhelper.Jobs.Scripts;
using Hangfire.States;
using Hangfire.Storage;

namespace Certhelper.Jobs.Background;

/// <summary>Counts jobs that failed for good; one that is tried again has not.</summary>
internal sealed class FailuresCounted : IApplyStateFilter
{
    public void OnStateApplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
        if (context.NewState is FailedState) Measures.CountJobFailure(NameOf(context));
    }

    public void OnStateUnapplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
        // What was counted stays counted.
    }

    /// <summary>The name in the schedule; executions are all one kind, and each has a number.</summary>
    private static string NameOf(ApplyStateContext context) =>
        context.BackgroundJob.Job?.Type == typeof(ExecutionJobs) ? ExecutionJobs.Queue
        : context.GetJobParameter<string?>("RecurringJobId", allowStale: true) ?? context.BackgroundJob.Job?.Method.Name ?? "unknown";
}
