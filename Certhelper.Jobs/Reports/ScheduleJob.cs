using System.Globalization;
using Certhelper.Jobs.Background;

namespace Certhelper.Jobs.Reports;

/// <summary>One look at the schedules: what is due is noted, what waits is made and sent.</summary>
public sealed class ScheduleJob(ScheduleClock clock, ScheduledMaker maker)
{
    public const string Name = "report-schedules";

    /// <returns>What came of it, in words.</returns>
    public async Task<string> PassAsync(IProgress<JobStep> progress, CancellationToken cancellationToken)
    {
        var due = await clock.PassAsync(cancellationToken);
        var (done, failed) = await maker.PassAsync((number, total, words) => progress.Report(new JobStep(number, total, words)), cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"{due} due, {done} made, {failed} failed.");
    }
}
