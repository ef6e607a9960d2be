using System.Collections.Concurrent;
using Certhelper.Core.Certification;
using Certhelper.Core.Oms;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.References;

/// <summary>What came of asking for read-out modes.</summary>
/// <param name="Asked">Runs that ebutz was to be asked about.</param>
/// <param name="Known">Runs of which it told a mode.</param>
/// <param name="Unknown">Runs of which it knows none.</param>
/// <param name="Failed">Runs about which it could not be asked, or not in time.</param>
/// <param name="Problem">The first thing that went wrong, in a sentence; null when nothing did.</param>
public sealed record ApvModesResult(int Asked, int Known, int Unknown, int Failed, string? Problem)
{
    /// <summary>The whole in words.</summary>
    public string InWords => Asked == 0
        ? "The read-out mode of all references is known already."
        : $"Read-out mode of {Asked} {(Asked == 1 ? "run" : "runs")}: {Known} told by ebutz, {Unknown} unknown to it, {Failed} not answered."
            + (Problem is null ? "" : " " + Problem);
}

/// <summary>Gets the read-out mode of reference runs from ebutz, several at a time and never for long.</summary>
public sealed class ApvModeDesk(CerthelperDbContext db, EbutzClient ebutz, SourceHealth health, TimeProvider time)
{
    /// <summary>How long one pass of the job may take; the next one goes on with what is left.</summary>
    public static readonly TimeSpan PassWait = TimeSpan.FromMinutes(2);

    private const int AtOnce = 4;

    /// <summary>Those references that are not retired: the ones without a mode, or all. For a job, since it takes its time.</summary>
    public async Task<ApvModesResult> RefreshAsync(bool all, CancellationToken cancellationToken)
    {
        var runs = await (all ? InUse() : Missing()).Select(reference => reference.RunReconstruction!.RunNumber)
            .Distinct().OrderByDescending(run => run).ToListAsync(cancellationToken);
        return await AskAsync(runs, PassWait, cancellationToken);
    }

    /// <summary>Leaves the question for the job, which answers it within seconds; nobody waits.</summary>
    /// <returns>How many runs the job will ask about; when none, there is nothing to leave.</returns>
    public async Task<int> AskForMissingAsync(CancellationToken cancellationToken)
    {
        var missing = await Missing().Select(reference => reference.RunReconstruction!.RunNumber).Distinct().CountAsync(cancellationToken);
        if (missing > 0) await ApvModesMarks.AskAsync(db, time.GetUtcNow(), cancellationToken);
        return missing;
    }

    /// <summary>One run, for a page that waits: at most 2 s.</summary>
    public Task<ApvModesResult> OfRunAsync(int runNumber, CancellationToken cancellationToken) =>
        AskAsync([runNumber], RunFactsDesk.PageWait, cancellationToken);

    /// <summary>Writes what a person says of a run's mode; no machine overwrites it.</summary>
    /// <returns>Why it was not written; null when it was.</returns>
    public async Task<FieldError?> TypeByHandAsync(int runNumber, ApvMode mode, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageReferences)) return new FieldError("", "Only people who manage references say in which mode a run was read out.");
        if (!Enum.IsDefined(mode)) return new FieldError(nameof(Run.ApvMode), "The mode is peak or deconvolution.");
        await WriteAsync(new Dictionary<int, ApvMode> { [runNumber] = mode }, new FactOrigin(FactSource.Person, time.GetUtcNow(), actor.Login), cancellationToken);
        return null;
    }

    private IQueryable<Reference> InUse() => db.References.Where(reference => reference.RetiredAt == null);

    private IQueryable<Reference> Missing() => InUse().Where(reference => reference.RunReconstruction!.Run!.ApvMode == null);

    private async Task<ApvModesResult> AskAsync(List<int> runs, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (runs.Count == 0) return new ApvModesResult(0, 0, 0, 0, null);
        using var patience = new CancellationTokenSource(wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var modes = new ConcurrentDictionary<int, ApvMode?>();
        var failures = new ConcurrentQueue<OutsideServiceException>();
        try
        {
            await Parallel.ForEachAsync(runs, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = either.Token }, async (run, token) =>
            {
                try
                {
                    modes[run] = await ebutz.ModeAsync(run, token);
                }
                catch (OutsideServiceException failure)
                {
                    failures.Enqueue(failure);
                }
            });
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            failures.Enqueue(new OutsideServiceException(SourceContact.Ebutz, $"ebutz did not answer within {wait.TotalSeconds:0} seconds.", exception));
        }

        await WriteAsync(
            modes.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!.Value),
            new FactOrigin(FactSource.Ebutz, time.GetUtcNow()),
            cancellationToken);
        if (failures.TryPeek(out var first)) await health.FailedAsync(first, cancellationToken);
        else await health.GoodAsync(SourceContact.Ebutz, cancellationToken);
        var known = modes.Values.Count(mode => mode is not null);
        return new ApvModesResult(runs.Count, known, modes.Count - known, runs.Count - modes.Count, first?.Message);
    }

    private async Task WriteAsync(IReadOnlyDictionary<int, ApvMode> modes, FactOrigin origin, CancellationToken cancellationToken)
    {
        if (modes.Count == 0) return;
        db.ChangeTracker.Clear();
        await db.RepeatOnRaceAsync(async () =>
        {
            foreach (var run in await db.Runs.Where(run => modes.Keys.Contains(run.RunNumber)).ToListAsync(cancellationToken))
                new FactBook(run.Origins, origin).Write(nameof(run.ApvMode), modes[run.RunNumber], mode => run.ApvMode = mode);
            return await db.SaveChangesAsync(cancellationToken);
        });
        db.ChangeTracker.Clear();
    }
}
