using Hangfire.States;
using Hangfire.Storage;

namespace Certhelper.Jobs.Background;

/// <summary>
/// Failed jobs stay for a week and then go by themselves. Recurring ones run again anyway, and a source that is down over
/// a weekend would leave hundreds that somebody must delete by hand.
/// </summary>
internal sealed class FailedJobsExpire : IApplyStateFilter
{
    private static readonly TimeSpan Keep = TimeSpan.FromDays(7);

    public void OnStateApplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
        if (context.NewState is FailedState) transaction.ExpireJob(context.BackgroundJob.Id, Keep);
    }

    public void OnStateUnapplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
        if (context.OldStateName == FailedState.StateName) transaction.PersistJob(context.BackgroundJob.Id);
    }
}
