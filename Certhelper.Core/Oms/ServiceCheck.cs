using System.Net.Sockets;
using Certhelper.Core.References;
using Certhelper.Core.Reports;
using Certhelper.Core.RunRegistry;
using Microsoft.Extensions.Options;

namespace Certhelper.Core.Oms;

/// <summary>Asks a service outside a small question, to see whether it answers. How it went is noted as every other contact is.</summary>
public sealed class ServiceCheck(OmsClient oms, RegistryClient registry, EbutzClient ebutz, IOptionsMonitor<MailOptions> mail, SourceHealth health)
{
    /// <summary>A question that every service answers at once: one old run that each of them knows.</summary>
    private const int KnownRun = 297050;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Asks, for at most ten seconds.</summary>
    /// <param name="service">Name of the service, as in <see cref="SourceContact"/>.</param>
    /// <param name="ask">The question, where the caller knows it better.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What went wrong; null when it answered.</returns>
    public async Task<string?> AskAsync(string service, Func<CancellationToken, Task>? ask, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            await (ask ?? Question(service))(limit.Token);
            await health.GoodAsync(service, cancellationToken);
            return null;
        }
        catch (OutsideServiceException failure)
        {
            await health.FailedAsync(failure, cancellationToken);
            return failure.Message;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is HttpRequestException or OperationCanceledException or SocketException or IOException or InvalidOperationException)
        {
            var words = exception is OperationCanceledException ? FormattableString.Invariant($"{service} did not answer for {Limit.TotalSeconds:0} s.") : $"{service} cannot be reached: {exception.Message}";
            await health.FailedAsync(new OutsideServiceException(service, words, exception), cancellationToken);
            return words;
        }
    }

    private Func<CancellationToken, Task> Question(string service) => service switch
    {
        SourceContact.Oms => token => oms.RunAsync(KnownRun, token),
        SourceContact.RunRegistry => token => registry.OfRunsAsync([KnownRun], token),
        SourceContact.Ebutz => token => ebutz.ModeAsync(KnownRun, token),
        SourceContact.Mail => ConnectAsync,
        _ => throw new ArgumentException($"There is no service {service}.", nameof(service)),
    };

    // Whether it takes a letter shows only when one is sent; that somebody listens is worth knowing.
    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        var to = mail.CurrentValue;
        if (to.Host.Length == 0) throw new OutsideServiceException(SourceContact.Mail, "No mail server is configured (Mail:Host).");
        using var client = new TcpClient();
        await client.ConnectAsync(to.Host, to.Port, cancellationToken);
    }
}
