namespace Certhelper.Core.Oms;

/// <summary>Asks OMS for everything that belongs to runs: their fills, and the number of lumisections where the run lacks it.</summary>
public sealed class OmsQuestions(OmsClient oms, TimeProvider time)
{
    /// <summary>One run with its fill; no runs in the answers when OMS knows no such run.</summary>
    /// <exception cref="OutsideServiceException">OMS could not be asked.</exception>
    public async Task<OmsAnswers> AboutRunAsync(int runNumber, CancellationToken cancellationToken)
    {
        var run = await oms.RunAsync(runNumber, cancellationToken);
        return await CompleteAsync(run is { } item ? new() { [runNumber] = item } : [], cancellationToken);
    }

    /// <summary>Several runs with their fills.</summary>
    /// <exception cref="OutsideServiceException">OMS could not be asked.</exception>
    public async Task<OmsAnswers> AboutRunsAsync(IEnumerable<int> runNumbers, CancellationToken cancellationToken) =>
        await CompleteAsync(await oms.RunsAsync(runNumbers, cancellationToken), cancellationToken);

    /// <summary>Adds what belongs to runs that are known already.</summary>
    /// <exception cref="OutsideServiceException">OMS could not be asked.</exception>
    public async Task<OmsAnswers> CompleteAsync(Dictionary<int, OmsItem> runs, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        var fillNumbers = runs.Values.Select(item => item.Positive("fill_number")).OfType<int>().Distinct().ToList();
        var fills = fillNumbers switch
        {
            [] => [],
            [var only] => await oms.FillAsync(only, cancellationToken) is { } fill ? new() { [only] = fill } : [],
            _ => await oms.FillsAsync(fillNumbers, cancellationToken),
        };
        var lumisections = new Dictionary<int, int>();
        foreach (var (number, item) in runs)
        {
            // Older rows lack the attribute, aborted runs have it as null; only the lumisections themselves know then.
            if (item.Count("last_lumisection_number") is null)
                lumisections[number] = await oms.LastLumisectionAsync(number, cancellationToken);
        }

        return new OmsAnswers(runs, fills, lumisections, at);
    }
}
