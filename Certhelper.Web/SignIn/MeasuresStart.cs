namespace Certhelper.Web.SignIn;

/// <summary>Lets the counters of this process begin at nothing, once somebody listens to them.</summary>
internal sealed class MeasuresStart : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        SignInProblems.BeginMeasures();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
