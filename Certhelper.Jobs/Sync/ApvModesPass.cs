using Certhelper.Core.Oms;
using Certhelper.Core.References;
using Certhelper.Jobs.Background;

namespace Certhelper.Jobs.Sync;

/// <summary>Gets the read-out modes that references lack. What a person said stays; what ebutz does not know is asked again.</summary>
public sealed class ApvModesPass(ApvModeDesk desk, SyncMarks marks)
{
    public const string Name = ApvModesMarks.Done;

    /// <summary>One pass.</summary>
    /// <returns>What it did, in words.</returns>
    /// <exception cref="OutsideServiceException">ebutz answered about no run at all.</exception>
    public async Task<string> PassAsync(IProgress<JobStep> progress, CancellationToken cancellationToken)
    {
        var result = await desk.RefreshAsync(all: false, cancellationToken);
        await marks.NoteAsync(Name, result.InWords, cancellationToken);
        progress.Report(new JobStep(result.Asked - result.Failed, result.Asked, result.InWords));
        return result.Asked > 0 && result.Failed == result.Asked
            ? throw new OutsideServiceException(SourceContact.Ebutz, result.Problem ?? "ebutz did not answer.")
            : result.InWords;
    }
}
