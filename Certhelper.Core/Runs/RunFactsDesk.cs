using System.Globalization;
using Certhelper.Core.Certification;
using Certhelper.Core.Oms;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Runs;

/// <summary>Gets the facts of runs: what is stored, what OMS says, what people type.</summary>
public sealed class RunFactsDesk(CerthelperDbContext db, OmsQuestions questions, FactKeeper keeper, SourceHealth health, TimeProvider time)
{
    /// <summary>How long a page waits for OMS.</summary>
    public static readonly TimeSpan PageWait = TimeSpan.FromSeconds(2);

    /// <summary>How long a person waits who pressed "refresh".</summary>
    public static readonly TimeSpan RefreshWait = TimeSpan.FromSeconds(10);

    /// <summary>How old the facts of a run that goes on may be before OMS is asked again.</summary>
    public static readonly TimeSpan YoungWhileRunning = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Stored facts; if OMS has never told them, or told them while the run went on, it is asked, for at most 2 s. Only a
    /// run that OMS knows gets a row.
    /// </summary>
    public async Task<FactsResult> EnsureAsync(int runNumber, CancellationToken cancellationToken)
    {
        var stored = await StoredAsync(runNumber, cancellationToken);
        if (stored is not null && stored.FactsAreComplete && !IsPartial(stored)) return new FactsResult(stored, FactsState.Stored, null);
        return await AskAsync(runNumber, stored, PageWait, cancellationToken);
    }

    /// <summary>Asks OMS now, for at most 10 s. What a person typed stays.</summary>
    public async Task<FactsResult> RefreshAsync(int runNumber, CancellationToken cancellationToken) =>
        await AskAsync(runNumber, await StoredAsync(runNumber, cancellationToken), RefreshWait, cancellationToken);

