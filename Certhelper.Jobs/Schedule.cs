using System.Linq.Expressions;
using Certhelper.Core.Audit;
using Certhelper.Jobs.Reports;
using Certhelper.Jobs.Sync;
using Hangfire;
using Hangfire.Storage;

namespace Certhelper.Jobs;

/// <summary>Every recurring job, with its queue and its times (UTC).</summary>
internal static class Schedule
{
    public const string Sync = "sync";
    public const string Certification = "certification";

    public const string Reports = "reports";

    /// <summary>Queues in the order in which a free worker looks: what a person waits for comes first.</summary>
    public static readonly string[] Queues = [Certification, Reports, Sync];

    private static readonly Entry[] Entries =
    [
        new("oms-sync", Sync, "*/5 * * * *", jobs => jobs.OmsAsync(null, CancellationToken.None)),
        new("registry-sync", Sync, "2-59/5 * * * *", jobs => jobs.RegistryAsync(null, CancellationToken.None)),
        new("facts-completion", Certification, "4-59/10 * * * *", jobs => jobs.CompleteFactsAsync(null, CancellationToken.None)),
        new(ApvModesPass.Name, Certification, "9-59/30 * * * *", jobs => jobs.GetModesAsync(null, CancellationToken.None)),
        new(ScheduleJob.Name, Reports, "* * * * *", jobs => jobs.MakeReportsAsync(null, CancellationToken.None)),
        new(CertifiedDatasets.Name, Sync, "7-59/30 * * * *", jobs => jobs.CertifiedDatasetsAsync(null, CancellationToken.None)),
        new(FactsRecheck.Name, Sync, "40 1 * * *", jobs => jobs.RecheckFactsAsync(null, CancellationToken.None)),
        new(AuditRetention.Name, Certification, "50 2 * * *", jobs => jobs.ForgetAuditAsync(null, CancellationToken.None)),
        new("old-drafts", Certification, "20 3 * * *", jobs => jobs.ForgetDraftsAsync(null, CancellationToken.None)),
    ];

    /// <summary>Names of all recurring jobs.</summary>
    public static IEnumerable<string> Names => Entries.Select(entry => entry.Id);

    private sealed record Entry(string Id, string Queue, string Cron, Expression<Func<SyncJobs, Task>> Job);

    /// <summary>Writes the schedule; what has never run is started at once. Every replica may do so.</summary>
    public static void Write(JobStorage storage, IRecurringJobManager manager)
    {
        foreach (var entry in Entries) manager.AddOrUpdate(entry.Id, entry.Queue, entry.Job, entry.Cron, new RecurringJobOptions());

        using var connection = storage.GetConnection();
        foreach (var known in connection.GetRecurringJobs(Entries.Select(entry => entry.Id)))
            if (known is { Removed: false, LastExecution: null }) manager.Trigger(known.Id);
    }
}
