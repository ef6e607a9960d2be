using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;

namespace Certhelper.Web.Certify;

/// <summary>
/// Asks OMS and the Run Registry at the same time, each in a scope of its own because a database context does one thing
/// at a time: a page that needs both waits 2 s at most, not 4.
/// </summary>
public sealed class RunBriefing(IServiceScopeFactory scopes)
{
    /// <summary>Facts and datasets of a run, as good as they can be had within 2 s.</summary>
    public async Task<(FactsResult Facts, DatasetsResult Datasets)> OfAsync(int runNumber, CancellationToken cancellationToken)
    {
        var facts = InScopeAsync<RunFactsDesk, FactsResult>(desk => desk.EnsureAsync(runNumber, cancellationToken));
        var datasets = InScopeAsync<RegistryDesk, DatasetsResult>(desk => desk.OfRunAsync(runNumber, refresh: false, cancellationToken));
        await Task.WhenAll(facts, datasets);
        return (await facts, await datasets);
    }

    private async Task<TResult> InScopeAsync<TDesk, TResult>(Func<TDesk, Task<TResult>> ask)
        where TDesk : notnull
    {
        await using var scope = scopes.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TDesk>());
    }
}
