using System.Net.Sockets;
using Certhelper.Core.Administration;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Certhelper.Core.Reports;

/// <summary>A letter to several people.</summary>
/// <param name="Id">Names it once and for all: who gets it twice can tell.</param>
/// <param name="To">Addresses.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Files">What goes with it.</param>
public sealed record Letter(string Id, IReadOnlyList<string> To, string Subject, string Text, IReadOnlyList<ReportFile> Files);

/// <summary>A letter could not be sent; the message says why, in words for people.</summary>
public sealed class PostException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Sends letters by the configured SMTP server.</summary>
public sealed class PostOffice(IOptionsMonitor<MailOptions> options, SiteBoard board)
{
    private const int LimitMs = 30_000;

    /// <summary>Whether a server is configured at all.</summary>
    public bool IsOpen => options.CurrentValue.Host.Length > 0;

    /// <exception cref="PostException">It was not sent.</exception>
    public async Task SendAsync(Letter letter, CancellationToken cancellationToken)
    {
        var mail = options.CurrentValue;
        if (mail.Host.Length == 0) throw new PostException("No mail server is configured (Mail:Host); nothing was sent.");
        if (!board.Now.IsOn(Feature.Mail)) throw new PostException("Sending e-mail is switched off in the administration; nothing was sent.");
        using var message = Write(letter, mail.From);
        using var client = new SmtpClient { Timeout = LimitMs };
        try
        {
            await client.ConnectAsync(mail.Host, mail.Port, mail.Security, cancellationToken);
            if (mail.Account.Length > 0) await client.AuthenticateAsync(mail.Account, PasswordOf(mail), cancellationToken);
            await client.SendAsync(message, cancellationToken);
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (AuthenticationException exception)
        {
            throw new PostException($"The mail server {mail.Host} does not let {mail.Account} in.", exception);
        }
        catch (Exception exception) when (exception is SocketException or IOException or ProtocolException or CommandException or SslHandshakeException or TimeoutException or ServiceNotConnectedException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new PostException($"The mail server {mail.Host} did not take it: {Why(exception)}", exception);
        }
    }

    // Some servers refuse with a number alone.
    private static string Why(Exception exception) =>
        (exception is SmtpCommandException refused ? FormattableString.Invariant($"{(int)refused.StatusCode} ({refused.StatusCode}) {refused.Message.Trim()}") : exception.Message).Trim();

    private static MimeMessage Write(Letter letter, string from)
    {
        var message = new MimeMessage { Subject = letter.Subject, MessageId = letter.Id };
        message.From.Add(MailboxAddress.Parse(from));
        foreach (var to in letter.To) message.To.Add(MailboxAddress.Parse(to));
        var body = new BodyBuilder { TextBody = letter.Text };
        foreach (var file in letter.Files) body.Attachments.Add(file.FileName, file.Bytes, ContentType.Parse(file.MediaType));
        message.Body = body.ToMessageBody();
        return message;
    }

    private static string PasswordOf(MailOptions mail)
    {
        if (!string.IsNullOrEmpty(mail.Password)) return mail.Password;
        try
        {
            return File.ReadAllText(mail.PasswordFile!).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PostException($"The secret file {mail.PasswordFile} cannot be read.", exception);
        }
    }
}
