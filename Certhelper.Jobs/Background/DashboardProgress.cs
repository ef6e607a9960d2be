using System.Text.Json;
using Hangfire.Server;

namespace Certhelper.Jobs.Background;

/// <summary>Keeps the step a job is at with the job, where <see cref="ProgressPanel"/> shows it on the job's page.</summary>
internal sealed class DashboardProgress(PerformContext? context) : IProgress<JobStep>
{
    /// <summary>Name of the job's parameter.</summary>
    public const string Parameter = "Progress";

    public void Report(JobStep value) =>
        context?.Connection.SetJobParameter(context.BackgroundJob.Id, Parameter, JsonSerializer.Serialize(value));
}
