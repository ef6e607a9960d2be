using Certhelper.Jobs.Background;

namespace Certhelper.Tests.Jobs;

/// <summary>Remembers the steps that a job reports.</summary>
internal sealed class Steps : List<JobStep>, IProgress<JobStep>
{
    public void Report(JobStep value) => Add(value);
}
