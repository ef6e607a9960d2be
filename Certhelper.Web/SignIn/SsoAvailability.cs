using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;

namespace Certhelper.Web.SignIn;

/// <summary>
/// Asks whether CERN SSO has told its endpoints, before a person is sent there: the protocol handler would answer with
/// an exception.
/// </summary>
public sealed partial class SsoAvailability(IOptionsMonitor<OpenIdConnectOptions> options, ILogger<SsoAvailability> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            // Known once, it stays known: the manager keeps the document and renews it in the background.
            await options.Get(SignInSetup.SsoScheme).ConfigurationManager!.GetConfigurationAsync(limit.Token);
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it was (network, TLS, nonsense in the document), the person's next step is the same.
            Log.Unavailable(logger, exception);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "CERN SSO does not tell its endpoints; nobody can sign in until it does")]
        public static partial void Unavailable(ILogger logger, Exception exception);
    }
}
