using System.Buffers;
using System.Net;
using Microsoft.Extensions.Options;
using MimeKit;
using SmtpServer;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Certhelper.Standins.Mail;

/// <summary>Takes mail from anybody on this machine, and keeps it in the box.</summary>
internal sealed class MailServer(MailBox box, IOptions<StandinsOptions> options) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.SmtpPort is not { } port) return Task.CompletedTask;
        var settings = new SmtpServerOptionsBuilder()
            .ServerName("mail stand-in")
            .Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, port)).AllowUnsecureAuthentication())
            .Build();
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add(new Store(box));
        return new SmtpServer.SmtpServer(settings, services).StartAsync(stoppingToken);
    }

    private sealed class Store(MailBox box) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            using var stream = new MemoryStream(buffer.ToArray());
            var message = await MimeMessage.LoadAsync(stream, cancellationToken);
            var to = transaction.To.Select(mailbox => $"{mailbox.User}@{mailbox.Host}").ToList();
            return box.Take(to, message) ? SmtpResponse.Ok : SmtpResponse.TransactionFailed;
        }
    }
}
