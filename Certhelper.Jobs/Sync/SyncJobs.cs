using Certhelper.Core.Audit;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Jobs.Background;
using Certhelper.Jobs.Reports;
using Hangfire;
using Hangfire.Server;

namespace Certhelper.Jobs.Sync;

/// <summary>
/// The recurring jobs as Hangfire calls them. Each runs once at a time in all replicas; a source that fails ends the job
/// with the reason, it is tried twice more, and the schedule starts it again anyway.
/// </summary>
[AutomaticRetry(Attempts = 2, DelaysInSeconds = [30, 60])]
public sealed partial class SyncJobs(
    OmsSync oms,
    RegistrySync registry,
    FactsCompletion completion,
    ApvModesPass modes,
    CertifiedDatasets certified,
    FactsRecheck recheck,
    DraftDesk drafts,
    ScheduleJob schedules,
    AuditRetention audit,
    SessionRoom sessions,
    SitePauses pauses,
    IConfiguration configuration,
    ILogger<SyncJobs> logger)
{
    internal const string OldDrafts = "old-drafts";

    [JobDisplayName("Take over new and changed runs from OMS")]
    public Task OmsAsync(PerformContext? context, CancellationToken cancellationToken) =>
        InTurnAsync(OmsSync.Name, oms.PassAsync, context, cancellationToken);

    [JobDisplayName("Take over open datasets from the Run Registry")]
    public Task RegistryAsync(PerformContext? context, CancellationToken cancellationToken) =>
        InTurnAsync(RegistrySync.Name, registry.PassAsync, context, cancellationToken);

    [JobDisplayName("Complete certifications with facts from OMS")]
    public Task CompleteFactsAsync(PerformContext? context, CancellationToken cancellationToken) =>
        InTurnAsync(FactsCompletion.Name, completion.PassAsync, context, cancellationToken);

    [JobDisplayName("Get missing read-out modes of references from ebutz")]
    public Task GetModesAsync(PerformContext? context, CancellationToken cancellationToken) =>
        InTurnAsync(ApvModesPass.Name, modes.PassAsync, context, cancellationToken);

    [JobDisplayName("Make and send the reports that are due")]
    public Task MakeReportsAsync(PerformContext? context, CancellationToken cancellationToken) =>
        InTurnAsync(ScheduleJob.Name, schedules.PassAsync, context, cancellationToken);

    [JobDisplayName("Take over datasets of certified runs from the Run Registry")]
    public Task CertifiedDatasetsAsync(PerformContext? context, CancellationToken cancellationToken) =>
        InTurnAsync(CertifiedDatasets.Name, certified.PassAsync, context, cancellationToken);

    [JobDisplayName("Look whether facts of certified runs have changed")]
    public Task RecheckFactsAsync(PerformContext? context, CancellationToken cancellationToken) =>
        InTurnAsync(FactsRecheck.Name, recheck.PassAsync, context, cancellationToken);

    [JobDisplayName("Forget drafts that nobody has touched for 30 days")]
    public Task ForgetDraftsAsync(PerformContext? context, CancellationToken cancellationToken) =>
        InTurnAsync(OldDrafts, ForgetDraftsPassAsync, context, cancellationToken);

    [JobDisplayName("Delete entries of the audit that are older than configured")]
    public Task ForgetAuditAsync(PerformContext? context, CancellationToken cancellationToken) =>
        InTurnAsync(AuditRetention.Name, ForgetAuditPassAsync, context, cancellationToken);

    private async Task<string> ForgetAuditPassAsync(IProgress<JobStep> progress, CancellationToken cancellationToken)
    {
        await sessions.ForgetOldAsync(cancellationToken);
        return await audit.PassAsync(cancellationToken);
    }

    private async Task<string> ForgetDraftsPassAsync(IProgress<JobStep> progress, CancellationToken cancellationToken) =>
        FormattableString.Invariant($"{await drafts.ForgetOldAsync(cancellationToken)} drafts forgotten.");

    private async Task InTurnAsync(
        string name, Func<IProgress<JobStep>, CancellationToken, Task<string>> pass, PerformContext? context, CancellationToken cancellationToken)
    {
        var progress = new DashboardProgress(context);
        if (pauses.WhyRests(name) is { } why)
        {
            progress.Report(new JobStep(0, 0, why));
            Log.Done(logger, name, why);
            return;
        }

        await using var turn = await Turn.TryTakeAsync(configuration.GetConnectionString("certhelper")!, name, cancellationToken);
        if (turn is null)
        {
            progress.Report(new JobStep(0, 0, "Nothing to do: another worker is on it."));
            return;
        }

        using var scope = AuditScope.BeginJob(name);
        Log.Done(logger, name, await pass(progress, cancellationToken));
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Job}: {Result}")]
        public static partial void Done(ILogger logger, string job, string result);
    }
}