    /// <summary>
    /// Writes what a person typed, with the person as origin; makes the run's row if there is none. Null fields are left alone.
    /// </summary>
    /// <returns>Why it was not written; empty when it was.</returns>
    public async Task<IReadOnlyList<FieldError>> TypeByHandAsync(
        int runNumber, TypedFacts facts, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.Certify)) return [new FieldError("", "Only people who certify may type facts of runs.")];
        if (RunNumbers.Problem(runNumber) is { } problem) return [new FieldError("", problem)];
        var errors = facts.Check();
        if (errors.Count > 0 || facts.IsEmpty) return errors;

        db.ChangeTracker.Clear();
        errors = await db.RepeatOnRaceAsync<IReadOnlyList<FieldError>>(async () =>
        {
            var run = await db.Runs.Include(row => row.Fill).SingleOrDefaultAsync(row => row.RunNumber == runNumber, cancellationToken);
            if (run is null) db.Runs.Add(run = new Run { RunNumber = runNumber });
            var fill = run.Fill;
            if (facts.FillNumber is { } number && number != fill?.FillNumber)
            {
                fill = await db.Fills.SingleOrDefaultAsync(row => row.FillNumber == number, cancellationToken);
                if (fill is null) db.Fills.Add(fill = new Fill { FillNumber = number });
            }

            var origin = new FactOrigin(FactSource.Person, time.GetUtcNow(), actor.Login);
            if (WriteFill(fill, facts, origin) is { } problem) return [problem];
            Write(run, facts, origin);
            await db.SaveChangesAsync(cancellationToken);
            return [];
        });
        db.ChangeTracker.Clear();
        return errors;
    }

    // A fill belongs to many runs: what OMS has told of it is not changed from the form of one of them.
    private static FieldError? WriteFill(Fill? fill, TypedFacts facts, FactOrigin origin)
    {
        if (!facts.HasFillFacts) return null;
        if (fill is null) return new FieldError(nameof(facts.FillNumber), "Type the number of the fill too.");
        FieldError? problem = null;
        var book = new FactBook(fill.Origins, origin);
        Take(nameof(facts.FillInitLumiE30), nameof(fill.InitLumiE30), fill.InitLumiE30, facts.FillInitLumiE30, v => fill.InitLumiE30 = v);
        Take(nameof(facts.FillPeakLumiE30), nameof(fill.PeakLumiE30), fill.PeakLumiE30, facts.FillPeakLumiE30, v => fill.PeakLumiE30 = v);
        Take(nameof(facts.FillPeakPileup), nameof(fill.PeakPileup), fill.PeakPileup, facts.FillPeakPileup, v => fill.PeakPileup = v);
        Take(nameof(facts.FillBunchesColliding), nameof(fill.BunchesColliding), fill.BunchesColliding, facts.FillBunchesColliding, v => fill.BunchesColliding = v);
        return problem;

        void Take<T>(string field, string fact, T? stands, T? typed, Action<T> write)
            where T : struct
        {
            if (typed is not { } value || Equals(value, stands)) return;
            if (stands is not null && fill.Origins.GetValueOrDefault(fact)?.Source == FactSource.Oms)
                problem = new FieldError(field, $"OMS has told this of fill {fill.FillNumber.ToString(CultureInfo.InvariantCulture)}; only what it has not told can be typed.");
            else book.Write(fact, value, write);
        }
    }

    private bool IsPartial(Run run) => run is { StartTime: not null, EndTime: null } && time.GetUtcNow() - run.FetchedAt > YoungWhileRunning;

    private static void Write(Run run, TypedFacts facts, FactOrigin origin)
    {
        var book = new FactBook(run.Origins, origin);
        void Take<T>(string fact, T? value, Action<T> write)
        {
            if (value is not null) book.Write(fact, value, write);
        }

        void TakeValue<T>(string fact, T? value, Action<T> write)
            where T : struct
        {
            if (value is { } typed) book.Write(fact, typed, write);
        }

        TakeValue(nameof(run.Type), facts.Type, v => run.Type = v);
        TakeValue(nameof(run.FillNumber), facts.FillNumber, v => run.FillNumber = v);
        TakeValue(nameof(run.BFieldTesla), facts.BFieldTesla, v => run.BFieldTesla = v);
        TakeValue(nameof(run.EnergyGev), facts.EnergyGev, v => run.EnergyGev = v);
        TakeValue(nameof(run.Lumisections), facts.Lumisections, v => run.Lumisections = v);
        TakeValue(nameof(run.RecordedLumiInvPb), facts.RecordedLumiInvPb, v => run.RecordedLumiInvPb = v);
        TakeValue(nameof(run.DeliveredLumiInvPb), facts.DeliveredLumiInvPb, v => run.DeliveredLumiInvPb = v);
        TakeValue(nameof(run.InitLumiE30), facts.InitLumiE30, v => run.InitLumiE30 = v);
        TakeValue(nameof(run.EndLumiE30), facts.EndLumiE30, v => run.EndLumiE30 = v);
        Take(nameof(run.Era), Texts.FitOrNull(facts.Era), v => run.Era = v);
        Take(nameof(run.HltKey), Texts.FitOrNull(facts.HltKey), v => run.HltKey = v);
        Take(nameof(run.FillTypeRuntime), Texts.FitOrNull(facts.FillTypeRuntime), v => run.FillTypeRuntime = v);
    }

    private Task<Run?> StoredAsync(int runNumber, CancellationToken cancellationToken) =>
        db.Runs.AsNoTracking().Include(run => run.Fill).SingleOrDefaultAsync(run => run.RunNumber == runNumber, cancellationToken);

    private async Task<FactsResult> AskAsync(int runNumber, Run? stored, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (RunNumbers.Problem(runNumber) is { } nonsense) return new FactsResult(stored, FactsState.UnknownRun, nonsense);
        using var patience = new CancellationTokenSource(wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        OmsAnswers answers;
        try
        {
            answers = await questions.AboutRunAsync(runNumber, either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            var failure = new OutsideServiceException(
                SourceContact.Oms, $"OMS did not answer within {wait.TotalSeconds:0} seconds.", exception);
            return await UnavailableAsync(failure);
        }
        catch (OutsideServiceException failure)
        {
            return await UnavailableAsync(failure);
        }

        await health.GoodAsync(SourceContact.Oms, cancellationToken);
        if (answers.Runs.Count == 0) return new FactsResult(stored, FactsState.UnknownRun, $"OMS knows no run {runNumber}.");
        await keeper.KeepAsync(answers, cancellationToken);
        return new FactsResult(await StoredAsync(runNumber, cancellationToken), FactsState.Fresh, null);

        async Task<FactsResult> UnavailableAsync(OutsideServiceException failure)
        {
            await health.FailedAsync(failure, cancellationToken);
            return new FactsResult(stored, FactsState.Unavailable, failure.Message);
        }
    }
}
